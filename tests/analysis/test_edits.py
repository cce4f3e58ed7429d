"""How words differ: what one edit makes is at most one edit away, and slips cost what their kind costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.edits import slips, variants, within_edits
from tests.oracle import edits

WORDS = st.text(st.sampled_from("abcd"), min_size=1, max_size=6)


@given(WORDS, WORDS, st.integers(0, 3))
def test_edits_are_those_of_the_definition(word: str, other: str, limit: int) -> None:
    assert within_edits(word, other, limit) == (edits(word, other) <= limit)


@given(WORDS, WORDS)
def test_variants_are_the_words_one_edit_away(word: str, other: str) -> None:
    assert (other in variants(word)) == (edits(word, other) == 1)


@given(WORDS, WORDS)
def test_slips_are_edits_that_may_be_cheaper(word: str, other: str) -> None:
    cost, count = slips(word, other), edits(word, other)
    assert cost == pytest.approx(slips(other, word))
    assert 0.6 * count <= cost <= count + 0.3


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("ferry", "ferry", 0.0),
        ("fery", "ferry", 0.6),
        ("ferrry", "ferry", 0.6),
        ("isreal", "israel", 0.7),
        ("goverment", "government", 1.0),
        ("able", "apple", 1.6),
        ("pple", "apple", 1.3),
        ("", "a", 1.3),
    ],
)
def test_what_a_slip_costs(typed: str, meant: str, cost: float) -> None:
    assert slips(typed, meant) == pytest.approx(cost)


def test_variants_have_the_letters_of_the_alphabet() -> None:
    assert "москва" in variants("мсква") and "москвяа" in variants("москва")
    assert len(variants("國政府大選舉行")) < 150
