"""Dates as readers write them → half-open ranges: ``2017-12``, ``last week``, ``2017-12-01..2017-12-31``.

What a date names has a beginning and an end: ``2017-12`` is the whole month, ``10:30`` the whole minute.
Years run from 1 to 9999; what ends with the year 9999 has no end. Weeks are those of ISO 8601, from Monday.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timezone, tzinfo
from typing import Final

from msgspec import Struct

from searchkit.errors import InvalidDate
from searchkit.periods import FORMS, period, shown
from searchkit.regex import regex


class Range(Struct, frozen=True):
    """Half-open: start <= moment < end; None is open. Bounds are days (date) or instants (aware datetime)."""

    start: date | datetime | None
    end: date | datetime | None


def parse_range(text: str, today: date, zone: tzinfo = timezone.utc) -> Range:
    """What a date, a comparison (``>=2017-05``) or a range (``A..B``, both as written included) means.

    ``zone`` is taken for instants that name none.

    :raises InvalidDate: for everything that is none of these; never anything else.
    """
    text = " ".join(text.split())
    if match := _COMPARISON.fullmatch(text):
        return _compared(match[1], match[2], today, zone)
    first, dots, last = text.partition("..")
    return _between(first.strip(), last.strip(), today, zone) if dots else Range(*period(text, today, zone))


def since(text: str | date | datetime, today: date, zone: tzinfo = timezone.utc) -> date | datetime:
    """The start of what one date means: ``2017-12`` → 2017-12-01.

    :raises InvalidDate: if it is no date, or a range.
    """
    return period(text, today, zone)[0]


def until(text: str | date | datetime, today: date, zone: tzinfo = timezone.utc) -> date | datetime | None:
    """The exclusive end of what one date means: ``2017-12`` → 2018-01-01, ``…T10:30`` → 10:31.

    None after the year 9999. A ``datetime`` ends with its second.

    :raises InvalidDate: if it is no date, or a range.
    """
    return period(text, today, zone)[1]


def exclude_each_other(ranges: Sequence[Range], zone: tzinfo = timezone.utc) -> bool:
    """Whether no moment is within all of them; days are those of ``zone``."""
    starts = [_instant(each.start, zone) for each in ranges if each.start is not None]
    ends = [_instant(each.end, zone) for each in ranges if each.end is not None]
    return bool(starts and ends) and max(starts) >= min(ends)


def _compared(sign: str, text: str, today: date, zone: tzinfo) -> Range:
    start, end = period(text, today, zone)
    if sign == ">" and end is None:
        raise InvalidDate(f"nothing is later than {shown(text)}", hint="years run from 0001 to 9999")
    match sign:
        case ">":
            return Range(end, None)
        case ">=":
            return Range(start, None)
        case "<":
            return Range(None, start)
        case _:
            return Range(None, end)


def _between(first: str, last: str, today: date, zone: tzinfo) -> Range:
    if not (first or last):
        raise InvalidDate("'..' has neither a beginning nor an end", hint=FORMS)
    start = period(first, today, zone)[0] if first else None
    end = period(last, today, zone)[1] if last else None
    if start is not None and end is not None and _instant(start, zone) >= _instant(end, zone):
        raise InvalidDate(f"{first}..{last} ends before it starts", hint="write the earlier date first")
    return Range(start, end)


def _instant(moment: date, zone: tzinfo) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone)


_COMPARISON: Final = regex("([<>]=?) ?(.+)")
