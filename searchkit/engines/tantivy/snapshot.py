"""One unchanging view of a Tantivy index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import tantivy
from msgspec import json

from searchkit.article import Article
from searchkit.card import Card, Texts, texts_from_json
from searchkit.engines.base import Statistics
from searchkit.engines.tantivy.cards import FILE, Cards
from searchkit.engines.tantivy.compile import Compiler
from searchkit.engines.tantivy.damage import damage
from searchkit.engines.tantivy.effort import A_SECOND, MOMENT, is_bounded
from searchkit.found import Found, Handle, RawHit
from searchkit.once import once
from searchkit.plan import All, Plan, Term
from searchkit.request import Sort
from searchkit.results import Facet

_FACET_TERMS: Final = 10_000
"""Values that each segment reports for a facet: counts are exact up to so many different ones."""
_REMEMBERED: Final = 10_000
"""Terms whose number of articles is kept, a megabyte or two."""
FRESH_SECONDS: Final = 0.001
"""For how long a search does not look again whether somebody has committed: looking makes threads wait for
each other. A commit lasts longer by as much, so that whoever searches after it finds what it put in."""


class TantivySnapshot:
    """A pinned searcher. Files that a later commit drops stay readable as long as it lives."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, folder: Path) -> None:
        self._searcher = searcher
        self._compiler = Compiler(schema, searcher)
        self._folder = folder
        self._reading = damage(folder.parent)
        self._frequencies: dict[tuple[str, str], int] = {}

    @once
    def _cards(self) -> Cards:
        return Cards(self._folder.parent)

    def search(self, plan: Plan, *, sort: Sort, limit: int, offset: int = 0) -> Found:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        query = self._compiler.compile(plan)
        options: dict[str, Any] = {}
        if sort is not Sort.RELEVANCE:
            order = tantivy.Order.Desc if sort is Sort.NEWEST else tantivy.Order.Asc
            options = {"order_by_field": "published", "order": order}
        with self._reading:
            result = self._searcher.search(query, max(limit, 1), offset=offset, **options)
        hits = [RawHit(address, key) for key, address in result.hits[:limit]]
        return Found(hits, result.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs

    def pages(self, plan: Plan, *, sort: Sort, size: int) -> Iterator[Found]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        offset, total = 0, 1
        while offset < total:
            page = self.search(plan, sort=sort, limit=size, offset=offset)
            yield page
            offset, total = offset + size, page.total

    def is_quick(self, plan: Plan, *, within: float) -> bool:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        with self._reading:
            return is_bounded(plan, self._searcher, max(within, MOMENT) * A_SECOND)

    def by_id(self, plan: Plan, *, limit: int) -> list[Handle]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        query, order = self._compiler.compile(plan), tantivy.Order.Asc
        with self._reading:
            hits = self._searcher.search(
                query, max(limit, 1), count=False, order_by_field="id", order=order
            ).hits
        return [address for _, address in hits[:limit]]

    def articles(self, handles: Sequence[Handle]) -> list[Article]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return [self._article(handle) for handle in handles]

    def texts(self, handles: Sequence[Handle]) -> list[Texts]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        with self._reading:
            return [texts_from_json(stored(self._searcher, handle)) for handle in handles]

    def cards(self, handles: Sequence[Handle]) -> list[Card]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        found = self._cards.read(self._numbers("card", handles))
        return [card or Card.of(self._article(handle)) for card, handle in zip(found, handles, strict=True)]

    def lost_cards(self, handles: Sequence[Handle]) -> int:
        """How many of the articles are without the card that they had."""
        places = self._numbers("card", handles)
        found = zip(places, self._cards.read(places), strict=True)
        return sum(place is not None and card is None for place, card in found)

    def ids(self, handles: Sequence[Handle]) -> list[str]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return [card.id for card in self.cards(handles)]

    def instants(self, handles: Sequence[Handle]) -> list[int | None]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return self._numbers("published", handles)

    def get(self, identifier: str) -> Article | None:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        handle = self._find(identifier)
        return None if handle is None else self._article(handle)

    def digests(self, identifiers: Sequence[str]) -> dict[str, int]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        if not self._searcher.num_docs:
            return {}
        found = ((each, self._find(each)) for each in identifiers)
        there = {each: handle for each, handle in found if handle is not None}
        known = zip(there, self._numbers("digest", list(there.values())), strict=True)
        return {each: number for each, number in known if number is not None}

    def facet(self, plan: Plan, field: str, *, prefix: str = "", limit: int) -> list[Facet]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        terms = {"field": field, "size": _FACET_TERMS, "segment_size": _FACET_TERMS}
        if prefix:
            terms |= {"include": f"(?i){re.escape(prefix)}(?s:.*)"}
        buckets = self._aggregate(plan, {"values": {"terms": terms}})["values"]["buckets"]
        facets = [Facet(bucket["key"], bucket["doc_count"]) for bucket in buckets]
        return sorted(facets, key=lambda facet: (-facet.count, facet.value))[:limit]

    def size(self) -> int:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return self._searcher.num_docs

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        with self._reading:
            return {term: found for term in terms if (found := self._frequency(field, term))}

    def _frequency(self, field: str, term: str) -> int:
        """Looked up once, as words come again and again, and each look lets another thread go first."""
        found = self._frequencies.get((field, term))
        if found is None:
            if len(self._frequencies) >= _REMEMBERED:
                self._frequencies.clear()
            found = self._frequencies[field, term] = self._searcher.doc_freq(field, term)
        return found

    def vocabulary(self, field: str, prefix: str, *, limit: int | None = None) -> list[tuple[str, int]]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        with self._reading:
            return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def statistics(self) -> Statistics:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        wanted = {"dated": "value_count", "first": "min", "last": "max"}
        found = self._aggregate(All(), {name: {kind: {"field": "day"}} for name, kind in wanted.items()})
        days = [found[name]["value"] for name in ("first", "last")]
        first, last = (None if day is None else int(day) for day in days)
        return Statistics(
            articles=self._searcher.num_docs,
            undated=self._searcher.num_docs - int(found["dated"]["value"]),
            first=first,
            last=last,
            segments=self._searcher.num_segments,
            size_bytes=sum(map(_size, [*self._folder.iterdir(), self._folder.parent / FILE])),
        )

    def _aggregate(self, plan: Plan, wanted: dict[str, Any]) -> dict[str, Any]:
        query = self._compiler.compile(plan)
        with self._reading:
            return self._searcher.aggregate(query, wanted)

    def _find(self, identifier: str) -> Handle | None:
        with self._reading:
            if not self._searcher.doc_freq("id", identifier):  # a quarter of the time of a search
                return None
            query = self._compiler.compile(Term("id", identifier))
            hits = self._searcher.search(query, 1, count=False).hits
        return hits[0][1] if hits else None

    def _article(self, handle: Handle) -> Article:
        with self._reading:
            return decode(stored(self._searcher, handle), own=True)

    def _numbers(self, field: str, handles: Sequence[Handle]) -> list[int | None]:
        with self._reading:
            values = self._searcher.fast_field_values(field, list(handles))
        return [None if value is None else int(value) for value in values]


def stored(searcher: tantivy.Searcher, handle: Handle) -> str:
    """An article as it lies in the index: JSON.

    :raises ValueError: if there is something else.
    """
    text = searcher.doc(handle).get_first("article")
    if not isinstance(text, str):
        raise ValueError("there is no article where one was put")
    return text


def decode(text: str, *, own: bool = False) -> Article:
    """The article that was :func:`stored`. Its values are checked unless it is taken for our ``own``.

    :raises ValueError: if it is none.
    """
    try:
        known = json.decode(text)
        return Article.from_own(known) if own else Article.from_dict(known)
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"what was put in as an article is none: {error}") from None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # a merge has just dropped it
        return 0
