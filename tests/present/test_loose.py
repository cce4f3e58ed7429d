"""Words near each other in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.plan.nodes import Close
from searchkit.present.loose import _close

PLACES = st.sets(st.integers(0, 30), max_size=8)


@given(PLACES, PLACES, st.booleans(), st.integers(1, 9), st.booleans())
def test_each_that_has_another_near_is_found(
    some: set[int], others: set[int], same: bool, distance: int, ordered: bool
) -> None:
    seconds = some if same else others - some
    pair = Close("text", "a", "a" if same else "b", distance, ordered=ordered)
    expected = set()
    for first in some:
        for second in seconds:
            if 0 < (second - first if ordered else abs(second - first)) <= distance:
                expected |= {first, second}
    assert set(_close(pair, sorted(some), sorted(seconds))) == expected


def test_a_word_that_comes_again_and_again_takes_no_longer_each_time() -> None:
    places = list(range(50_000))  # of which there are two billion pairs
    pair = Close("text", "a", "a", len(places), ordered=False)
    assert set(_close(pair, places, places)) == {*places}
