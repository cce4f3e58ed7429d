"""One search: a request lowered, run on one snapshot, and made into results."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from searchkit.article import Article
from searchkit.card import Card
from searchkit.clock import Deadline, OutOfTime
from searchkit.engines.base import Snapshot
from searchkit.engines.patience import in_time
from searchkit.engines.verify import Verifier, undecided
from searchkit.explain import contributions, open_words
from searchkit.found import Contribution, Found, OpenWord, RawHit, Snippet, Spans
from searchkit.limits import BUDGET
from searchkit.once import once
from searchkit.plan import Bool, Lowering, Plan, scores
from searchkit.plan.show import show
from searchkit.present.snippet import Highlighter
from searchkit.query import parse, print_query
from searchkit.rank.feedback import expanded
from searchkit.rank.order import window
from searchkit.rank.recency import Recency
from searchkit.request import Request, Sort
from searchkit.results import Facet, Hit, Page, Results, Total
from searchkit.schema import filter_field, instant_number
from searchkit.spelling import absent, suggestion

T = TypeVar("T")

FACET_VALUES: Final = 20
"""How many values of a facet are given, the most frequent first."""
LOOKING: Final = 0.75
"""The share of a search's time for looking at texts: the rest is for the engine to find what held again."""
FEW: Final = 3
"""Up to so many hits, a search offers another spelling."""
PAGE: Final = 5_000
"""How many hits a walk over all of them asks the engine for at a time."""


