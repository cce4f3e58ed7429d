"""Records → articles: which name stands for which field, and what its value says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import chain, count
from typing import Any, Final, TypeAlias

from searchkit import limits
from searchkit.article import Article, Author
from searchkit.errors import InvalidArticle
from searchkit.hashing import hexadecimal
from searchkit.readers import names
from searchkit.readers.byline import parse_authors
from searchkit.readers.published import parse_published
from searchkit.readers.reading import Reading

_INNER: Final = ("main", "value", "name", "original", "$oid", "$date")
"""Where an object keeps its text: ``{"main": …}`` (NYT), ``{"name": …}`` (NewsAPI), MongoDB's ``$oid``."""

_BYLINE_WORDS: Final = frozenset(("by", "and", "in", "at", "with"))
_DEFAULT: Final = Reading()


_Given: TypeAlias = tuple[int, str, Any]
"""What a record gives for a field: the name's rank among the field's names, the name, the value."""


def record_to_article(record: Mapping[str, Any], reading: Reading = _DEFAULT) -> Article:
    """The article that a record describes, under the usual names of its fields or those of ``reading``.

    Names that are not known, values that lose against another name for the same field, and dates too vague
    to name a day go into ``extra``. Without an id the URL is the id; without either it is left empty.

    :raises InvalidArticle: if a value does not fit its field, or there is neither headline nor body.
    """
    try:
        return build({name: _of_json(value) for name, value in record.items()}, reading)
    except RecursionError:
        raise InvalidArticle("values within values, too many of them") from None


def build(record: Mapping[str, Any], reading: Reading, identity: str = "") -> Article:
    """:func:`record_to_article`, with the ``id`` for a record that has neither id nor URL."""
    given, extra = _sorted_out(record, reading.mapping)
    values: dict[str, Any] = {}
    for field, (_, name, value) in given.items():
        values[field] = _CONVERT.get(field, _text)(field, name, value)
        if field in _STRUCTURED or not isinstance(value, str):
            _keep_rest(extra, field, name, value, values)
    if "published" not in given:
        values["published"] = reading.published
    if reading.publication:
        values.setdefault("publication", reading.publication)
    url = values.get("url", "")
    values["id"] = values.get("id") or (url if len(url) <= limits.ID else "") or identity
    values["extra"] = extra
    return Article.checked(values)


def identity_of(article: Article) -> str:
    """The id of an article that comes from nowhere: its digest."""
    return hexadecimal(article.to_json())


def _of_json(value: object) -> object:
    """A value of Python's, as JSON would have it: what lists hold, objects and lists alike."""
    match value:
        case Mapping():
            return {name: _of_json(each) for name, each in value.items()}
        case list() | tuple():
            return [_of_json(each) for each in value]
        case _:
            return value


def _sorted_out(
    record: Mapping[str, Any], mapping: Mapping[str, str]
) -> tuple[dict[str, _Given], dict[str, Any]]:
    """What the record gives for each field, the best name winning, and all the rest."""
    mapped = {names.fold(name): (field, -1) for field, name in mapping.items()} if mapping else {}
    given: dict[str, _Given] = {}
    extra: dict[str, Any] = {}
    for name, value in record.items():
        if value.isspace() or not value if isinstance(value, str) else _is_empty(value):
            continue
        if not isinstance(name, str):
            raise InvalidArticle(f"the name of a field is {type(name).__name__}, not text")
        field, rank = (mapped and mapped.get(names.fold(name))) or names.find(name)
        best = given.get(field)
        if field and (best is None or rank < best[0]):
            given[field] = rank, name, value
            if best:
                extra[best[1]] = best[2]
        else:
            extra[name] = value
    return given, extra


def _is_empty(value: object) -> bool:
    """Null, blank text, an empty list, and pandas' NaN all mean "not known"."""
    match value:
        case str():
            return not value or value.isspace()
        case list() | tuple() | Mapping():
            return not value
    return value is None or value != value


