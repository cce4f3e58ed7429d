"""Runs measured side by side, and each compared with a baseline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from searchkit.evaluate.measures import Measure, Measured, measured
from searchkit.evaluate.qrels import Qrels
from searchkit.evaluate.runs import Run
from searchkit.evaluate.significance import ALPHA, SAME, holm, randomisation_test


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against the baseline in one measure: mean difference, and queries won, tied and lost.

    ``p`` is that of the paired randomisation test; ``p_holm`` is adjusted for the number of runs that are
    compared with the baseline in this measure.
    """

    baseline: str
    run: str
    measure: str
    difference: float
    wins: int
    ties: int
    losses: int
    p: float
    p_holm: float

    @property
    def significant(self) -> bool:
        """Whether the difference is more than chance at the customary level."""
        return self.p_holm < ALPHA


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What each run is worth, by its name, and how the others compare with the ``baseline``."""

    baseline: str
    measured: dict[str, Measured]
    comparisons: tuple[Comparison, ...]


def evaluate(
    runs: Mapping[str, Run], qrels: Qrels, measures: Sequence[Measure], *, baseline: str, seed: int = 0
) -> Evaluation:
    """Measures every run and compares each with the baseline, measure by measure."""
    found = {name: measured(run, qrels, measures) for name, run in runs.items()}
    comparisons = tuple(
        comparison
        for measure in found[baseline].means
        for comparison in _adjusted(_compare(found, baseline, measure, seed))
    )
    return Evaluation(baseline, found, comparisons)


def differences(values: Mapping[str, float], baseline: Mapping[str, float]) -> list[float]:
    """By how much each query of ``baseline`` is better; what differs by rounding alone is the same."""
    found = (values[query] - before for query, before in baseline.items())
    return [difference if abs(difference) > SAME else 0.0 for difference in found]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean."""
    return math.fsum(values) / len(values)


def _compare(found: Mapping[str, Measured], baseline: str, measure: str, seed: int) -> Iterator[Comparison]:
    for name, values in found.items():
        if name == baseline:
            continue
        by = differences(values.per_query[measure], found[baseline].per_query[measure])
        wins, losses = sum(each > 0 for each in by), sum(each < 0 for each in by)
        p = randomisation_test(by, seed=seed)
        ties = len(by) - wins - losses
        yield Comparison(baseline, name, measure, mean(by), wins, ties, losses, p, p)


def _adjusted(comparisons: Iterator[Comparison]) -> list[Comparison]:
    given = list(comparisons)
    adjusted = holm([comparison.p for comparison in given])
    return [replace(each, p_holm=p) for each, p in zip(given, adjusted, strict=True)]
