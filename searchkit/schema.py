"""The schema: which fields an index has, how each is analysed, and by which names readers know them.

Both paths go through it: :func:`searchkit.document.document` fills the fields when articles come in, and
:func:`find` resolves the names that readers type. A fingerprint of the table lies beside every
index, so that an index is never searched with other fields than it was made with.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timezone, tzinfo
from enum import Enum
from math import floor
from typing import Final, TypeAlias
from unicodedata import normalize

from msgspec import Struct

from searchkit.article import is_text
from searchkit.errors import InvalidRequest
from searchkit.hashing import hexadecimal
from searchkit.limits import KEY
from searchkit.nearest import nearest
from searchkit.regex import regex

FORMAT: Final = 2
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
    NUMBER = "number"
    """A 64-bit integer: ranges and sorting."""
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
    Field("card", Kind.CARD),
    Field("article", Kind.STORED),
)
"""The whole table. Readers search in its TEXT fields, ``published`` and ``extra.KEY``."""

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

_EXTRA = regex(rf"extra\.(.{{1,{KEY}}})", re.IGNORECASE)


def fingerprint(language: str) -> str:
    """A digest of everything that decides what lies in an index of that language."""
    table = [(f.name, f.kind.value, f.analyzer) for f in FIELDS]
    return hexadecimal(repr((FORMAT, language, table)).encode())


def find(name: str) -> str | None:
    """The canonical name of a field that a reader may search in, or None if there is no such field.

    ``extra.KEY`` is such a field for any key. Case does not matter.
    """
    folded = name.casefold()
    folded = ALIASES.get(folded, folded)
    if folded in SEARCHABLE:
        return folded
    return f"extra.{key}" if (key := _key(name)) else None


def forms_field(name: str) -> str:
    """The field that holds the unstemmed forms of a TEXT field's words: often itself."""
    return forms if (forms := f"{name}_forms") in BY_NAME else name


def filter_field(name: str) -> tuple[str, str]:
    """The KEYWORD field behind a filter's name, and what its values begin with.

    For ``paper``, that is ``publication_is`` and nothing; for ``extra.desk``, ``extra_is`` and ``desk=``.

    :raises InvalidRequest: if articles cannot be filtered by it.
    """
    if not isinstance(name, str):
        raise InvalidRequest(f"no filter on {name!r}", hint="the name of a field is text")
    folded = name.casefold()
    folded = ALIASES.get(folded, folded)
    folded = "author" if folded == "byline" else folded
    if folded in FILTERS:
        return f"{folded}_is", ""
    if key := _key(name):
        return "extra_is", f"{key}="
    near = nearest(folded, FILTERS)
    known = f"fields: {', '.join(FILTERS)}, extra.KEY, of at most {KEY} characters"
    shown = repr(name if len(name) <= KEY else f"{name[:KEY]}…")
    raise InvalidRequest(f"no filter on {shown}", hint=f"did you mean {near}?" if near else known)


def _key(name: str) -> str | None:
    """The KEY of ``extra.KEY``, its letters composed as those of terms are."""
    match = _EXTRA.fullmatch(name)
    return normalize("NFC", match[1]) if match and is_text(name) else None


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
    return floor((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


BY_NAME: Final = {f.name: f for f in FIELDS}
"""The table's rows by name."""

TEXTS: Final = frozenset(f.name for f in FIELDS if f.kind is Kind.TEXT)
"""The names of the TEXT fields."""

COMPARABLE: Final = {"words": "words", "page": "page_number"}
"""The fields whose numbers a reader may compare, ``words:>1200``, each with the NUMBER field behind it."""

SEARCHABLE: Final = (*(f.name for f in FIELDS if f.name in TEXTS), "published", "words")
"""The canonical names of the fields that a reader may type before a colon."""
