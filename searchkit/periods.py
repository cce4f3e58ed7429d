"""One date as readers write it → its beginning and its end: ``2017-12``, ``12 December 2017``, ``last week``.

Years run from 1 to 9999; what ends with the year 9999 has no end. Weeks are those of ISO 8601, from Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final, TypeAlias

from searchkit.errors import InvalidDate
from searchkit.regex import regex

FORMS: Final = (
    "dates: 2017, 2017-12, 2017-12-11, 2017-W50, 2017-12-11T10:30, 12 December 2017, today, yesterday, "
    "last week, this month, 30d, 6m; ranges: 2016..2017, 2017.., ..2017, >2017-05, <=2017"
)
"""The accepted forms in brief; ``searchkit help dates`` has the table."""


Period: TypeAlias = tuple[date, date | None]
"""A beginning and an exclusive end, which is None after the year 9999: days, or instants."""


def period(what: str | date | datetime, today: date, zone: tzinfo) -> Period:
    """The beginning and the exclusive end of a date, or of the text that names one.

    ``zone`` is taken for instants that name none. A ``datetime`` ends with its second.

    :raises InvalidDate: if it is none.
    """
    match what:
        case str():
            return _read(" ".join(what.split()), today, zone)
        case datetime():
            return _instant_period(what if what.tzinfo else what.replace(tzinfo=zone), timedelta(seconds=1))
        case date():
            return what, _later(what, days=1)
    raise InvalidDate(f"expected a date, or text that names one, got {what!r}", hint=FORMS)


def shown(text: str) -> str:
    """What was typed, as a message quotes it."""
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def _read(text: str, today: date, zone: tzinfo) -> Period:
    folded = text.lower()
    try:
        for pattern, read in _CALENDAR:
            if match := pattern.fullmatch(folded):
                return read(*match.groups())
        for pattern, read in _RELATIVE:
            if match := pattern.fullmatch(folded):
                return read(today, *match.groups())
        if match := _CLOCK.fullmatch(folded):
            return _clock(match, zone)
    except (ValueError, OverflowError):
        hint = "years run from 0001 to 9999, months from 1 to 12, days to the last of their month"
        raise InvalidDate(f"there is no date {shown(text)}", hint=hint) from None
    raise _refusal(text)


def _year(year: str) -> Period:
    start = date(int(year), 1, 1)
    return start, _later(start, months=12)


def _month(year: str, month: str) -> Period:
    start = date(int(year), int(month), 1)
    return start, _later(start, months=1)


def _day(year: str, month: str, day: str) -> Period:
    start = date(int(year), int(month), int(day))
    return start, _later(start, days=1)


def _week(year: str, week: str) -> Period:
    start = date.fromisocalendar(int(year), int(week), 1)
    return start, _later(start, days=7)


def _day_month_year(day: str, month: str, year: str) -> Period:
    return _day(year, _month_number(month), day)


def _month_day_year(month: str, day: str, year: str) -> Period:
    return _day(year, _month_number(month), day)


def _month_year(month: str, year: str) -> Period:
    return _month(year, _month_number(month))


def _month_number(name: str) -> str:
    """``dec``, ``december`` → 12."""
    return str(_MONTHS.index(name[:3]) + 1)


def _named_day(today: date, name: str) -> Period:
    start = today - timedelta(days=name == "yesterday")
    return start, _later(start, days=1)


def _named_period(today: date, which: str, unit: str) -> Period:
    """This or last week, month or year."""
    back = which == "last"
    if unit == "week":
        start = today - timedelta(days=today.weekday() + 7 * back)
        return start, _later(start, days=7)
    if unit == "month":
        start = _add_months(today.replace(day=1), -back)
        return start, _later(start, months=1)
    return _year(f"{today.year - back}")


def _last(today: date, count: str, unit: str) -> Period:
    """The last so many days, weeks, months or years, up to and including today."""
    number = int(count)
    if not number:
        raise ValueError
    if unit[0] in "dw":
        start = today - timedelta(days=number * (7 if unit[0] == "w" else 1) - 1)
    else:
        start = _add_months(today, -number * (12 if unit[0] == "y" else 1)) + timedelta(days=1)
    return start, _later(today, days=1)


def _clock(match: re.Match[str], zone: tzinfo) -> Period:
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    at = time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")[:6]))
    start = datetime.combine(date(int(year), int(month), int(day)), at, _offset(offset) if offset else zone)
    return _instant_period(start, timedelta(seconds=1) if second else timedelta(minutes=1))


def _offset(text: str) -> timezone:
    if text == "z":
        return timezone.utc
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)


def _instant_period(start: datetime, unit: timedelta) -> Period:
    try:
        return start, start.replace(microsecond=0) + unit
    except OverflowError:  # the last second of the year 9999
        return start, None


def _later(day: date, *, days: int = 0, months: int = 0) -> date | None:
    try:
        return _add_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):  # the year 10,000
        return None


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day."""
    from calendar import monthrange  # slow to import, and seldom needed

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _refusal(text: str) -> InvalidDate:
    if match := _MONTH_FIRST.fullmatch(text):
        return InvalidDate(f"{shown(text)}: the year goes first", hint=f"write {match[2]}-{match[1]:0>2}")
    match = _DAY_OR_MONTH_FIRST.fullmatch(text)
    if match is None:
        return InvalidDate(f"{shown(text)} is not a date", hint=FORMS)
    first, _, second, year = match.groups()
    readings = sorted({*_iso(year, first, second), *_iso(year, second, first)})
    fault = "day and month cannot be told apart" if len(readings) > 1 else "the year goes first"
    return InvalidDate(f"{shown(text)}: {fault}", hint=f"write {' or '.join(readings) or '2017-12-11'}")


def _iso(year: str, month: str, day: str) -> list[str]:
    """The date in ISO 8601, if there is one."""
    try:
        return [date(int(year), int(month), int(day)).isoformat()] if len(year) == 4 else []
    except ValueError:
        return []


# English, whatever the locale of the program that embeds us.
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = "([0-9]{4})"
_DAY: Final = "([0-9]{1,2})(?:st|nd|rd|th)?"

_CALENDAR: Final[tuple[tuple[re.Pattern[str], Callable[..., Period]], ...]] = (
    (regex(_YEAR), _year),
    (regex(f"{_YEAR}-([0-9]{{1,2}})"), _month),
    (regex(f"{_YEAR}-([0-9]{{1,2}})-([0-9]{{1,2}})"), _day),
    (regex(f"{_YEAR}/([0-9]{{1,2}})/([0-9]{{1,2}})"), _day),
    (regex(f"{_YEAR}([0-9]{{2}})([0-9]{{2}})"), _day),
    (regex(f"{_YEAR}-w([0-9]{{2}})"), _week),
    (regex(f"{_DAY} {_NAME},? {_YEAR}"), _day_month_year),
    (regex(f"{_NAME} {_DAY},? {_YEAR}"), _month_day_year),
    (regex(f"{_NAME},? {_YEAR}"), _month_year),
)
_RELATIVE: Final[tuple[tuple[re.Pattern[str], Callable[..., Period]], ...]] = (
    (regex("(today|yesterday)"), _named_day),
    (regex("(this|last) (week|month|year)"), _named_period),
    (regex("(?:last )?([0-9]{1,6}) ?(d|w|m|y|days?|weeks?|months?|years?)"), _last),
)
_CLOCK: Final = regex(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[t ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r" ?(z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
)
_MONTH_FIRST: Final = regex("([0-9]{1,2})[./-]([0-9]{4})")
_DAY_OR_MONTH_FIRST: Final = regex(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
