"""Recency: among the best hits, what is new counts more."""

from __future__ import annotations

from typing import Final

from searchkit.plan import Plan
from searchkit.rank.order import Searchable, by_score
from searchkit.request import Sort
from searchkit.results import Found, RawHit

WINDOW: Final = 200
"""So many of the best hits are put in a new order, or all up to the end of the page."""
DAY: Final = 86_400
"""Seconds."""


def share(published: int | None, now: int, half_life: int) -> float:
    """What is left of a score after an article's age: half after ``half_life`` days, a quarter after two.

    ``published`` and ``now`` are seconds since 1970. What is yet to come loses nothing; what has no date
    loses all. The exponential prior of Li and Croft, Time-based language models (CIKM 2003).
    """
    if published is None:
        return 0.0
    return float(0.5 ** (max(now - published, 0) / DAY / half_life))


def newer_first(
    snapshot: Searchable, plan: Plan, *, now: int, half_life: int, limit: int, offset: int
) -> Found:
    """The hits from ``offset`` to ``offset + limit`` in the order of what is left of their scores."""
    need = offset + limit
    found = snapshot.search(plan, sort=Sort.RELEVANCE, limit=max(WINDOW, need))
    instants = snapshot.instants([hit.handle for hit in found.hits])
    aged = [
        RawHit(hit.handle, (hit.key or 0.0) * share(instant, now, half_life))
        for hit, instant in zip(found.hits, instants, strict=True)
    ]
    aged.sort(key=lambda hit: -(hit.key or 0.0))
    return Found(by_score(snapshot, aged)[offset:need], found.total)
