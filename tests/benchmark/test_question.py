"""Queries as every engine is asked them."""

from __future__ import annotations

import pytest

from searchkit.benchmark.question import Question, question
from searchkit.query import parse


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Ferry", "any", "ferry"),
        ("The ferry & (the) dam?", "any", "the ferry dam"),
        ('"Ferry  Inquiry"', "phrase", '"ferry inquiry"'),
        ('"ferry"', "any", "ferry"),
        ("+ferry +dam", "all", "+ferry +dam"),
        ("ferry +dam", "mixed", "ferry +dam"),
        ("+dam ferry", "mixed", "ferry +dam"),
        ("+ferry -dam", "mixed", "+ferry -dam"),
        ('+"the who" +uk', "mixed", '+"the who" +uk'),
        ('"a b" "c d"', "mixed", '"a b" "c d"'),
        ("Pro-Israel U.S. -- ferry's", "any", "pro israel u s ferry"),
        ('unmatched "quote', "any", "unmatched quote"),
        ("ferry ferry", "any", "ferry"),
    ],
)
def test_signs_are_read(text: str, kind: str, shown: str) -> None:
    asked = question(text)
    assert asked and (asked.kind, str(asked)) == (kind, shown)
    assert question(shown) == asked
    assert not parse(shown).warnings, "searchkit reads it as it is meant"


@pytest.mark.parametrize("text", ["", "?!", "-ferry", '""', "+ -"])
def test_what_looks_for_nothing_is_none(text: str) -> None:
    assert question(text) is None


def test_parts_are_words_and_phrases() -> None:
    assert question('a +b -"c d"') == Question((("a",),), (("b",),), (("c", "d"),))
