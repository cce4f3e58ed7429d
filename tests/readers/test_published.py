"""Dates as records and pages write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.errors import InvalidArticle, InvalidRequest
from searchkit.readers.published import date_from_path, parse_published

DAY = date(2017, 12, 11)
UTC = timezone.utc


@pytest.mark.parametrize(
    "text",
    [
        *("2017-12-11", "2017/12/11", "2017.12.11", "20171211", "2017-12-11 ", "2017 Dec 11"),
        *("11 December 2017", "11 Dec 2017", "11th of December, 2017", "11-Dec-2017"),
        *("December 11, 2017", "Dec. 11, 2017", "December 11th 2017", "Monday, December 11, 2017"),
        *("Mon 11 Dec 2017", "Published: 11 December 2017", "First published on Monday 11 December 2017"),
        "11.12.2017",  # points: the day comes first
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    found = parse_published(text)
    assert found == DAY
    assert type(found) is date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-12-11 10:30:00", datetime(2017, 12, 11, 10, 30)),
        ("2017-12-11T10:30", datetime(2017, 12, 11, 10, 30)),
        ("2017-12-11T10:30:00Z", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
        ("2017-12-11t10:30:00z", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
        ("20171211T103000Z", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
        ("2017-12-11T10:30:00.5Z", datetime(2017, 12, 11, 10, 30, 0, 500_000, UTC)),
        ("2017-12-11T10:30:00.123456789Z", datetime(2017, 12, 11, 10, 30, 0, 123_456, UTC)),
        ("2017-12-11T10:30:00-0530", datetime(2017, 12, 11, 10, 30, tzinfo=timezone(-timedelta(hours=5.5)))),
        ("2017-12-11T10:30:00-05:30", datetime(2017, 12, 11, 10, 30, tzinfo=timezone(-timedelta(hours=5.5)))),
        ("2017-12-11T10:30:00+01", datetime(2017, 12, 11, 10, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 11 Dec 2017 10:30:00 GMT", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
        ("Mon, 11 Dec 2017 10:30:00 +0000", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
        ("11 Dec 2017 10:30 EST", datetime(2017, 12, 11, 10, 30, tzinfo=timezone(-timedelta(hours=5)))),
        ("Mon Dec 11 10:30:00 +0000 2017", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
        ("11 December 2017 at 10.30pm", datetime(2017, 12, 11, 22, 30)),
        ("11 December 2017 • 12:05am", datetime(2017, 12, 11, 0, 5)),
        ("2017-12-11 10:30 CET", datetime(2017, 12, 11, 10, 30)),  # no zone that has one meaning
        ("1512988200", datetime(2017, 12, 11, 10, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_keeps_its_zone_or_has_none(text: str, expected: datetime) -> None:
    found = parse_published(text)
    assert isinstance(found, datetime)
    assert (found, found.utcoffset()) == (expected, expected.utcoffset())


@pytest.mark.parametrize("number", [1512988200, 1512988200.0, 1512988200000])
def test_numbers_are_seconds_or_milliseconds_since_1970(number: float) -> None:
    assert parse_published(number) == datetime(2017, 12, 11, 10, 30, tzinfo=UTC)


def test_a_number_may_be_a_day_and_lie_before_1970() -> None:
    assert parse_published(20171211) == DAY
    assert parse_published(-1_000_000_000) == datetime(1938, 4, 24, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("value", ["2017", "2017-12", "December 2017", "Christmas 1914", "c. 1890", 2017])
def test_a_vague_date_is_none(value: object) -> None:
    assert parse_published(value) is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("soon", "not a date"),
        ("01/02/2017", "ambiguous"),
        ("01-02-2017", "ambiguous"),
        ("11/12/17", "two digits"),
        ("11 Dec 17", "two digits"),
        ("2017-02-30", "day"),
        ("2017-13-01", "month"),
        ("0000-01-01", "year"),
        ("2017-12-11T25:00:00Z", "hour"),
        ("2017-12-11 13:00 pm", "hour"),
        ("2017-12-11T10:30:00+25:00", "offset"),
        ("1" * 500, "not a date"),
        (True, "bool"),
        (["2017-12-11"], "list"),
        (12, "number"),
        (float("inf"), "number"),
        (10**400, "number"),
        (-62_135_596_801, "number"),  # a second before the year 1
    ],
)
def test_what_is_no_date_says_why(value: object, reason: str) -> None:
    with pytest.raises(InvalidArticle, match=reason) as caught:
        parse_published(value)
    assert caught.value.field == "published"


@pytest.mark.parametrize("text", ["13/02/2017", "02/13/2017", "13-02-2017"])
def test_figures_are_read_where_one_order_is_possible(text: str) -> None:
    assert parse_published(text) == date(2017, 2, 13)


def test_equal_day_and_month_are_not_ambiguous() -> None:
    assert parse_published("05/05/2017") == date(2017, 5, 5)


@given(st.dates() | st.datetimes(timezones=st.none() | st.timezones().map(lambda _: UTC)))
def test_what_python_writes_is_read_back(moment: date) -> None:
    assert parse_published(moment.isoformat()) == moment
    assert parse_published(moment) == moment


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[0-9/:TZ +.a-z-]{1,30}") | st.integers() | st.floats())
def test_nothing_but_an_invalid_article_is_raised(value: object) -> None:
    try:
        found = parse_published(value)
    except InvalidArticle:
        return
    assert found is None or 1 <= found.year <= 9999


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("archive/2017/12/11/page.txt", "%Y/%m/%d", DAY),
        ("archive/2017/2/1/page.txt", "%Y/%m/%d", date(2017, 2, 1)),
        ("2016-01-01/scans/2017-12-11.txt", "%Y-%m-%d", DAY),
        ("dt/111217/p1.txt", "%d%m%y", DAY),
        ("dt/DT171211003.txt", "%y%m%d", DAY),
        ("dt/201712110001.txt", "%Y%m%d", DAY),
        ("dt/2017-12/p1.txt", "%Y-%m", date(2017, 12, 1)),
        ("11Dec2017.txt", "%d%b%Y", DAY),
        ("2017-02-30/2017-12-11/2017-13-99.txt", "%Y-%m-%d", DAY),
        ("undated/page.txt", "%Y-%m-%d", None),
    ],
)
def test_a_date_is_found_in_a_path(path: str, pattern: str, expected: date | None) -> None:
    assert date_from_path(path, pattern) == expected


@pytest.mark.parametrize("pattern", ["", "%Y", "%d/%m", "%Y-%Q", "%Y-%m-%", "%H:%M", "%Y%m%Y"])
def test_a_pattern_without_a_year_and_month_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidRequest, match="date-from-path"):
        date_from_path("2017/12/11", pattern)
