"""Recency: half a score after a half-life, and the order that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import Article
from searchkit.profile import NEWS
from searchkit.rank.recency import DAY, share

MOMENTS = st.integers(-(10**10), 10**10)


def test_half_after_a_half_life_and_a_quarter_after_two() -> None:
    assert share(0, 30 * DAY, 30) == 0.5
    assert share(0, 60 * DAY, 30) == 0.25
    assert share(5, 0, 30) == 1.0
    assert share(None, 0, 30) == 0.0


@given(MOMENTS, MOMENTS, MOMENTS, st.integers(1, 10_000))
def test_what_is_newer_keeps_more(first: int, second: int, now: int, half_life: int) -> None:
    older, newer = sorted((first, second))
    assert 0 <= share(older, now, half_life) <= share(newer, now, half_life) <= 1


def test_the_new_comes_first_where_it_is_nearly_as_good(tmp_path: Path) -> None:
    today = date.today()
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add(
            [
                Article(id="best", body="ferry ferry ferry", published=today - timedelta(days=300)),
                Article(id="new", body="the ferry was late", published=today),
                Article(id="old", body="the ferry was late", published=today - timedelta(days=299)),
                Article(id="undated", body="ferry ferry ferry"),
                Article(id="other", body="nothing of it", published=today),
            ]
        )
        plain = [hit.id for hit in index.search("ferry")]
        recent = replace(NEWS, half_life=30)
        hits = index.search("ferry", profile=recent)
        assert plain[-1] != "best" and {*plain} == {"best", "new", "old", "undated"}
        assert [hit.id for hit in hits] == ["new", "best", "old", "undated"]
        assert [hit.id for hit in index.search("ferry", profile=recent, limit=2, offset=1)] == ["best", "old"]
        assert hits.total.value == 4
        assert hits[0].score == pytest.approx(index.search("ferry late")[0].score, rel=1)
        assert next(hit.id for hit in index.search("ferry", profile=recent, sort="oldest")) == "best"
