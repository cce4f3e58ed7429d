"""The article: the only document model, the same for every source, engine and screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from types import NoneType
from typing import Any, Final

from searchkit import limits
from searchkit.errors import InvalidArticle
from searchkit.regex import regex

_BLANK_LINES = regex(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote the article and, where the byline says so, the place they wrote from."""

    name: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.name} in {self.place}" if self.place else self.name


@dataclass(frozen=True, kw_only=True)  # without slots: what was read becomes its fields in one step
class Article:
    """One newspaper article, exactly as its source gave it.

    Only ``headline`` or ``body`` is required; an empty string or tuple means "not known".
    ``body`` keeps its paragraphs apart by blank lines; ``published`` is a ``date`` (a day), a
    ``datetime`` (an instant; without a time zone, in the paper's own time) or None; ``extra`` holds
    values of the embedding program, of JSON's types.

    :raises InvalidArticle: if a value has the wrong type, is too long, or cannot be written as UTF-8.
    """

    id: str = ""
    headline: str = ""
    standfirst: str = ""
    authors: tuple[Author, ...] = ()
    dateline: str = ""
    body: str = ""
    pull_quotes: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    publication: str = ""
    edition: str = ""
    section: str = ""
    page: str = ""
    published: date | datetime | None = None
    language: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = vars(self)
        for name, default, check in _CHECKS:
            if (value := given.get(name, default)) is not default:
                check(name, value)
        if not (self.headline.strip() or self.body.strip()):
            raise InvalidArticle("neither a headline nor a body", field="body")

    def __hash__(self) -> int:  # that of all fields fails: ``extra`` has none
        return hash((self.id, self.headline))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs, without the blank lines between them."""
        return tuple(part for part in _BLANK_LINES.split(self.body.strip()) if part)

    @property
    def byline(self) -> str:
        """The authors as a paper prints them: ``Alec Luhn in Moscow and Josie Ensor in Beirut``."""
        names = [str(author) for author in self.authors]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    @property
    def day(self) -> date | None:
        """The paper's own calendar day: the date as the source wrote it, whatever the time zone."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    def with_id(self, identifier: str) -> Article:
        """The same article under another ``id``."""
        return replace(self, id=identifier)

    def to_dict(self) -> dict[str, Any]:
        """The fields that are known, as JSON's types; :meth:`from_dict` gives the article back."""
        known = self._known()
        return {name: known[name] for name in _NAMES if name in known}

    @classmethod
    def from_dict(cls, known: Mapping[str, Any]) -> Article:
        """The article that :meth:`to_dict` wrote. For records of other origin see ``searchkit.read``."""
        return cls(**_values(known))

    @classmethod
    def from_own(cls, known: Mapping[str, Any]) -> Article:
        """:meth:`from_dict` of what an article of this program gave: what was checked then is taken as it is.

        Reading hits is mostly this; the checks would take four times as long as the rest.
        """
        article = object.__new__(cls)
        vars(article).update(_values(known))
        return article

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Article:
        """``Article(**values)`` in half the time, where ``extra`` is among the values."""
        article = object.__new__(cls)
        vars(article).update(values)
        article.__post_init__()
        return article

    def to_json(self) -> bytes:
        """:meth:`to_dict` as UTF-8 JSON, with sorted keys: equal articles give equal bytes."""
        return sorted_json(self._known())

    def _known(self) -> dict[str, Any]:
        """:meth:`to_dict`, in no order."""
        known = {name: value for name, value in vars(self).items() if value}
        if self.authors:
            known["authors"] = [
                {"name": a.name, "place": a.place} if a.place else a.name for a in self.authors
            ]
        if self.published is not None:
            known["published"] = self.published.isoformat()
        return known


def sorted_json(value: object) -> bytes:
    """Sorted JSON, in which any mapping is an object."""
    import orjson  # slow to import, and searching does not need it

    return orjson.dumps(value, _as_dict, orjson.OPT_SORT_KEYS)


