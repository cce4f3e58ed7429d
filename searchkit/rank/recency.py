"""Recency: among the best hits, what is new counts more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from searchkit.plan import Plan
from searchkit.rank.order import Searchable, by_score
from searchkit.request import Sort
from searchkit.results import Found, RawHit

WINDOW: Final = 200
"""So many of the best hits are put in a new order, or all up to the end of the page."""
DAY: Final = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Recency:
    """What an article's age takes from its score: half after ``half_life`` days, three quarters after two.

    ``now`` is an instant, in seconds since 1970. It is the exponential prior of Li and Croft, Time-based
    language models (CIKM 2003).
    """

    half_life: int
    now: int

    def share(self, published: int | None) -> float:
        """What is left of the score of an article of that instant.

        What is yet to come loses nothing; what has no date loses all.
        """
        if published is None:
            return 0.0
        return float(0.5 ** (max(self.now - published, 0) / DAY / self.half_life))

    def window(self, snapshot: Searchable, plan: Plan, *, limit: int, offset: int) -> Found:
        """The hits from ``offset`` to ``offset + limit`` in the order of what is left of their scores."""
        need = offset + limit
        found = snapshot.search(plan, sort=Sort.RELEVANCE, limit=max(WINDOW, need))
        instants = snapshot.instants([hit.handle for hit in found.hits])
        aged = [
            RawHit(hit.handle, (hit.key or 0.0) * self.share(instant))
            for hit, instant in zip(found.hits, instants, strict=True)
        ]
        aged.sort(key=lambda hit: -(hit.key or 0.0))
        return Found(by_score(snapshot, aged)[offset:need], found.total)
