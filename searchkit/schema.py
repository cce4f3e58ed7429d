"""The schema: which fields an index has, how each is analysed, and what an article puts into them.

Both paths go through it: :func:`document` fills the fields when articles come in, and
:func:`find` resolves the names that readers type. A fingerprint of the table lies beside every
index, so that an index is never searched with other fields than it was made with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timezone, tzinfo
from enum import Enum
from typing import Final, TypeAlias

import orjson
from msgspec import Struct

from searchkit.article import Article, digest
from searchkit.card import Card
from searchkit.errors import InvalidRequest
from searchkit.limits import KEYWORD, REPEATABLE
from searchkit.nearest import nearest
from searchkit.regex import regex

FORMAT: Final = 3
"""Raised when the table below, an analyzer or the layout of the files changes."""

SETTINGS_FILE: Final = "searchkit.json"
"""The file that makes a folder an index."""

Value: TypeAlias = str | int | list[str]
Document: TypeAlias = dict[str, Value]
"""What an engine receives: the value of each field that the article has. FORMS go with their TEXT field."""


class Kind(Enum):
    """What a field holds and how it can be searched."""

    TEXT = "text"
    """Analysed words with positions: words, phrases, prefixes."""
    FORMS = "forms"
    """The words of the TEXT field ``NAME`` in ``NAME_forms`` as they were written, folded but not stemmed,
    without positions: prefixes."""
    KEYWORD = "keyword"
    """A whole value, compared without regard to case and accents: filters and facets.

    Its first :data:`~searchkit.limits.KEYWORD` characters count: Tantivy cuts values at a byte, and panics at
    half a letter.
    """
    KEY = "key"
    """A whole value, compared exactly: identity."""
    LABELS = "labels"
    """Whole values of our own making, compared exactly, neither sorted by nor shown."""
    NUMBER = "number"
    """A 64-bit integer in a column: ranges and sorting."""
    CARD = "card"
    """What a list shows of an article, see :class:`~searchkit.card.Card`: an engine may keep it where it is
    read faster than the article."""
    STORED = "stored"
    """Kept and given back, never searched."""


class Field(Struct, frozen=True):
    """A row of the table. ``analyzer`` is a name known to :mod:`searchkit.analysis`, for TEXT and FORMS."""

    name: str
    kind: Kind
    analyzer: str = ""


FIELDS: Final = (
    Field("id", Kind.KEY),
    Field("text", Kind.TEXT, "stemmed"),
    Field("text_forms", Kind.FORMS, "folded"),
    Field("headline", Kind.TEXT, "stemmed"),
    Field("headline_forms", Kind.FORMS, "folded"),
    Field("lead", Kind.TEXT, "stemmed"),
    Field("lead_forms", Kind.FORMS, "folded"),
    Field("caption", Kind.TEXT, "stemmed"),
    Field("caption_forms", Kind.FORMS, "folded"),
    Field("byline", Kind.TEXT, "folded"),
    Field("dateline", Kind.TEXT, "folded"),
    Field("publication", Kind.TEXT, "folded"),
    Field("edition", Kind.TEXT, "folded"),
    Field("section", Kind.TEXT, "folded"),
    Field("page", Kind.TEXT, "folded"),
    Field("language", Kind.TEXT, "folded"),
    Field("url", Kind.TEXT, "folded"),
    Field("tag", Kind.TEXT, "folded"),
    Field("author_is", Kind.KEYWORD),
    Field("publication_is", Kind.KEYWORD),
    Field("edition_is", Kind.KEYWORD),
    Field("section_is", Kind.KEYWORD),
    Field("page_is", Kind.KEYWORD),
    Field("language_is", Kind.KEYWORD),
    Field("tag_is", Kind.KEYWORD),
    Field("extra_is", Kind.KEYWORD),
    Field("day", Kind.NUMBER),
    Field("published", Kind.NUMBER),
    Field("words", Kind.NUMBER),
    Field("page_number", Kind.NUMBER),
    Field("digest", Kind.NUMBER),
    Field("has", Kind.LABELS),
    Field("card", Kind.CARD),
    Field("article", Kind.STORED),
)
"""The whole table. Readers search in its TEXT fields, ``published`` and ``extra.KEY``; ``has`` names the TEXT
fields that an article has."""

ALIASES: Final = {
    "author": "byline",
    "authors": "byline",
    "body": "text",
    "by": "byline",
    "captions": "caption",
    "hlead": "lead",
    "length": "words",
    "date": "published",
    "lang": "language",
    "paper": "publication",
    "source": "publication",
    "tags": "tag",
    "title": "headline",
    "topic": "tag",
    "topics": "tag",
}
"""Other names that readers type."""

FILTERS: Final = ("author", "publication", "edition", "section", "page", "language", "tag")
"""The fields with a KEYWORD twin, ``NAME_is``: what ``--in`` and ``--facet`` accept, beside ``extra.KEY``."""

WITHIN_TEXT: Final = ("headline", "lead")
"""The TEXT fields of which ``text`` holds every part, or more of it: what is in them is in the text, too."""
LEAD_WORDS: Final = 100
"""How many words of the body belong to the ``lead``, beside the headline and the standfirst."""
MAX_DIGITS: Final = 18
"""Digits of the longest number that a NUMBER field holds."""

_EXTRA = regex(r"extra\.(.+)", re.IGNORECASE)


def fingerprint(language: str) -> str:
    """A digest of everything that decides what lies in an index of that language."""
    table = [(f.name, f.kind.value, f.analyzer) for f in FIELDS]
    return hashlib.blake2b(repr((FORMAT, language, table)).encode(), digest_size=8).hexdigest()


def document(article: Article, zone: tzinfo = timezone.utc) -> Document:
    """What the engine stores and indexes of an article: only the fields that it has.

    ``zone`` places days and instants that the source gave without one.
    """
    stored = article.to_json()
    filled: Document = {
        "id": article.id,
        "text": texts(article, "text"),
        "card": Card.of(article).to_json(),
        "article": stored.decode(),
        "digest": digest(stored),
    }
    filled |= {name: text for name in _PLAIN if (text := getattr(article, name))}
    filled |= {f"{name}_is": [text[:KEYWORD]] for name in FILTERS if (text := getattr(article, name, ""))}
    filled["lead"] = lead = texts(article, "lead")
    behind = article.body[len(lead[-1]) :]  # the opening, last in the lead, has LEAD_WORDS words
    filled["words"] = LEAD_WORDS + word_count(behind) if behind else word_count(article.body)
    if article.page.isdecimal() and len(article.page) < MAX_DIGITS:
        filled["page_number"] = int(article.page)
    if article.captions:
        filled["caption"] = texts(article, "caption")
    if article.authors:
        filled["byline"] = texts(article, "byline")
        filled["author_is"] = [author.name[:KEYWORD] for author in article.authors]
    if article.tags:
        filled["tag"] = texts(article, "tag")
        filled["tag_is"] = [tag[:KEYWORD] for tag in article.tags]
    if article.extra:
        filled["extra_is"] = list(_extras(article))
    if article.published is not None:
        filled["day"] = day_number(article.published)
        filled["published"] = instant_number(article.published, zone)
    filled["has"] = [name for name in filled if name in _TEXTS]
    return filled


def texts(article: Article, name: str) -> list[str]:
    """What a TEXT field holds of an article, part by part in reading order; nothing is near another part."""
    match name:
        case "text":
            return list(parts(article))
        case "lead":
            rest = article.body.split(None, LEAD_WORDS)[LEAD_WORDS:]
            opening = article.body[: -len(rest[0])] if rest else article.body
            return list(filter(None, (article.headline, article.standfirst, opening)))
        case "caption":
            return list(article.captions)
        case "byline":
            return [str(author) for author in article.authors]
        case "tag":
            return list(article.tags)
        case _:
            return list(filter(None, [str(getattr(article, name))]))


def parts(article: Article) -> Iterator[str]:
    """Each part of an article once, in reading order: what the ``text`` field holds.

    A pull quote or caption that the body repeats is left out, so that no word counts twice.
    """
    yield from filter(None, (article.headline, article.standfirst, article.body))
    repeatable = (*article.captions, *article.pull_quotes)
    body = _words(article.body) if repeatable else ""
    for number, extra in enumerate(repeatable):
        if extra and (number >= REPEATABLE or _words(extra) not in body):
            yield extra


def find(name: str) -> str | None:
    """The canonical name of a field that a reader may search in, or None if there is no such field.

    ``extra.KEY`` is such a field for any key. Case does not matter.
    """
    folded = name.casefold()
    folded = ALIASES.get(folded, folded)
    if folded in SEARCHABLE:
        return folded
    return f"extra.{match[1]}" if (match := _EXTRA.fullmatch(name)) else None


def forms_field(name: str) -> str:
    """The field that holds the unstemmed forms of a TEXT field's words: often itself."""
    return forms if (forms := f"{name}_forms") in BY_NAME else name


