"""The schema: which fields an index has, how each is analysed, and what an article puts into them.

Both paths go through it: :meth:`Schema.document` fills the fields when articles come in, and
:meth:`Schema.find` resolves the names that readers type. A fingerprint of the table lies beside every
index, so that an index is never searched with other fields than it was made with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone, tzinfo
from difflib import get_close_matches
from enum import Enum
from typing import Final, TypeAlias

from searchkit.article import Article, digest

FORMAT: Final = 1
"""Raised when the table below, an analyzer or the layout of the files changes."""

Value: TypeAlias = str | int | list[str]
Document: TypeAlias = dict[str, Value]
"""What an engine receives: the value of each field that the article has."""


class Kind(Enum):
    """What a field holds and how it can be searched."""

    TEXT = "text"
    """Analysed words with positions: words, phrases, prefixes."""
    FORMS = "forms"
    """Words as they were written, folded but not stemmed, without positions: prefixes."""
    KEYWORD = "keyword"
    """A whole value, compared without regard to case and accents: filters and facets."""
    KEY = "key"
    """A whole value, compared exactly: identity."""
    NUMBER = "number"
    """A 64-bit integer: ranges and sorting."""
    STORED = "stored"
    """Kept and given back, never searched."""


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the table. ``analyzer`` is a name known to :mod:`searchkit.analysis`, for TEXT and FORMS."""

    name: str
    kind: Kind
    analyzer: str = ""


FIELDS: Final = (
    Field("id", Kind.KEY),
    Field("text", Kind.TEXT, "stemmed"),
    Field("forms", Kind.FORMS, "folded"),
    Field("headline", Kind.TEXT, "stemmed"),
    Field("caption", Kind.TEXT, "stemmed"),
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
    Field("digest", Kind.NUMBER),
    Field("article", Kind.STORED),
)
"""The whole table. Readers search in its TEXT fields, ``published`` and ``extra.KEY``."""

ALIASES: Final = {
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "captions": "caption",
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

_EXTRA = re.compile(r"extra\.(.+)")


class Schema:
    """The table of fields for an index in one language (an ISO 639-1 code, or ``multi``)."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.fields: Final = {f.name: f for f in FIELDS}

    @property
    def fingerprint(self) -> str:
        """A digest of everything that decides what lies in the index."""
        table = [(f.name, f.kind.value, f.analyzer) for f in FIELDS]
        return hashlib.blake2b(repr((FORMAT, self.language, table)).encode(), digest_size=8).hexdigest()

    def document(self, article: Article) -> Document:
        """What the engine stores and indexes of an article: only the fields that it has."""
        stored = article.to_json()
        document: Document = {
            "id": article.id,
            "text": list(parts(article)),
            "article": stored.decode(),
            "digest": digest(stored),
        }
        document["forms"] = document["text"]
        document |= {name: text for name in _PLAIN if (text := getattr(article, name))}
        document |= {f"{name}_is": text for name in FILTERS if (text := getattr(article, name, ""))}
        if article.captions:
            document["caption"] = list(article.captions)
        if article.authors:
            document["byline"] = [str(author) for author in article.authors]
            document["author_is"] = [author.name for author in article.authors]
        if article.tags:
            document["tag"] = document["tag_is"] = list(article.tags)
        if article.extra:
            document["extra_is"] = list(_extras(article))
        if article.published is not None:
            document["day"] = day_number(article.published)
            document["published"] = instant_number(article.published)
        return document


def parts(article: Article) -> Iterator[str]:
    """Each part of an article once, in reading order: what the ``text`` field holds.

    A pull quote or caption that the body repeats is left out, so that no word counts twice.
    """
    yield from filter(None, (article.headline, article.standfirst, article.body))
    body = _letters(article.body) if article.pull_quotes or article.captions else ""
    for extra in (*article.captions, *article.pull_quotes):
        if extra and _letters(extra) not in body:
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


def suggest(name: str) -> str:
    """The searchable field whose name is nearest to ``name``, or an empty string."""
    return next(iter(get_close_matches(name.casefold(), [*SEARCHABLE, *ALIASES], n=1)), "")


def day_number(day: date) -> int:
    """A calendar day as the integer YYYYMMDD: in order, for any year, and a month is a run of 100."""
    return day.year * 10_000 + day.month * 100 + day.day


def instant_number(moment: date, zone: tzinfo = timezone.utc) -> int:
    """An instant as seconds since 1970 in UTC; a day alone counts as its first moment in ``zone``."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


_PLAIN: Final = ("headline", "dateline", "publication", "edition", "section", "page", "language", "url")

SEARCHABLE: Final = (*(f.name for f in FIELDS if f.kind is Kind.TEXT), "published")
"""The canonical names of the fields that a reader may type before a colon."""


def _extras(article: Article) -> Iterator[str]:
    for key, value in article.extra.items():
        for each in value if isinstance(value, list | tuple) else (value,):
            yield f"{key}={each}"


def _letters(text: str) -> str:
    """Letters and digits alone: what two printings of one sentence have in common."""
    return "".join(filter(str.isalnum, text)).casefold()
