"""Parameters are searched on some queries and judged on others: a gain must be real to be believed."""

from __future__ import annotations

from random import Random

import pytest

from searchkit.errors import InvalidRequest
from searchkit.evaluate.tune import GRIDS, USUAL, Parameter, Scores, parameter, tune
from searchkit.profile import NEWS, RankProfile, replaced

QUERIES = [f"q{n}" for n in range(40)]
GRID = [parameter("weights.headline=0,0.3,0.6"), parameter("pairs=0,0.2")]


def noise(profile: RankProfile) -> Scores:
    """Every profile scores at random, none better than another."""
    return {query: Random(f"{profile}{query}").random() for query in QUERIES}


def better_with_pairs(profile: RankProfile) -> Scores:
    return {query: value / 2 + (profile.pairs > 0) * 0.3 for query, value in noise(profile).items()}


def test_a_true_gain_is_found_and_told() -> None:
    found = tune(better_with_pairs, NEWS, GRID)
    assert found.profile.pairs == 0.2 and not found.is_noise
    assert 0.2 < found.gain < 0.5 and found.p < 0.01
    assert sorted(query for fold in found.folds for query in fold.queries) == sorted(QUERIES)


def test_noise_is_called_noise() -> None:
    called = [tune(noise, NEWS, GRID, seed=seed).is_noise for seed in range(10)]
    assert sum(called) >= 8
    assert tune(noise, NEWS, GRID).seen_gain > 0, "on the queries it was chosen on, noise looks like a gain"


def test_where_nothing_matters_nothing_is_changed() -> None:
    found = tune(lambda _: dict.fromkeys(QUERIES, 0.5), NEWS, GRID)
    assert found.profile == NEWS and found.is_noise and (found.gain, found.p) == (0.0, 1.0)


def test_a_fold_is_judged_by_what_was_chosen_without_it() -> None:
    """Pairs help every query but one: the fold of that query cannot know, and pays for it."""

    def scores(profile: RankProfile) -> Scores:
        return {q: (profile.pairs > 0) * (-1.0 if q == "q7" else 0.1) for q in QUERIES}

    found = tune(scores, NEWS, [parameter("pairs=0,0.2")], folds=len(QUERIES))
    (fold,) = (fold for fold in found.folds if fold.queries == ("q7",))
    assert (fold.chosen.pairs, fold.gain) == (0.2, -1.0)


def test_parameters_that_act_together_are_found_in_a_second_sweep() -> None:
    def scores(profile: RankProfile) -> Scores:
        headline = dict(profile.weights)["headline"]
        value = (profile.pairs > 0) + 2.0 * (profile.pairs > 0 and headline == 0.6)
        return dict.fromkeys(QUERIES, value)

    found = tune(scores, NEWS, GRID)
    assert (found.profile.pairs, dict(found.profile.weights)["headline"]) == (0.2, 0.6)


def test_parameters_as_typed() -> None:
    assert parameter("weights.headline = 0, 0.5,1e-2") == Parameter("weights.headline", (0, 0.5, 0.01))
    assert parameter("half_life=none,30") == Parameter("half_life", (None, 30))
    assert parameter("pairs").values == GRIDS["pairs"] and {*USUAL} <= {*GRIDS}


@pytest.mark.parametrize("text", ["pairs=", "pairs=a", "nothing", "pairs=0,,1", "=1"])
def test_parameters_that_make_no_sense(text: str) -> None:
    with pytest.raises(InvalidRequest):
        tune(noise, NEWS, [parameter(text)])


def test_what_a_profile_cannot_have_is_refused_before_any_search() -> None:
    def never(_: RankProfile) -> Scores:
        raise AssertionError("a search was made")

    for text in ("weights.headlin=1", "pairs=-1", "half_life=0.5"):
        with pytest.raises(InvalidRequest):
            tune(never, NEWS, [parameter(text)])
    for folds in (1, 41):
        with pytest.raises(InvalidRequest, match="folds"):
            tune(noise, NEWS, GRID, folds=folds)


def test_every_default_value_fits_into_a_profile() -> None:
    for name, values in GRIDS.items():
        for value in values:
            replaced(NEWS, name, value)
