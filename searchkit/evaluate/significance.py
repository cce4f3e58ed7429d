"""Whether a difference between two runs is more than chance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import getitem
from random import Random
from typing import Final

ROUNDS: Final = 20_000
"""Random assignments of signs: the standard error of a p of .05 is .0015."""
EXACT: Final = 2**16
"""Up to so many assignments all are counted, and p is exact: 16 queries that differ."""
ALPHA: Final = 0.05
"""The customary level: what is less likely under chance is called significant."""
SAME: Final = 1e-9
"""Values of a measure that are nearer than this are one value, computed in another order."""

_BLOCK: Final = 8


def randomisation_test(differences: Sequence[float], *, rounds: int = ROUNDS, seed: int = 0) -> float:
    """The two-sided p of Fisher's paired randomisation test for the mean of ``differences``, one a query.

    If two runs are alike, each query's difference may as well have the other sign: p is the share of all
    assignments of signs whose mean is at least as far from 0 as the one found. All of them are counted up to
    :data:`EXACT`; else ``rounds`` are drawn, and (1 + count) / (1 + rounds) never claims a p of 0.

    R. A. Fisher, The Design of Experiments, 1935. M. D. Smucker, J. Allan, B. Carterette, A comparison of
    statistical significance tests for information retrieval evaluation, CIKM 2007. B. Phipson, G. K. Smyth,
    Permutation p-values should never be zero, SAGMB 9(1), 2010.
    """
    found = [difference for difference in differences if abs(difference) > SAME]
    tables = [_signed_sums(found[at : at + _BLOCK]) for at in range(0, len(found), _BLOCK)]
    bar = abs(math.fsum(found)) - SAME

    def extreme(assignments: Iterable[bytes]) -> int:
        return sum(abs(sum(map(getitem, tables, signs))) >= bar for signs in assignments)

    if 2 ** len(found) <= EXACT:
        every = range(2 ** len(found))
        return extreme(number.to_bytes(len(tables), "little") for number in every) / len(every)
    random = Random(seed)
    return (1 + extreme(random.randbytes(len(tables)) for _ in range(rounds))) / (1 + rounds)


def holm(ps: Sequence[float]) -> list[float]:
    """The p values of several tests, adjusted so that the chance of any false alarm stays at the level.

    S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics
    6(2), 1979.
    """
    order = sorted(range(len(ps)), key=ps.__getitem__)
    stepped = accumulate((min(1.0, (len(ps) - step) * ps[at]) for step, at in enumerate(order)), max)
    adjusted = dict(zip(order, stepped, strict=True))
    return [adjusted[at] for at in range(len(ps))]


def _signed_sums(block: Sequence[float]) -> list[float]:
    """The sum of up to eight differences for every byte: a bit of 1 keeps the sign, 0 turns it."""
    sums = [0.0]
    for difference in block:
        sums = [*(each - difference for each in sums), *(each + difference for each in sums)]
    return sums * (2**_BLOCK // len(sums))