class Search(Struct, dict=True, eq=False):
    """A request on a snapshot. Everything is done once, when first asked for."""

    snapshot: Snapshot
    lowering: Lowering
    request: Request
    started: float = field(default_factory=time.perf_counter)

    whole: bool = False
    """Whether every candidate's text is looked at, however many: a walk over all hits owes them all."""

    deadline: Deadline = field(default_factory=Deadline)
    """When the search has to come to its end, with what it has by then."""

    @once
    def plan(self) -> Plan:
        """What the query means in this index."""
        return self.lowering.request(self.request)

    @once
    def decided(self) -> Plan:
        """The plan with what the engine cannot decide decided: it has the matches."""
        return self._verifier.resolve(self.plan) if self._verifier else self.plan

    @once
    def runnable(self) -> Plan:
        """What the engine runs: the same matches, with feedback where it is wanted."""
        plan = self.decided
        feedback = self.lowering.profile.feedback
        if feedback is None or self.sort is not Sort.RELEVANCE:
            return plan
        try:
            hits = self._in_time(
                lambda: self.snapshot.search(plan, sort=Sort.RELEVANCE, limit=feedback.articles).hits
            )
        except OutOfTime:
            return plan
        articles = self.snapshot.articles([hit.handle for hit in hits])
        best = [(article, hit.key or 0.0) for article, hit in zip(articles, hits, strict=True)]
        return expanded(plan, best, self.snapshot, self.lowering.language, self.lowering.profile)

    @once
    def _verifier(self) -> Verifier | None:
        """Who looks at texts; none where the engine decides all."""
        if not undecided(self.plan):
            return None
        budget = None if self.whole else BUDGET
        looking = self.deadline.share(LOOKING)
        return Verifier(self.snapshot, self.lowering.language, budget, self.sort, looking)

    @property
    def is_partial(self) -> bool:
        """Whether the time was over before all was done."""
        return self.deadline.was_met or (self._verifier is not None and self._verifier.deadline.was_met)

    @once
    def sort(self) -> Sort:
        """The order asked for; newest first where nothing has a score to go by."""
        unscored = self.request.sort is Sort.RELEVANCE and not scores(self.plan)
        return Sort.NEWEST if unscored else self.request.sort

    @once
    def found(self) -> Found:
        """The hits of the request's window, and the number of all; none where the engine takes too long."""
        plan = self.runnable
        try:
            return self._in_time(lambda: self._window(plan))
        except OutOfTime:
            return Found([], 0)

    def _in_time(self, action: Callable[[], T]) -> T:
        return in_time(self.deadline, self.snapshot, self.decided, action)

    def _window(self, plan: Plan) -> Found:
        limit, offset = self.request.limit, self.request.offset
        if self._recency:
            return self._recency.window(self.snapshot, plan, limit=limit, offset=offset)
        return window(self.snapshot, plan, sort=self.sort, limit=limit, offset=offset)

    @once
    def _recency(self) -> Recency | None:
        half_life = self.lowering.profile.half_life
        if half_life is None or self.sort is not Sort.RELEVANCE or self.whole:
            return None
        return Recency(half_life, instant_number(self.lowering.today, self.lowering.zone))

    def _instant(self, moment: date | None) -> int | None:
        return None if moment is None else instant_number(moment, self.lowering.zone)

    def article(self, raw: RawHit) -> Article:
        """See :class:`~searchkit.results.Reader`."""
        return self.snapshot.articles([raw.handle])[0]

    def cards(self, raws: Sequence[RawHit]) -> list[Card]:
        """See :class:`~searchkit.results.Reader`."""
        return self.snapshot.cards([raw.handle for raw in raws])

    def snippets(self, raw: RawHit) -> tuple[Snippet, ...]:
        """See :class:`~searchkit.results.Reader`."""
        return self._highlighter.snippets(self.snapshot.texts([raw.handle])[0])

    def marks(self, text: str, field: str) -> Spans:
        """See :class:`~searchkit.results.Reader`."""
        return self._highlighter.spans(text, field)

    def understood(self) -> str:
        """See :class:`~searchkit.results.Reader`."""
        return print_query(self.request.query)

    def shown(self) -> str:
        """See :class:`~searchkit.results.Reader`."""
        return show(self.plan)

    def open_words(self) -> tuple[OpenWord, ...]:
        """See :class:`~searchkit.results.Reader`."""
        return open_words(self.snapshot, self.request.query, self.lowering.language)

    def explanation(self, identifier: str) -> tuple[Contribution, ...]:
        """See :class:`~searchkit.results.Reader`."""
        if self.sort is not Sort.RELEVANCE:
            return ()
        parts = contributions(self.snapshot, self.decided, identifier)
        if isinstance(self.runnable, Bool) and self.runnable is not self.decided:
            added = contributions(self.snapshot, Bool(should=self.runnable.should), identifier)
            parts += tuple(replace(part, reason="feedback") for part in added)
        article = self.snapshot.get(identifier)
        if article and self._recency:
            left = self._recency.share(self._instant(article.published))
            lost = (left - 1) * sum(part.score for part in parts)
            parts += (Contribution(f"{left:.0%} left", "published", left, lost, "recency"),)
        return parts

    @once
    def _highlighter(self) -> Highlighter:
        return Highlighter(self.plan, self.lowering.language, passages=self.request.snippets)

    @once
    def absent(self) -> tuple[str, ...]:
        """Notes on the words of the query that no article has."""
        return absent(self.request.query, self.snapshot, self.lowering)

    def remarks(self) -> tuple[str, ...]:
        """See :class:`~searchkit.results.Reader`."""
        return self.absent if self.found.total <= FEW and not self.is_partial else ()

    def results(self, query: str, warnings: tuple[str, ...]) -> Results:
        """The results of ``query`` as typed. Texts are read later, hit by hit."""
        first = self.request.offset + 1
        hits = tuple(self._hits(self.found.hits, first))
        facets = {name: self._facet(name) for name in self.request.facets}
        bounded = self._verifier if self._verifier and not self._verifier.exact else None
        if self.is_partial:
            warnings = (*warnings, _late(self.deadline))
        elif bounded:
            warnings = (*warnings, _bounded(bounded.budget, self.sort, self.found.total))
        return Results(
            query=query,
            hits=hits,
            total=Total(self.found.total, exact=bounded is None and not self.is_partial),
            partial=self.is_partial,
            took_ms=(time.perf_counter() - self.started) * 1000,
            facets=facets,
            noted=warnings,
            reader=self,
        )

    def suggestion(self, query: str) -> str:
        """See :class:`~searchkit.results.Reader`. It finds more; where there are many, at least as many."""
        if self.is_partial:
            return ""
        few = self.found.total <= FEW
        better = suggestion(query, self.request.query, self.snapshot, self.lowering.language, few=few)
        if not better:
            return ""
        other = replace(self.request, query=parse(better).query, limit=0, offset=0)
        found = Search(self.snapshot, self.lowering, other, deadline=self.deadline.anew()).found.total
        return better if found >= self.found.total + few else ""

    def walk(self) -> Iterator[Hit]:
        """Every hit, page by page in the engine's order."""
        first = 1
        for found in self.snapshot.pages(self.runnable, sort=self.sort, size=PAGE):
            yield from self._hits(found.hits, first)
            first += len(found.hits)

    def _hits(self, raws: Sequence[RawHit], first: int) -> Iterator[Hit]:
        """Hits that came together, the rank of the first given."""
        page, is_scored = Page(self, raws), self.sort is Sort.RELEVANCE
        for number, raw in enumerate(raws):
            yield Hit(first + number, (raw.key or 0.0) if is_scored else 0.0, page, number)

    def _facet(self, name: str) -> tuple[Facet, ...]:
        field_name, before = filter_field(name)
        try:
            found = self._in_time(
                lambda: self.snapshot.facet(self.runnable, field_name, prefix=before, limit=FACET_VALUES)
            )
        except OutOfTime:
            return ()
        counts: Counter[str] = Counter()  # extra.desk and extra.Desk are one field
        for facet in found:
            counts[facet.value[len(before) :]] += facet.count
        return tuple(Facet(value, count) for value, count in counts.most_common())


def _late(deadline: Deadline) -> str:
    """Why the results are partial."""
    over = f"the time of {deadline.seconds:g} s was over before all was looked at"
    return f"{over}: there may be more; narrow it, as by date, or give it more time"


def _bounded(budget: int | None, sort: Sort, found: int) -> str:
    """Why the count is a lower bound."""
    first = "best" if sort is Sort.RELEVANCE else sort.value
    if found:
        return f"only the {budget:,} {first} candidates were looked at: there may be more"
    return (
        f"none of the {budget:,} {first} candidates holds, others were not looked at: narrow it, as by date"
    )
