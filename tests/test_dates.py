from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit import dates
from searchkit.dates import Range, parse_range, since, until
from searchkit.errors import InvalidDate
from searchkit.periods import FORMS

TODAY = date(2017, 12, 13)  # a Wednesday
UTC = timezone.utc
HELP = Path(dates.__file__).parent / "help" / "dates.md"


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2017", "2017-01-01", "2018-01-01"),
        ("0001", "0001-01-01", "0002-01-01"),
        ("9999", "9999-01-01", ""),
        ("2017-12", "2017-12-01", "2018-01-01"),
        ("2017-2", "2017-02-01", "2017-03-01"),
        ("9999-12", "9999-12-01", ""),
        ("2017-12-11", "2017-12-11", "2017-12-12"),
        ("2017/12/11", "2017-12-11", "2017-12-12"),
        ("20171211", "2017-12-11", "2017-12-12"),
        ("2016-02-29", "2016-02-29", "2016-03-01"),
        ("9999-12-31", "9999-12-31", ""),
        ("2017-W50", "2017-12-11", "2017-12-18"),
        ("2020-W53", "2020-12-28", "2021-01-04"),
        ("2015-W01", "2014-12-29", "2015-01-05"),
        ("9999-W52", "9999-12-27", ""),
        ("12 December 2017", "2017-12-12", "2017-12-13"),
        ("1st may 1890", "1890-05-01", "1890-05-02"),
        ("December 2017", "2017-12-01", "2018-01-01"),
        ("  SEPT.   2017 ", "2017-09-01", "2017-10-01"),
        ("Dec 12, 2017", "2017-12-12", "2017-12-13"),
        ("today", "2017-12-13", "2017-12-14"),
        ("Yesterday", "2017-12-12", "2017-12-13"),
        ("this week", "2017-12-11", "2017-12-18"),
        ("last week", "2017-12-04", "2017-12-11"),
        ("this month", "2017-12-01", "2018-01-01"),
        ("last month", "2017-11-01", "2017-12-01"),
        ("this year", "2017-01-01", "2018-01-01"),
        ("last year", "2016-01-01", "2017-01-01"),
        ("1d", "2017-12-13", "2017-12-14"),
        ("30d", "2017-11-14", "2017-12-14"),
        ("last 30 days", "2017-11-14", "2017-12-14"),
        ("2w", "2017-11-30", "2017-12-14"),
        ("6m", "2017-06-14", "2017-12-14"),
        ("1y", "2016-12-14", "2017-12-14"),
        ("2017-12-01..2017-12-31", "2017-12-01", "2018-01-01"),
        ("2016 .. 2017", "2016-01-01", "2018-01-01"),
        ("2017..2017", "2017-01-01", "2018-01-01"),
        ("2017..9999", "2017-01-01", ""),
        ("2017-12..yesterday", "2017-12-01", "2017-12-13"),
        ("2017..", "2017-01-01", ""),
        ("..2017", "", "2018-01-01"),
        (">2017-05", "2017-06-01", ""),
        (">= 2017-05", "2017-05-01", ""),
        ("<2017-05", "", "2017-05-01"),
        ("<=2017-05", "", "2017-06-01"),
    ],
)
def test_days(text: str, start: str, end: str) -> None:
    assert parse_range(text, TODAY) == Range(day(start), day(end))


@pytest.mark.parametrize(
    ("text", "start", "seconds"),
    [
        ("2017-12-11T10:30", "2017-12-11T10:30:00+00:00", 60),
        ("2017-12-11 10:30", "2017-12-11T10:30:00+00:00", 60),
        ("2017-12-11t10:30z", "2017-12-11T10:30:00+00:00", 60),
        ("2017-12-11T10:30:15Z", "2017-12-11T10:30:15+00:00", 1),
        ("2017-12-11T10:30+02:00", "2017-12-11T10:30:00+02:00", 60),
        ("2017-12-11T10:30:15-0530", "2017-12-11T10:30:15-05:30", 1),
    ],
)
def test_instants(text: str, start: str, seconds: int) -> None:
    moment = datetime.fromisoformat(start)
    assert parse_range(text, TODAY) == Range(moment, moment + timedelta(seconds=seconds))
    assert parse_range(text, TODAY).start.utcoffset() == moment.utcoffset()  # type: ignore[union-attr]


def test_a_fraction_of_a_second_ends_with_its_second() -> None:
    found = parse_range("2017-12-11T10:30:15.123456789Z", TODAY)
    assert found.start == datetime(2017, 12, 11, 10, 30, 15, 123456, UTC)
    assert found.end == datetime(2017, 12, 11, 10, 30, 16, tzinfo=UTC)


def test_an_instant_without_a_zone_is_taken_in_the_given_one() -> None:
    athens = ZoneInfo("Europe/Athens")
    start = parse_range("2017-07-11T10:30", TODAY, zone=athens).start
    assert isinstance(start, datetime)
    assert start == datetime(2017, 7, 11, 7, 30, tzinfo=UTC)


