"""One search: a request lowered, run on one snapshot, and made into results."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from searchkit.article import Article
from searchkit.engines.base import Snapshot
from searchkit.plan import Lowering, Plan, scores
from searchkit.present.snippet import Highlighter
from searchkit.query import print_query
from searchkit.rank.order import window
from searchkit.request import Request, Sort
from searchkit.results import Facet, Found, Hit, Marker, RawHit, Results, Total
from searchkit.schema import filter_field

FACET_VALUES: Final = 20
"""How many values of a facet are given, the most frequent first."""
PAGE: Final = 5_000
"""How many hits a walk over all of them asks the engine for at a time."""


@dataclass
class Search:
    """A request on a snapshot. Everything is done once, when first asked for."""

    snapshot: Snapshot
    lowering: Lowering
    request: Request
    started: float = field(default_factory=time.perf_counter)

    @cached_property
    def plan(self) -> Plan:
        """What the engine runs."""
        return self.lowering.request(self.request)

    @cached_property
    def sort(self) -> Sort:
        """The order asked for; newest first where nothing has a score to go by."""
        unscored = self.request.sort is Sort.RELEVANCE and not scores(self.plan)
        return Sort.NEWEST if unscored else self.request.sort

    @cached_property
    def found(self) -> Found:
        """The hits of the request's window, and the number of all."""
        request = self.request
        return window(self.snapshot, self.plan, sort=self.sort, limit=request.limit, offset=request.offset)

    @cached_property
    def marker(self) -> Marker:
        """How texts are marked."""
        return Highlighter(self.plan, self.lowering.language, passages=self.request.snippets)

    def results(self, query: str, warnings: tuple[str, ...]) -> Results:
        """The results of ``query`` as typed. Texts are read later, hit by hit."""
        first = self.request.offset + 1
        hits = tuple(self._hit(rank, raw) for rank, raw in enumerate(self.found.hits, start=first))
        facets = {name: self._facet(name) for name in self.request.facets}
        return Results(
            query=query,
            understood=print_query(self.request.query),
            hits=hits,
            total=Total(self.found.total),
            took_ms=(time.perf_counter() - self.started) * 1000,
            facets=facets,
            warnings=warnings,
        )

    def walk(self) -> Iterator[Hit]:
        """Every hit, page by page in the engine's order."""
        offset = 0
        while True:
            page = self.snapshot.search(self.plan, sort=self.sort, limit=PAGE, offset=offset).hits
            for rank, raw in enumerate(page, start=offset + 1):
                yield self._hit(rank, raw)
            if len(page) < PAGE:
                return
            offset += PAGE

    def _hit(self, rank: int, raw: RawHit) -> Hit:
        def read() -> Article:
            return self.snapshot.articles([raw.handle])[0]

        score = (raw.key or 0.0) if self.sort is Sort.RELEVANCE else 0.0
        return Hit(rank, score, read, lambda: self.marker)

    def _facet(self, name: str) -> tuple[Facet, ...]:
        field_name, before = filter_field(name)
        found = self.snapshot.facet(self.plan, field_name, prefix=before, limit=FACET_VALUES)
        counts: Counter[str] = Counter()  # extra.desk and extra.Desk are one field
        for facet in found:
            counts[facet.value[len(before) :]] += facet.count
        return tuple(Facet(value, count) for value, count in counts.most_common())
