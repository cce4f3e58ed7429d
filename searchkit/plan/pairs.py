"""Word pairs: neighbouring words of a query that stand near each other in an article count for more.

The sequential dependence of Metzler and Croft (A Markov random field model for term dependencies, SIGIR
2005), by one unordered phrase a pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import Final, Protocol

from searchkit.plan.nodes import Bool, Boost, Close, Plan, Term
from searchkit.profile import RankProfile

MIDDLING: Final = 10.0
"""The sum of two idfs at which a pair has just the profile's weight."""


class Counts(Protocol):
    """How many articles there are, and have a term."""

    def size(self) -> int:
        """The number of all articles."""

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Those of the terms that occur in a field, each with the number of articles that have it."""


def pairs(terms: Sequence[str | None], profile: RankProfile, counts: Counts) -> Iterator[Plan]:
    """What the neighbours among ``terms`` add, in the field ``text``; None parts those beside it.

    BM25 gives a phrase the sum of its words' idfs, which they have had already: the root of it takes back
    half, so that two rare words do not drown the rest. A pair costs as much as its rarer word is frequent.
    Where that is more than the profile allows, the pair counts only in articles with the rarest word of all:
    they are the ones to be told apart; where even that is frequent, it is left out.
    """
    size = counts.size()
    bound = max(profile.pair_floor, profile.pair_articles * size)
    known = counts.frequencies("text", dict.fromkeys(filter(None, terms)))
    if len(known) < 2:
        return
    rarest = min(known, key=known.__getitem__)
    for first, second in pairwise(terms):
        if first not in known or second not in known or first == second:
            continue
        near = Close("text", first, second, profile.pair_distance, ordered=False)
        weight = profile.pairs * sqrt(MIDDLING / (_idf(known[first], size) + _idf(known[second], size)))
        if min(known[first], known[second]) <= bound:
            yield Boost(near, weight)
        elif known[rarest] <= bound:
            yield Boost(Bool(must=(near,), filters=(Term("text", rarest),)), weight)


def _idf(frequency: int, size: int) -> float:
    """BM25's, as Tantivy and Lucene have it. A frequency may count articles since deleted."""
    return log(1 + (max(size - frequency, 0) + 0.5) / (frequency + 0.5))
