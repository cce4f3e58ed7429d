"""When an article was published: the usual ways of writing a date → a day or an instant.

Nothing is guessed: a day that could be read in two ways is refused, a year or a month alone is vague, and
a time without a known zone stays in the paper's own time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Final

from searchkit.errors import InvalidArticle, InvalidRequest
from searchkit.readers.months import MONTH, NUMBERS, WEEKDAY
from searchkit.regex import regex

_LEAD: Final = (
    r"(?:(?:first\s|last\s)?(?:published|posted|updated|publié|publicado|veröffentlicht)(?:\s(?:on|at|le|el|am))?"
    rf":?\s+)?(?:(?:le|el|il|am|den|op)\s+)?(?:{WEEKDAY}\.?,?\s+(?:(?:den|the)\s+)?)?"
)
_FORMS: Final = tuple(
    regex(_LEAD + form + r"(?!\d)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<number>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?[\s/.-]+(?:of\s+|de\s+)?{MONTH},?[\s/.-]*(?:del?\s+)?(?P<year>\d{{4}})",
        rf"{MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[\s/-]+{MONTH}[\s/-]+(?P<day>\d{{1,2}})",
        r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)
_TIME: Final = regex(
    r"""(?: \s*T\s* | \s*[,•·|]?\s+(?:(?:at|à|um)\s+)? )
        (?P<hour>\d{1,2}) (?: [:.h]?(?P<minute>\d\d) (?: [:.]?(?P<second>\d\d) (?:[.,](?P<part>\d+))? )? )?
        \s* (?:(?P<half>[ap])\.?m\.?)?
        \s* (?P<zone>[a-z]{1,5})? \s? (?P<offset>[+-]\d\d (?: :?\d\d){0,2})? (?: \s*\([^()]*\) )?""",
    re.IGNORECASE | re.VERBOSE,
)
# C's asctime, and with it Twitter, puts the year last.
_YEAR_LAST = regex(r"((?:[a-z]{3}\s+)?[a-z]{3}\s+\d{1,2})(\s+\d\d:\d\d:\d\d.*?)(\s+\d{4})", re.IGNORECASE)
# "10:31pm GMT, Tuesday 12 December 2017", behind "Updated:" or nothing.
_TIME_FIRST = regex(
    r"([a-z]*(?:\s[a-z]+)?:?\s*)(\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?(?:\s+(?:gmt|utc|bst|e[sd]t))?),?\s+(?:on\s+)?"
    r"(\S.+)",
    re.IGNORECASE,
)
_TWO_DIGIT_YEAR = regex(rf"{_LEAD}\d{{1,2}}[\s/.-](?:\d{{1,2}}|{MONTH})[\s/.-]\d\d", re.IGNORECASE)
_YEAR = regex(r"(?<!\d)\d{4}(?!\d)")
_STAMP = regex(r"-?\d{9,13}(?:\.\d+)?")
_ISO = regex(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:[0-5]\d)?)?", re.ASCII)

# RFC 5322, section 4.3: the names of zones that have one meaning there. Others are left aside.
_ZONES: Final = {
    **dict.fromkeys(("z", "ut", "utc", "gmt"), 0),
    **dict.fromkeys(("edt",), -4),
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    **dict.fromkeys(("pst",), -8),
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
_YEAR_1: Final = datetime.min.replace(tzinfo=timezone.utc) - _EPOCH
_MAX_LENGTH: Final = 120


def parse_published(value: object) -> date | datetime | None:
    """The day or instant that ``value`` says; None if it is vague: a year, a month, "Christmas 1914".

    Understood are ISO 8601 and RFC 3339, RFC 5322 (e-mail), ``20171211``, dates with the name of the month in
    English or another language of Western Europe, dates in figures whose order is certain, and seconds or
    milliseconds since 1970.

    :raises InvalidArticle: if it is no date, no day of the calendar, or could be two different days.
    """
    match value:
        case str():
            return _from_text(value.strip().removesuffix("."))
        case date():
            return value
        case bool():
            pass
        case int() | float():
            return _from_number(value)
    raise _no_date(value, f"expected a date, got {type(value).__name__}")


def _from_number(value: float) -> date | datetime | None:
    if isinstance(value, int) and 19_00_00_00 <= value <= 9999_12_31:
        return _from_text(str(value))
    if value in range(1000, 10_000):
        return None
    if 1e8 <= abs(value) < 1e14:
        since = timedelta(seconds=value) if abs(value) < 1e11 else timedelta(milliseconds=value)
        if since >= _YEAR_1:
            return _EPOCH + since
    raise _no_date(value, "a number that is no day, and no seconds or milliseconds since 1970")


def _from_text(text: str) -> date | datetime | None:
    try:
        if _ISO.fullmatch(text):
            return _from_iso(text)
        if len(text) > _MAX_LENGTH:
            return _vague(text)
        if _STAMP.fullmatch(text):
            return _from_number(float(text))
        text = _YEAR_LAST.sub(r"\1\3\2", text)
        for order in (text, _TIME_FIRST.sub(r"\1\3 \2", text)):
            for form in _FORMS:
                if (day := form.match(order)) and (
                    day.end() == len(order) or _TIME.fullmatch(order, day.end())
                ):
                    return _moment(_day(day, order), _TIME.fullmatch(order, day.end()))
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, InvalidArticle) else _no_date(text, str(error)) from None
    return _vague(text)


def _from_iso(text: str) -> date | datetime:
    """The forms that programs write, on a short way. Python 3.10 does not know ``Z``."""
    if len(text) == len("2017-12-11"):
        return date.fromisoformat(text)
    if text.endswith("Z"):
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc)
    return datetime.fromisoformat(text)


def _day(found: re.Match[str], text: str) -> date:
    parts = found.groupdict()
    year = int(parts["year"])
    if "one" in parts:
        return date(year, *_month_and_day(int(parts["one"]), int(parts["two"]), parts["mark"], text))
    name = parts.get("month")
    month = NUMBERS[name.lower()] if name else int(parts["number"])
    return date(year, month, int(parts["day"]))


def _month_and_day(one: int, two: int, mark: str, text: str) -> tuple[int, int]:
    """The order of two numbers. Points are written by those who put the day first."""
    if mark == "." or one > 12 or one == two:
        return two, one
    if two > 12:
        return one, two
    raise _no_date(text, "ambiguous: day and month could be either")


def _moment(day: date, time: re.Match[str] | None) -> date | datetime:
    if time is None:
        return day
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    if time["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("hour must be in 1..12")
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    micro = int((time["part"] or "0").ljust(6, "0")[:6])
    return datetime(day.year, day.month, day.day, hour, minute, second, micro, _zone(time))


def _zone(time: re.Match[str]) -> timezone | None:
    if offset := time["offset"]:
        digits = offset[1:].replace(":", "")
        hours, minutes, seconds = (int(digits[at : at + 2] or 0) for at in (0, 2, 4))
        shift = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return timezone(-shift if offset[0] == "-" else shift)
    hours_east = _ZONES.get((time["zone"] or "").lower())
    return None if hours_east is None else timezone(timedelta(hours=hours_east))


def _vague(text: str) -> date | None:
    """None for a text with a year in it; anything else is no date."""
    if _YEAR.search(text):
        return None
    raise _no_date(text, "a year of two digits" if _TWO_DIGIT_YEAR.fullmatch(text) else "not a date")


def _no_date(value: object, reason: str) -> InvalidArticle:
    shown = f" {value[:60]!r}:" if isinstance(value, str) else ""
    return InvalidArticle(
        f"published:{shown} {reason}", field="published", hint="write the date as 2017-12-11"
    )


# --- a date in a path ---------------------------------------------------------------------------------

_DIRECTIVES: Final = {
    "%Y": r"\d{4}",
    "%y": r"\d\d",
    "%m": r"(?:1[0-2]|0?[1-9])",
    "%d": r"(?:3[01]|[12]\d|0?[1-9])",
    "%j": r"\d{3}",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{3,9}",
    "%%": "%",
}


def path_pattern(pattern: str) -> re.Pattern[str]:
    """A ``strptime`` pattern as a regular expression for the places in a path that may hold such a date.

    :raises InvalidRequest: if it has no year, no month, or a directive that says nothing of a day.
    """
    pieces = re.findall(r"%.?|[^%]+", pattern, re.DOTALL)
    used = [piece for piece in pieces if piece.startswith("%") and piece != "%%"]
    hint = "for example %Y/%m/%d, %Y-%m-%d, %d%m%y or %Y-%m"
    if unknown := [piece for piece in used if piece not in _DIRECTIVES]:
        raise InvalidRequest(f"date-from-path: {unknown[0]!r} in {pattern!r} is not known", hint=hint)
    year, month = {"%Y", "%y"} & {*used}, {"%m", "%b", "%B", "%j"} & {*used}
    if not (year and month) or len(used) > len({*used}):
        raise InvalidRequest(f"date-from-path: {pattern!r} needs one year and one month", hint=hint)
    return re.compile("".join(_DIRECTIVES.get(piece) or re.escape(piece) for piece in pieces))


def date_from_path(path: str, pattern: str) -> date | None:
    """The last date in ``path`` that is written as ``pattern``; without a day, the first of the month.

    A date that stands alone is preferred to one at the beginning of a longer number.
    """
    form = path_pattern(pattern).pattern
    for bounded in (rf"(?<!\d)(?=({form})(?!\d))", rf"(?<!\d)(?=({form}))"):
        if days := list(_days(re.finditer(bounded, path), pattern)):
            return days[-1]
    return None


def _days(found: Iterator[re.Match[str]], pattern: str) -> Iterator[date]:
    for match in found:
        try:
            yield datetime.strptime(match[1], pattern).date()
        except ValueError:
            continue  # looks like a date, but the calendar has no such day
