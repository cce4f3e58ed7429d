"""The tests of significance against their definitions, counted out."""

from __future__ import annotations

from itertools import product
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.evaluate.significance import holm, randomisation_test

DIFFERENCES = st.lists(st.integers(-20, 20).map(lambda n: n / 20), max_size=9)


def counted(differences: list[float]) -> float:
    """Fisher's test as it is defined: every assignment of signs, one by one."""
    bar = abs(sum(differences)) - 1e-9
    means = [
        abs(sum(sign * each for sign, each in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return fmean(mean >= bar for mean in means)


@given(DIFFERENCES)
def test_few_queries_are_counted_out(differences: list[float]) -> None:
    assert randomisation_test(differences) == pytest.approx(counted(differences))


@given(DIFFERENCES, st.integers(0, 5))
def test_order_sign_and_ties_do_not_matter(differences: list[float], ties: int) -> None:
    p = randomisation_test(differences)
    assert randomisation_test([-each for each in differences]) == pytest.approx(p)
    assert randomisation_test([*reversed(differences), *[0.0] * ties]) == pytest.approx(p)


def test_no_difference_is_certain_chance() -> None:
    assert randomisation_test([]) == randomisation_test([0.0] * 50) == 1.0
    assert randomisation_test([0.1] * 3) == 2 / 8


def test_many_queries_are_drawn_the_same_for_a_seed() -> None:
    random = Random(1)
    differences = [random.gauss(0.02, 0.2) for _ in range(200)]
    p = randomisation_test(differences, seed=3)
    assert p == randomisation_test(differences, seed=3)
    assert p == pytest.approx(randomisation_test(differences, seed=4), abs=0.02)
    assert randomisation_test([0.1] * 200) == 1 / 20_001, "never 0"


def test_drawing_comes_near_to_counting() -> None:
    random = Random(5)
    for size in (17, 18):
        differences = [random.gauss(0.1, 0.3) for _ in range(size)]
        assert randomisation_test(differences) == pytest.approx(counted(differences), abs=0.015)


def test_under_chance_p_is_spread_evenly() -> None:
    random = Random(2)
    ps = [randomisation_test([random.gauss(0, 1) for _ in range(25)], rounds=400) for _ in range(400)]
    for level in (0.05, 0.25, 0.5, 0.75):
        assert fmean(p <= level for p in ps) == pytest.approx(level, abs=0.08)


@pytest.mark.parametrize(
    ("ps", "adjusted"),
    [
        ([], []),
        ([0.04], [0.04]),
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        ([0.9, 0.8], [1.0, 1.0]),
    ],
)
def test_holm(ps: list[float], adjusted: list[float]) -> None:
    assert holm(ps) == pytest.approx(adjusted)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.sampled_from([0.01, 0.05, 0.2]))
def test_holm_rejects_what_the_procedure_rejects(ps: list[float], level: float) -> None:
    """The procedure as published: from the smallest p on, stop at the first that is too large."""
    rejected = set()
    for step, at in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        if ps[at] * (len(ps) - step) > level:
            break
        rejected.add(at)
    assert {at for at, p in enumerate(holm(ps)) if p <= level} == rejected