# --- values -------------------------------------------------------------------------------------------


def _plain(field: str, value: object) -> str:
    """Text, or the decimal text of a number."""
    match value:
        case str():
            return value.strip()
        case bool():
            pass
        case int() if -(2**63) <= value < 2**64:
            return str(value)
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case float() if field != "id":
            return repr(value)
        case int() | float():
            raise InvalidArticle(f"{field}: a number too large to be exact; write it as text", field=field)
    raise InvalidArticle(f"{field}: expected text, got {type(value).__name__}", field=field)


def _one(field: str, value: object) -> str:
    """A plain value, or the one that an object holds."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in _INNER if not _is_empty(value.get(key))), None)
    return _plain(field, value)


def _each(field: str, value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else (value,)
    return tuple(text for each in values if not _is_empty(each) and (text := _one(field, each)))


def _text(field: str, _name: str, value: object) -> str:
    return value.strip() if isinstance(value, str) else ", ".join(_each(field, value))


def _body(field: str, _name: str, value: object) -> str:
    return value if isinstance(value, str) else "\n\n".join(_each(field, value))


def _list(field: str, _name: str, value: object) -> tuple[str, ...]:
    return _each(field, value)


def _tags(field: str, _name: str, value: object) -> tuple[str, ...]:
    """A list, or a text whose tags are parted by semicolons, bars or else commas."""
    if not isinstance(value, str):
        return _each(field, value)
    parts = re.split(r"[;|]" if re.search(r"[;|]", value) else ",", value)
    return tuple(filter(None, map(str.strip, parts)))


def _authors(_field: str, name: str, value: object) -> tuple[Author, ...]:
    return parse_authors(value, byline=isinstance(value, str) and names.fold(name) == "byline")


def _published(field: str, _name: str, value: object) -> date | None:
    return parse_published(_one(field, value) if isinstance(value, dict) else value)


def _extra(_field: str, name: str, value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {name: value}


_CONVERT: Final[Mapping[str, Callable[[str, str, Any], Any]]] = {
    "authors": _authors,
    "body": _body,
    "captions": _list,
    "extra": _extra,
    "published": _published,
    "pull_quotes": _list,
    "standfirst": _body,
    "tags": _tags,
}


# --- what is left over --------------------------------------------------------------------------------

_STRUCTURED: Final = frozenset(("authors", "published", "extra"))


def _keep_rest(extra: dict[str, Any], field: str, name: str, value: Any, values: dict[str, Any]) -> None:
    """Puts into ``extra`` what the article's own field could not hold."""
    if field == "published":
        if values[field] is None:
            _keep(extra, field, value)
    elif field == "extra":
        for key, each in values.pop(field).items():
            _keep(extra, key, each)
    elif isinstance(value, str):
        if _says_more(value, values[field]):
            _keep(extra, name, value)
    elif any(_holds_more(each) for each in (value if isinstance(value, list | tuple) else (value,))):
        _keep(extra, name, value)


def _keep(extra: dict[str, Any], name: str, value: object) -> None:
    """Under its name or, where something else has that, under one like it."""
    names = chain((name, f"{name}_"), (f"{name}_{number}" for number in count(len(extra))))
    extra[next(each for each in names if each not in extra)] = value


def _says_more(byline: str, authors: tuple[Author, ...]) -> bool:
    """Whether a byline says more than names and places: a role, an agency."""
    named = {word for author in authors for word in _words(str(author))}
    return bool(_words(byline) - named - _BYLINE_WORDS)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _holds_more(value: object) -> bool:
    """Whether an object holds more than its one text, or an author's name and place."""
    if isinstance(value, str) or not isinstance(value, Mapping):
        return False
    more = [name for name, part in value.items() if not _is_empty(part)]
    return len(more) > 1 and not _AUTHOR_PARTS.issuperset(names.fold(str(name)) for name in more)


_AUTHOR_PARTS: Final = frozenset(("name", "place", "firstname", "lastname"))