def _as_dict(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no type of JSON")


def is_text(value: str) -> bool:
    """Whether a string can be written as UTF-8: it holds no half of a surrogate pair."""
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


_NAMES: Final = tuple(f.name for f in fields(Article))
_LISTS: Final = ("pull_quotes", "captions", "tags")
_STRINGS: Final = tuple(n for n in _NAMES if n not in {*_LISTS, "authors", "published", "extra"})


def _values(known: Mapping[str, Any]) -> dict[str, Any]:
    """An article's fields from JSON's types."""
    values = {"extra": {}, **known}
    for name in _LISTS:
        if name in known:
            values[name] = tuple(known[name])
    if authors := known.get("authors"):
        values["authors"] = tuple(Author(**a) if isinstance(a, Mapping) else Author(a) for a in authors)
    if published := known.get("published"):
        values["published"] = moment(published)
    return values


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise InvalidArticle(f"{name}: expected text, got {type(value).__name__}", field=name)
    if len(value) > limits.TEXT:
        raise InvalidArticle(
            f"{name}: {len(value)} characters, at most {limits.TEXT} are allowed", field=name
        )
    if not is_text(value):
        raise InvalidArticle(f"{name}: half a surrogate pair cannot be written as UTF-8", field=name)


def _check_id(_name: str, value: str) -> None:
    if len(value) > limits.ID:
        raise InvalidArticle(f"id: {len(value)} characters, at most {limits.ID} are allowed", field="id")


def _check_list(name: str, values: object) -> None:
    if not isinstance(values, tuple):
        raise InvalidArticle(f"{name}: expected a tuple, got {type(values).__name__}", field=name)
    _check_count(name, len(values))
    for value in values:
        _check_text(name, value)


def _check_count(name: str, count: int) -> None:
    if count > limits.ITEMS:
        raise InvalidArticle(f"{name}: {count} values, at most {limits.ITEMS} are allowed", field=name)


def _check_authors(_name: str, authors: object) -> None:
    if not isinstance(authors, tuple) or not all(isinstance(a, Author) for a in authors):
        raise InvalidArticle("authors: expected a tuple of Author", field="authors")
    _check_count("authors", len(authors))
    for author in authors:
        _check_text("authors", author.name)
        _check_text("authors", author.place)


def _check_published(_name: str, published: object) -> None:
    """Classes of other programs may write themselves as Python's own do not read: pandas has such ones."""
    if type(published) in (date, datetime, NoneType):
        return
    kind = type(published).__name__
    if not isinstance(published, date):
        raise InvalidArticle(f"published: expected a date or datetime, got {kind}", field="published")
    try:
        is_plain = moment(published.isoformat()) == published
    except (ValueError, TypeError):
        is_plain = False
    if not is_plain:
        hint = "give a date or datetime of Python's own"
        raise InvalidArticle(f"published: {kind} cannot be kept as it is", field="published", hint=hint)


def moment(text: str) -> date | datetime:
    """The day or instant that ``isoformat`` wrote. :raises ValueError: if it is none."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _check_extra(_name: str, extra: object) -> None:
    if not isinstance(extra, Mapping):
        raise InvalidArticle(f"extra: expected a mapping, got {type(extra).__name__}", field="extra")
    if extra:
        import orjson  # as in :func:`sorted_json`

        _check_count("extra", sum(len(v) if isinstance(v, list | tuple) else 1 for v in extra.values()))
        try:
            is_kept = orjson.loads(sorted_json({"extra": extra}))["extra"] == extra
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidArticle(f"extra: {error}", field="extra") from None
        if not is_kept:
            raise InvalidArticle("extra: holds a value that JSON does not have", field="extra")


_DEFAULTS: Final = {f.name: f.default for f in fields(Article)}
_CHECKS: Final[tuple[tuple[str, object, Callable[[str, Any], None]], ...]] = tuple(
    (name, _DEFAULTS[name], check)
    for names, check in (
        (_STRINGS, _check_text),
        (_LISTS, _check_list),
        (("authors",), _check_authors),
        (("id",), _check_id),
        (("published",), _check_published),
        (("extra",), _check_extra),
    )
    for name in names
)
"""What is checked, in this order, of the fields that are not left at their default."""