def filter_field(name: str) -> tuple[str, str]:
    """The KEYWORD field behind a filter's name, and what its values begin with.

    For ``paper``, that is ``publication_is`` and nothing; for ``extra.desk``, ``extra_is`` and ``desk=``.

    :raises InvalidRequest: if articles cannot be filtered by it.
    """
    folded = name.casefold()
    folded = ALIASES.get(folded, folded)
    folded = "author" if folded == "byline" else folded
    if folded in FILTERS:
        return f"{folded}_is", ""
    if match := _EXTRA.fullmatch(name):
        return "extra_is", f"{match[1]}="
    near = nearest(folded, FILTERS)
    known = f"did you mean {near}?" if near else f"fields: {', '.join(FILTERS)}, extra.KEY"
    raise InvalidRequest(f"no filter on {name!r}", hint=known)


def suggest(name: str) -> str:
    """The searchable field whose name is nearest to ``name``, or an empty string."""
    return nearest(name.casefold(), [*SEARCHABLE, *ALIASES])


def day_number(day: date) -> int:
    """A calendar day as the integer YYYYMMDD: in order, for any year, and a month is a run of 100."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """The calendar day of a :func:`day_number`."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def instant_number(moment: date, zone: tzinfo = timezone.utc) -> int:
    """An instant as seconds since 1970 in UTC; a day alone counts as its first moment in ``zone``."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


BY_NAME: Final = {f.name: f for f in FIELDS}
"""The table's rows by name."""

