"""What a search gives back: hits that read their articles only when asked, totals, facets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol, overload

from msgspec import Struct

from searchkit.article import Article, moment
from searchkit.card import Card
from searchkit.found import Contribution, OpenWord, RawHit, Snippet, Spans
from searchkit.once import once

AHEAD: Final = 100
"""Hits of a page that are read at once for a list, as where one is looked at, the next will be."""


class Total(Struct, frozen=True):
    """How many articles match; a lower bound where not ``exact``."""

    value: int
    exact: bool = True

    def __str__(self) -> str:
        return f"{self.value:,}" if self.exact else f"at least {self.value:,}"


class Facet(Struct, frozen=True):
    """A value of a field and the number of matching articles that have it."""

    value: str
    count: int


class Reader(Protocol):
    """What a search can still tell of itself and its hits."""

    def understood(self) -> str:
        """The query as it was read."""

    def shown(self) -> str:
        """What ran."""

    def open_words(self) -> tuple[OpenWord, ...]:
        """What the query's open words stand for."""

    def remarks(self) -> tuple[str, ...]:
        """Why little was found."""

    def suggestion(self, query: str) -> str:
        """Another spelling of the query, as typed, that finds more."""

    def article(self, raw: RawHit) -> Article:
        """The whole article."""

    def cards(self, raws: Sequence[RawHit]) -> list[Card]:
        """What a list shows of the articles."""

    def explanation(self, identifier: str) -> tuple[Contribution, ...]:
        """Where its score comes from."""

    def snippets(self, raw: RawHit) -> tuple[Snippet, ...]:
        """The best passages of the article, in reading order."""

    def marks(self, text: str, field: str) -> Spans:
        """What the query found in a text of ``field``."""


class Page:
    """Hits that came together: what a list shows of them is read for many at once."""

    def __init__(self, reader: Reader, hits: Sequence[RawHit]) -> None:
        self.reader = reader
        self.hits = hits
        self._cards: dict[int, Card] = {}

    def card(self, number: int) -> Card:
        """What a list shows of the hit of that number, from 0 on."""
        if number not in self._cards:
            start = number - number % AHEAD
            self._cards.update(enumerate(self.reader.cards(self.hits[start : start + AHEAD]), start))
        return self._cards[number]


class Hit:
    """One article found. ``rank`` counts from 1, ``score`` is BM25's (0 where the hits are sorted by date).

    What a list shows of it, and the whole article, are read from the search's own snapshot when one of their
    fields is first asked for.
    """

    def __init__(self, rank: int, score: float, page: Page, number: int) -> None:
        self.rank = rank
        self.score = score
        self._page = page
        self._number = number

    @once
    def article(self) -> Article:
        """The whole article, as it was put in."""
        return self._page.reader.article(self._page.hits[self._number])

    @once
    def _card(self) -> Card:
        return self._page.card(self._number)

    @once
    def snippets(self) -> tuple[Snippet, ...]:
        """The best passages, in reading order; the beginning of the article where only other fields match."""
        return self._page.reader.snippets(self._page.hits[self._number])

    @once
    def headline_marks(self) -> Spans:
        """The spans of :attr:`headline` that the query found."""
        return self._page.reader.marks(self.headline, "headline")

    @once
    def explanation(self) -> tuple[Contribution, ...]:
        """Where :attr:`score` comes from, the largest part first; empty where hits are not sorted by it."""
        return self._page.reader.explanation(self.id)

    @property
    def id(self) -> str:
        """The article's identifier."""
        return self._card.id

    @property
    def headline(self) -> str:
        """The article's headline, or an empty string."""
        return self._card.headline

    @property
    def published(self) -> date | None:
        """The day or instant of publication, where known."""
        known = self._card.published
        return moment(known) if known else None

    @property
    def publication(self) -> str:
        """The paper."""
        return self._card.publication

    @property
    def byline(self) -> str:
        """The authors, as a paper prints them."""
        return self._card.byline

    @property
    def section(self) -> str:
        """The section of the paper."""
        return self._card.section

    @property
    def url(self) -> str:
        """Where the article stands on the web."""
        return self._card.url

    def __repr__(self) -> str:
        return f"Hit({self.rank}, {self.id!r}, {self.headline!r}, score={self.score:.3f})"


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """The hits of one window, with all that is known about the whole. Bound to one snapshot of the index.

    ``query`` is the text as typed; ``noted`` names what was ignored or read otherwise; ``took_ms`` is the
    time of the search in milliseconds, without reading texts; ``partial`` says that it came to its end
    before all was looked at.
    """

    query: str
    hits: tuple[Hit, ...]
    total: Total
    took_ms: float
    facets: dict[str, tuple[Facet, ...]] = field(default_factory=dict)
    noted: tuple[str, ...] = ()
    partial: bool = False
    reader: Reader | None = field(default=None, repr=False, compare=False)

    @property
    def understood(self) -> str:
        """The query as it was read, written out when asked for."""
        return self.reader.understood() if self.reader else ""

    @property
    def plan(self) -> str:
        """What ran, in words. It is worked out when asked for, and so are :attr:`open_words`."""
        return self.reader.shown() if self.reader else ""

    @property
    def open_words(self) -> tuple[OpenWord, ...]:
        """What each prefix, wildcard and fuzzy word of the query stands for in the index."""
        return self.reader.open_words() if self.reader else ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was ignored or read otherwise and, where little was found, the words that no article has."""
        remarks = self.reader.remarks() if self.reader else ()
        return tuple(dict.fromkeys((*self.noted, *remarks)))

    @property
    def suggestion(self) -> str:
        """The query as it may have been meant, where little was found or a word is unknown; else empty."""
        return self.reader.suggestion(self.query) if self.reader else ""

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[index]
