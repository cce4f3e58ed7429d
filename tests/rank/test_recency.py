"""Recency: half a score after a half-life, and the order that follows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import searchkit
from searchkit import Article
from searchkit.profile import NEWS
from searchkit.rank.recency import DAY, WINDOW, Recency

MOMENTS = st.integers(-(10**10), 10**10)


def test_half_after_a_half_life_and_a_quarter_after_two() -> None:
    assert Recency(30, 30 * DAY).share(0) == 0.5
    assert Recency(30, 60 * DAY).share(0) == 0.25
    assert Recency(30, 0).share(5) == 1.0
    assert Recency(30, 0).share(None) == 0.0


@given(MOMENTS, MOMENTS, MOMENTS, st.integers(1, 10_000))
def test_what_is_newer_keeps_more(first: int, second: int, now: int, half_life: int) -> None:
    older, newer = sorted((first, second))
    recency = Recency(half_life, now)
    assert 0 <= recency.share(older) <= recency.share(newer) <= 1


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
        for hit in hits[:3]:
            assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-4)
            assert hit.explanation[-1].reason == "recency"
        assert next(hit.id for hit in index.search("ferry", profile=recent, sort="oldest")) == "best"


def test_all_pages_make_one_list(tmp_path: Path) -> None:
    first = date(1990, 1, 1)
    dates = {str(n): first + timedelta(days=n * 7 % 400) if n % 9 else None for n in range(320)}
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add(
            Article(id=each, body="ferry " * (int(each) % 50 + 1), published=on) for each, on in dates.items()
        )
        recent = replace(NEWS, half_life=1)
        pages = [index.search("ferry", profile=recent, limit=20, offset=at) for at in range(0, 320, 20)]
        paged = [hit.id for page in pages for hit in page]
        assert len(set(paged)) == 320
        assert paged == [hit.id for hit in index.search("ferry", profile=recent, limit=320)]
        assert paged[:WINDOW] != [hit.id for hit in index.search("ferry", limit=WINDOW)]
        dated = [on for each in paged[:WINDOW] if (on := dates[each])]
        assert dated == sorted(dated, reverse=True), "at a day's half-life what is new wins, however long ago"
        assert pages[0][0].explanation[-1].reason == "recency"
        assert all(
            part.reason != "recency"
            for hit in index.iterate("ferry", profile=recent)
            for part in hit.explanation
        )