_TEXTS: Final = frozenset(f.name for f in FIELDS if f.kind is Kind.TEXT)
_PLAIN: Final = ("headline", "dateline", "publication", "edition", "section", "page", "language", "url")

COMPARABLE: Final = {"words": "words", "page": "page_number"}
"""The fields whose numbers a reader may compare, ``words:>1200``, each with the NUMBER field behind it."""

SEARCHABLE: Final = (*(f.name for f in FIELDS if f.name in _TEXTS), "published", "words")
"""The canonical names of the fields that a reader may type before a colon."""


def word_count(text: str) -> int:
    """``len(text.split())``, in two thirds of the time where it is ASCII: each word ends before a blank."""
    return (text.encode().translate(_BLANKS) + b" ").count(b"x ") if text.isascii() else len(text.split())


_BLANKS: Final = bytes(ord(" " if chr(code).isspace() else "x") for code in range(256))


def _extras(article: Article) -> Iterator[str]:
    for key, value in article.extra.items():
        for each in value if isinstance(value, list) else (value,):
            yield f"{key}={_plain(each)}"[:KEYWORD]


def _plain(value: object) -> object:
    """What is within a value is written in one way, whatever the order in which it was given."""
    is_nested = isinstance(value, Mapping | list)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if is_nested else value


def _words(text: str) -> str:
    """The words alone: what two printings of one sentence have in common."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


_WORD: Final = regex(r"[^\W_]+")
