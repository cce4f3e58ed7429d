"""Where a hit's score comes from: leaf by leaf, as the engine counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searchkit.engines.base import Snapshot
from searchkit.plan import Bool, Boost, OneOf, Plan, Scored, Unscored, Verify
from searchkit.plan.show import words
from searchkit.request import Sort
from searchkit.results import Contribution


def contributions(snapshot: Snapshot, plan: Plan, identifier: str) -> tuple[Contribution, ...]:
    """What each scored leaf of ``plan`` adds to the score of an article; they sum up to it.

    Each leaf is searched for in that one article: so the figures are the engine's own, whichever it is.
    """
    only = OneOf("id", (identifier,))

    def score(part: Plan) -> float | None:
        found = snapshot.search(Bool(must=(part,), filters=(only,)), sort=Sort.RELEVANCE, limit=1)
        return found.hits[0].key if found.hits else None

    parts = [
        Contribution(words(leaf), leaf.field, weight, weight * one)
        for leaf, weight in _weighted(plan, 1.0, lambda part: score(part) is not None)
        if (one := score(leaf)) is not None
    ]
    return tuple(sorted(parts, key=lambda part: -part.score))


def _weighted(plan: Plan, weight: float, matches: Callable[[Plan], bool]) -> Iterator[tuple[Scored, float]]:
    """The scored leaves of the branches that match, each with the product of the weights above it."""
    match plan:
        case Bool(must=must, must_not=excluded, filters=filters):
            if not (must or excluded or filters) or matches(plan):
                for child in (*must, *plan.should):
                    yield from _weighted(child, weight, matches)
        case Boost(child=child, factor=factor):
            yield from _weighted(child, weight * factor, matches)
        case Verify(child=child):
            yield from _weighted(child, weight, matches)
        case _ if not isinstance(plan, Unscored):
            yield plan, weight
