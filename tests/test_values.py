"""Every value is taken as it is, or its article is refused: there is nothing between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit import Article, Author, Index, InvalidArticle, limits
from searchkit.document import document, word_count
from searchkit.hashing import digest

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(exclude_categories=[]), max_size=20)
    | st.binary(max_size=5)
    | st.dates()
    | st.datetimes()
    | st.sampled_from(["\0", "\ud800", "a" * 70_000, "é" * 70_000, "1e999", "NaN", "２０１７", "x" * 1025]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)
fields = st.sampled_from(
    "id headline title body text authors byline published date publication section page language url tags extra "
    "captions pull_quotes summary desk other".split()
)


@given(st.text("ab \0\t\n\v\f\r\x1c\x1d\x1e\x1f\x7f") | st.text("aé \n\x85\xa0\u3000"))
def test_words_are_what_blanks_part(text: str) -> None:
    assert word_count(text) == len(text.split())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with searchkit.create(tmp_path_factory.mktemp("values") / "x.idx") as index:
        yield index


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(fields, anything, max_size=4), min_size=1, max_size=20))
def test_whatever_is_added_is_in_or_refused(index: Index, records: list[dict[str, Any]]) -> None:
    named = [{"title": "t", **record, "id": f"{n}"} for n, record in enumerate(records)]
    report = index.add(named)
    assert report.read == len(named) == report.added + report.replaced + report.unchanged + report.rejected
    assert all(bad.reason and bad.source == "add" for bad in report.rejects)
    refused = {bad.position - 1 for bad in report.rejects}
    for number in range(len(named)):
        found = index.get(str(number))
        assert number in refused or (
            found and index.engine.snapshot().digests([str(number)]) == {str(number): digest(found.to_json())}
        )
    index.search("t", facets=["section", "publication", "tag", "author", "extra.desk"])


class Odd(tzinfo):
    """A zone of another program's."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=1)

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "odd"


class Stamp(datetime):
    """A class that writes itself with nanoseconds, as pandas' does."""

    def isoformat(self, *_: Any, **__: Any) -> str:
        return "2017-12-11T00:00:00.123456789"


class Nat(datetime):
    """One that is no time at all, and says so."""

    def isoformat(self, *_: Any, **__: Any) -> str:
        return "NaT"


@pytest.mark.parametrize(
    "values",
    [
        {"published": Stamp(2017, 12, 11)},
        {"published": Nat(2017, 12, 11)},
        {"published": "2017-12-11"},
        {"extra": {"a": float("nan")}},
        {"extra": {"a": [float("inf")]}},
        {"extra": {"a": Decimal(1)}},
        {"extra": {"a": date(2017, 1, 1)}},
        {"extra": {"a": uuid4()}},
        {"extra": {"a": 2**64}},
        {"extra": {1: "a"}},
        {"extra": {"a": "\ud800"}},
        {"extra": {"\udfff": "a"}},
        {"extra": {"a": (1, 2)}},
        {"extra": {"a": [0] * (limits.ITEMS + 1)}},
        {"tags": ("t",) * (limits.ITEMS + 1)},
        {"authors": (Author("a"),) * (limits.ITEMS + 1)},
        {"captions": ["c"]},
        {"id": "i" * (limits.ID + 1)},
        {"id": 5},
        {"headline": "\udc80"},
        {"page": None},
    ],
)
def test_what_cannot_be_given_back_as_it_was_is_refused(values: Mapping[str, Any]) -> None:
    with pytest.raises(InvalidArticle):
        Article(**({"headline": "h"} | dict(values)))


def test_nesting_beyond_reason_is_refused(index: Index) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    report = index.add([{"title": "x", "y": deep}, {"title": deep}, {"title": "fine", "id": "fine"}])
    assert (report.rejected, report.added) == (2, 1)


@pytest.mark.parametrize(
    "moment",
    [
        date.min,
        date.max,
        datetime.min,
        datetime.max,
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=14))),
        datetime(2017, 12, 11, 1, 2, 3, 456789, tzinfo=timezone(timedelta(seconds=1))),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_ends_of_the_calendar(moment: date, zone: str, tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx", zone=zone) as index:
        given = Article(id="a", headline="h", published=moment)
        assert index.add([given]).added == 1
        assert index.get("a") == given
        assert [hit.id for hit in index.search("h", sort="newest")] == ["a"]


def test_a_zone_of_another_program_is_kept_as_its_offset(index: Index) -> None:
    moment = datetime(2017, 12, 11, 12, tzinfo=Odd())
    index.add([Article(id="odd", headline="h", published=moment)])
    found = index.get("odd")
    assert found and found.published == moment
    assert document(found)["published"] == document(Article(headline="h", published=moment))["published"]
