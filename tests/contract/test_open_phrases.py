"""Phrases with an open end: what they find, and what they leave out beside others."""

from __future__ import annotations

import pytest

from tests.contract.conftest import MakeIndex

ARTICLES = {
    "a": "Oil stands here. The price of pay rose. The strike hit the union.",
    "0": "an experimental product",
    "1": "an experimental products line",
    "2": "an experimental production",
    "f": "The Federation met the federal judge",
    "g": "the federation met",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"experimental prod*"', "012"),
        ('"the judg*"', ""),
        ('"the federal*"', "fg"),
        ('(strike w/s union) AND pay NOT "oil pric*"', "a"),
        ('(strike w/s union) AND (NOT "oil pric*" OR zz)', "a"),
        ('first/50(strike) AND (pay -"oil pric*")', "a"),
        ('union AND pay NOT (strike w/s union) NOT "oil pric*"', ""),
    ],
)
def test_what_an_open_phrase_is(make_index: MakeIndex, query: str, found: str) -> None:
    index = make_index()
    index.add([{"id": each, "headline": "h", "body": text} for each, text in ARTICLES.items()])
    assert {hit.id for hit in index.search(query, strict=True)} == set(found)


def test_a_value_much_like_another_is_under_the_same_key(make_index: MakeIndex) -> None:
    index = make_index()
    index.add([{"id": key, "headline": "h", "extra": {key: "foreign"}} for key in ("desk", "disk")])
    for query in ("extra.desk:foreign~", "extra.desk:foreing~"):
        assert [hit.id for hit in index.search(query)] == ["desk"]
