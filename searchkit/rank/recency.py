"""Recency: among the best hits, what is new counts more."""

from __future__ import annotations

from math import inf, log2
from typing import Final

from msgspec import Struct

from searchkit.found import Found, RawHit
from searchkit.plan import Plan
from searchkit.rank.order import Searchable, by_score
from searchkit.request import Sort

WINDOW: Final = 200
"""So many of the best hits are put in a new order."""
DAY: Final = 86_400
"""Seconds."""


class Recency(Struct, frozen=True):
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
        return float(2.0 ** -self._halvings(published))

    def _halvings(self, published: int | None) -> float:
        return inf if published is None else max(self.now - published, 0) / DAY / self.half_life

    def window(self, snapshot: Searchable, plan: Plan, *, limit: int, offset: int) -> Found:
        """The hits from ``offset`` to ``offset + limit``, the best ones in the order of what is left of them.

        These are the same whatever the page, so that all pages make one list.
        """
        need = offset + limit
        found = snapshot.search(plan, sort=Sort.RELEVANCE, limit=max(WINDOW, need))
        instants = snapshot.instants([hit.handle for hit in found.hits])
        # By logarithms, for the scores of what is very old are too small for a float.
        aged = [
            RawHit(hit.handle, log2(hit.key) - self._halvings(instant) if hit.key else -inf)
            for hit, instant in zip(found.hits, instants, strict=True)
        ]
        best = by_score(snapshot, sorted(aged[:WINDOW], key=_descending))
        page = [*best, *aged[WINDOW:]][offset:need]
        return Found([RawHit(hit.handle, 2.0 ** (hit.key or 0.0)) for hit in page], found.total)


def _descending(hit: RawHit) -> float:
    return -(hit.key or 0.0)