def test_an_instant_and_a_day_may_bound_one_range() -> None:
    found = parse_range("2017-12-11T10:30..2017-12-12", TODAY)
    assert found == Range(datetime(2017, 12, 11, 10, 30, tzinfo=UTC), date(2017, 12, 13))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "'' is not a date", "2017-12-11"),
        ("soon", "'soon' is not a date", "last week"),
        ("2017-12-11..soon", "'soon' is not a date", "2017-12-11"),
        ("..", "neither a beginning nor an end", "2017.."),
        ("2017...2018", "'.2018' is not a date", ""),
        ("2017..2018..2019", "'2018..2019' is not a date", ""),
        ("11/12/2017", "day and month cannot be told apart", "write 2017-11-12 or 2017-12-11"),
        ("25.12.2017", "the year goes first", "write 2017-12-25"),
        ("1/2/17", "the year goes first", "write 2017-12-11"),
        ("45/45/2017", "the year goes first", "write 2017-12-11"),
        ("2018..2017", "2018..2017 ends before it starts", "earlier date first"),
        ("2017-12-12..2017-12-11T10:30", "ends before it starts", ""),
        ("2017-02-30", "there is no date '2017-02-30'", "0001 to 9999"),
        ("30 February 2017", "there is no date", ""),
        ("0000", "there is no date '0000'", "0001 to 9999"),
        ("2017-13", "there is no date '2017-13'", "months from 1 to 12"),
        ("2017-W54", "there is no date", ""),
        ("2017-12-11T24:00", "there is no date", ""),
        ("0d", "there is no date '0d'", ""),
        ("9999y", "there is no date '9999y'", ""),
        (">9999", "nothing is later than '9999'", ""),
        (">", "'>' is not a date", ""),
        ("2017121", "'2017121' is not a date", "2017-12-11"),
        ("12/2017", "'12/2017': the year goes first", "write 2017-12"),
        ("5.2017", "the year goes first", "write 2017-05"),
        ("x" * 1000, "x…' is not a date", ""),
    ],
)
def test_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        parse_range(text, TODAY)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert len(caught.value.message) < 120


@pytest.mark.parametrize(
    ("what", "start", "end"),
    [
        ("2017-12", date(2017, 12, 1), date(2018, 1, 1)),
        ("last week", date(2017, 12, 4), date(2017, 12, 11)),
        (date(2017, 12, 11), date(2017, 12, 11), date(2017, 12, 12)),
        (date.max, date.max, None),
        ("9999", date(9999, 1, 1), None),
        (
            datetime(2017, 12, 11, 10, 30, tzinfo=UTC),
            datetime(2017, 12, 11, 10, 30, tzinfo=UTC),
            datetime(2017, 12, 11, 10, 30, 1, tzinfo=UTC),
        ),
    ],
)
def test_since_and_until_include_what_they_name(
    what: str | date, start: date | None, end: date | None
) -> None:
    assert since(what, TODAY) == start
    assert until(what, TODAY) == end


def test_a_datetime_without_a_zone_gets_the_given_one() -> None:
    zone = timezone(timedelta(hours=2))
    naive = datetime(2017, 12, 11, 10, 30)
    assert since(naive, TODAY, zone=zone) == naive.replace(tzinfo=zone)
    assert until("2017-12-11T10:30", TODAY, zone=zone) == datetime(2017, 12, 11, 10, 31, tzinfo=zone)


@pytest.mark.parametrize("text", ["2016..2017", ">2016", "2017..", "soon"])
def test_since_and_until_take_one_date(text: str) -> None:
    for bound in (since, until):
        with pytest.raises(InvalidDate):
            bound(text, TODAY)


_PIECES = st.sampled_from(
    [
        *".. 2017 9999 0001 -12 -31 -W53 T23:59 :59 Z +23:59 -23:59 > <= last week 99999 d y".split(),
        *"today 31 December / , ½ \ud800".split(),
        " ",
    ]
)


@settings(deadline=None, max_examples=1000)
@given(
    st.text(max_size=20) | st.lists(_PIECES, max_size=8).map("".join),
    st.dates(),
    st.sampled_from([UTC, timezone(timedelta(hours=14)), ZoneInfo("America/New_York")]),
)
@example("9999-12-31T23:59-23:59..9999-12-31T23:59", date.max, UTC)
@example("0001-01-01T00:00+23:59..0001-01-01T00:00", date.min, UTC)
@example("1y", date.min, UTC)
@example("last year", date.min, UTC)
@example("yesterday", date.min, UTC)
@example("this week", date.max, ZoneInfo("America/New_York"))
@example("9999-12-31..9999-12-31T23:59", date.max, ZoneInfo("America/New_York"))
def test_any_text_is_a_range_in_order_or_an_invalid_date(text: str, today: date, zone: tzinfo) -> None:
    try:
        found = parse_range(text, today, zone=zone)
    except InvalidDate:
        return
    if found.start is not None and found.end is not None:
        assert _instant(found.start, zone) < _instant(found.end, zone)


def _instant(bound: date, zone: tzinfo) -> datetime:
    return bound if isinstance(bound, datetime) else datetime(bound.year, bound.month, bound.day, tzinfo=zone)


@settings(deadline=None)
@given(st.dates(), st.dates())
def test_iso_dates_mean_themselves(first: date, last: date) -> None:
    if first <= last:
        found = parse_range(f"{first}..{last}", TODAY)
        assert found.start == first
        assert found.end == (None if last == date.max else last + timedelta(days=1))
    assert since(first.isoformat(), TODAY) == first


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_all_spellings_of_a_day_agree(day: date) -> None:
    name = ("January February March April May June July August September October November December").split()[
        day.month - 1
    ]
    spellings = (
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{name[:3]} {day.day} {day.year}",
        f"{day.day}th {name[:3].upper()}. {day.year}",
        f"{day.year}/{day.month}/{day.day}",
    )
    assert {parse_range(text, TODAY) for text in spellings} == {parse_range(day.isoformat(), TODAY)}


def test_every_form_of_the_help_page_is_read() -> None:
    rows = [line.split("|")[1] for line in HELP.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    forms = [form for row in rows for form in re.findall("`([^`]+)`", row)]
    assert len(forms) > 25
    for form in forms:
        assert parse_range(form, TODAY) != Range(None, None)


def test_every_form_that_errors_name_is_read() -> None:
    for form in re.split("; ranges: |, ", FORMS.removeprefix("dates: ")):
        assert parse_range(form, TODAY) != Range(None, None)
