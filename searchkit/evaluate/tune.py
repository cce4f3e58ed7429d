"""A profile's parameters, searched for on some queries and judged on others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final, TypeAlias

from searchkit.errors import InvalidRequest
from searchkit.evaluate.compare import differences, mean
from searchkit.evaluate.significance import ALPHA, randomisation_test
from searchkit.profile import RankProfile, replaced

Value: TypeAlias = float | None
Scores: TypeAlias = Mapping[str, float]
"""A measure's value for each query."""

GRIDS: Final[dict[str, tuple[Value, ...]]] = {
    "weights.headline": (0.0, 0.1, 0.2, 0.3, 0.5, 1.0),
    "weights.lead": (0.0, 0.1, 0.2, 0.3, 0.5),
    "weights.caption": (0.0, 0.1, 0.3),
    "weights.tag": (0.0, 0.1, 0.3),
    "pairs": (0.0, 0.1, 0.2, 0.3, 0.5),
    "pair_slop": (0, 2, 6, 12),
    "feedback.articles": (5, 10, 20),
    "feedback.terms": (10, 20, 40),
    "feedback.mass": (0.0, 0.1, 0.2, 0.3, 0.5),
    "feedback.agreeing": (1, 2, 3),
    "half_life": (None, 7, 30, 365),
    "minimum": (0.0, 0.25, 0.5),
}
"""The values that are tried for a parameter where none are given."""
USUAL: Final = ("weights.headline", "weights.lead", "pairs")
"""The parameters that are searched where none are named."""
SWEEPS: Final = 3
"""How often the parameters are gone through, at most: mostly the second time changes nothing."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's dotted name and the values to try; None leaves it out."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """One part of a cross-validation: what was ``chosen`` on all other queries, and its gain on these."""

    queries: tuple[str, ...]
    chosen: RankProfile
    gain: float


@dataclass(frozen=True, slots=True)
class Tuning:
    """What a search for parameters came to.

    ``profile`` was chosen on all queries and has ``seen_gain`` there, which flatters it. ``gain`` is the
    mean over all queries, each judged by parameters that were chosen without it: what to expect of new ones.
    ``p`` is that of its randomisation test.
    """

    base: RankProfile
    profile: RankProfile
    folds: tuple[Fold, ...]
    seen_gain: float
    gain: float
    p: float

    @property
    def is_noise(self) -> bool:
        """Whether the gain is none, or may well be chance."""
        return self.gain <= 0 or self.p >= ALPHA


def parameter(text: str) -> Parameter:
    """``weights.headline=0,0.1,0.3``, or a name alone for the default values; ``none`` leaves it out.

    :raises InvalidRequest: for a value that is no number, or a name without default values.
    """
    name, equals, values = (part.strip() for part in text.partition("="))
    if equals:
        return Parameter(name, tuple(_value(text, value.strip()) for value in values.split(",")))
    if name not in GRIDS:
        raise InvalidRequest(f"no default values for {name!r}", hint=f"give some: {name}=0,0.1,0.3")
    return Parameter(name, GRIDS[name])


def tune(
    scores: Callable[[RankProfile], Scores],
    base: RankProfile,
    parameters: Sequence[Parameter],
    *,
    folds: int = 5,
    seed: int = 0,
) -> Tuning:
    """The best parameters by coordinate search, and what they gain by cross-validation over the queries.

    ``scores`` measures a profile on every query. ``seed`` deals the queries into ``folds``. The folds share
    most of their queries, which the test of the gain takes no account of: a p near the level is no proof.

    :raises InvalidRequest: for a parameter that a profile does not have, or more folds than queries.
    """
    for each in parameters:
        for value in each.values:
            replaced(base, each.name, value)
    scores = cache(scores)
    before = scores(base)
    queries = list(before)
    if not 2 <= folds <= len(queries):
        raise InvalidRequest(
            f"{folds} folds of {len(queries)} queries: expected from 2 to as many as queries"
        )
    Random(seed).shuffle(queries)
    parts = [queries[at::folds] for at in range(folds)]
    found = [_fold(scores, base, parameters, part) for part in parts]
    held_out = {query: scores(fold.chosen)[query] for fold in found for query in fold.queries}
    gains = differences(held_out, before)
    best = _search(scores, base, parameters, before)
    return Tuning(
        base=base,
        profile=best,
        folds=tuple(found),
        seen_gain=mean(differences(scores(best), before)),
        gain=mean(gains),
        p=randomisation_test(gains, seed=seed),
    )


def _fold(
    scores: Callable[[RankProfile], Scores],
    base: RankProfile,
    parameters: Sequence[Parameter],
    part: Sequence[str],
) -> Fold:
    before = scores(base)
    chosen = _search(scores, base, parameters, before.keys() - {*part})
    gain = mean([scores(chosen)[query] - before[query] for query in part])
    return Fold(tuple(part), chosen, gain)


def _search(
    scores: Callable[[RankProfile], Scores],
    base: RankProfile,
    parameters: Sequence[Parameter],
    queries: Iterable[str],
) -> RankProfile:
    """One parameter at a time, the best value for these queries; of equal ones, what is set already."""
    asked = sorted(queries)

    def value(profile: RankProfile) -> float:
        values = scores(profile)
        return round(mean([values[query] for query in asked]), 9)  # sums in another order differ beyond that

    best = base
    for _ in range(SWEEPS):
        before = best
        for each in parameters:
            best = max([best, *(replaced(best, each.name, tried) for tried in each.values)], key=value)
        if best == before:
            break
    return best


def _value(text: str, value: str) -> Value:
    if value == "none":
        return None
    try:
        return float(value) if set(value) & {*".eEn"} else int(value)
    except ValueError:
        raise InvalidRequest(f"{text}: {value!r} is not a number", hint="write 0, 0.5 or none") from None
