"""Dates and numbers behind a field's name: ``published:2017-12``, ``since:yesterday``, ``words:>1200``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final, TypeAlias

from searchkit import dates
from searchkit.errors import InvalidDate
from searchkit.limits import DIGITS
from searchkit.query.ast import (
    And,
    Compare,
    Dated,
    Fuzzy,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Wildcard,
    Word,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.tokens import QUOTES
from searchkit.query.walk import children
from searchkit.regex import regex
from searchkit.schema import COMPARABLE

TextLeaf: TypeAlias = Word | Phrase | Prefix | Wildcard | Fuzzy

_FIELD: Final = "published"
_BOUND: Final = rf"([0-9]{{1,{DIGITS}}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}})"
_COMPARISON = regex(f"(>=|<=|>|<) ?{_BOUND}")
_BETWEEN = regex(rf"{_BOUND}?\.\.{_BOUND}?")
_NUMBER = regex(_BOUND)
_MEANT: Final = (
    (regex(r"([0-9]+) ?(?:-|–|—|to|\.{3,}) ?([0-9]+)"), r"\1..\2"),
    (regex(r"(?:=>|≥) ?([0-9]+)|([0-9]+)\+"), r">=\1\2"),
    (regex(r"(?:=<|≤) ?([0-9]+)"), r"<=\1"),
    (regex(r"=+ ?([0-9]+)"), r"\1"),
)
"""What is not a number or range, and what must have been meant."""
_FOLLOWING = regex(rf"(?:(\s+)[^\s(){QUOTES}]+){{0,5}}(?=[\s(){QUOTES}]|\Z)")
_ONE_DATE = regex(r"([<>]=?) ?(.+)")


def written(leaf: TextLeaf, faults: Faults) -> str:
    """The text of a plain word or phrase; of others what the reader wrote, which is no date or number."""
    match leaf:
        case Word(text) | Phrase(text, slop=0, open_end=False, gaps=False):
            return text.rstrip(",;")
        case _:
            return faults.query[slice(*leaf.span)]


def dated(field: str, leaf: TextLeaf, faults: Faults) -> Query:
    """The date of a field ``published``, ``since`` or ``until``; the leaf where there is none.

    :raises QueryError: in strict mode, where there is none.
    """
    text = written(leaf, faults)
    try:
        text = _date_text(field, text, faults.today, faults.zone)
    except InvalidDate as error:
        message, hint = error.message, _date_hint(field, text) or error.hint
        if whole := _with_the_next_words(field, leaf, faults):
            name, _, sign = field.partition(":")
            message = f'a date with a space is in quotes: {name}:"{sign}{whole}"'
            hint = f'write {name}:"{sign}{whole}"'
        faults.add(leaf.span, message, "read as plain words", hint=hint)
        return leaf
    return Dated(text, _FIELD, leaf.span)


def _with_the_next_words(field: str, leaf: TextLeaf, faults: Faults) -> str:
    """The date that a word begins, as ``published:Dec`` does in ``published:Dec 2006``; empty if none."""
    start, end = leaf.span
    words = _FOLLOWING.match(faults.query, end) if isinstance(leaf, Word) else None
    while words and words.end() > end:
        whole = faults.query[start : words.end()].rstrip(",;")
        try:
            return _date_text(field, whole, faults.today, faults.zone) and whole
        except InvalidDate:
            words = _FOLLOWING.match(faults.query, end, words.start(1))
    return ""


def _date_text(field: str, text: str, today: date, zone: tzinfo) -> str:
    """``text`` if it is a date, comparison or range; after ``since:`` and ``until:`` a range from one date.

    :raises InvalidDate: if it is none.
    """
    match field:
        case "since":
            dates.since(text, today, zone)
            return f"{text}.."
        case "until":
            dates.until(text, today, zone)
            return f"..{text}"
        case _:
            text = field.partition(":")[2] + text
            dates.parse_range(text, today, zone)
            return text


def _date_hint(field: str, text: str) -> str:
    """What to write, where a range or sign stands that does not go there; empty if that is not the fault."""
    if field != _FIELD and ".." in text:
        return f"{field}: takes one date: write published:{text}"
    if field != _FIELD and (match := _ONE_DATE.fullmatch(text)):
        return f"{field}: takes a date without a sign: write {field}:{match[2]}"
    if text.endswith(("*", "~")) or text.startswith("~") or text[0] in '"“„«':
        return "a date has no signs before or behind it: 2017 is the whole year, 2017-12 the whole month"
    return ""


def note_impossible_ranges(query: Query, faults: Faults) -> None:
    """Tell of dates and numbers that must all hold and have nothing in common: nothing is found."""
    wanted, others = _conjuncts(query)
    if wanted:
        _note_if_impossible(wanted, faults)
    for other in others:
        note_impossible_ranges(other, faults)


def _note_if_impossible(wanted: list[Dated | Compare], faults: Faults) -> None:
    days = [each for each in wanted if isinstance(each, Dated)]
    if dates.exclude_each_other([_range(each, faults) for each in days], faults.zone):
        _note_impossible("date", days, faults)
    for field in COMPARABLE:
        numbers = [each for each in wanted if isinstance(each, Compare) and each.field == field]
        highest = min((each.high for each in numbers if each.high is not None), default=None)
        if highest is not None and highest < max(each.low or 0 for each in numbers):
            _note_impossible("number", numbers, faults)


def _range(each: Dated, faults: Faults) -> dates.Range:
    return dates.parse_range(each.text, faults.today, faults.zone)


def _note_impossible(what: str, ranges: Sequence[Dated | Compare], faults: Faults) -> None:
    texts = (quoted(faults.query[slice(*each.span)]) for each in ranges)
    faults.note(f"no {what} is within {' and '.join(texts)}", "nothing is found")


def _conjuncts(query: Query) -> tuple[list[Dated | Compare], list[Query]]:
    """The ranges that articles must all be in, as far as rows and ANDs go, and what stands below those."""
    wanted, others, ahead = list[Dated | Compare](), list[Query](), [query]
    while ahead:
        match ahead.pop():
            case Dated() | Compare() as found:
                wanted.append(found)
            case And() | Row() | Required() as node:
                ahead += reversed(children(node))
            case node:
                others += children(node)
    return wanted, others


def is_comparison(leaf: TextLeaf) -> bool:
    """Whether it compares numbers, or tries to; a page may also have a name."""
    if not isinstance(leaf, Word):
        return False
    return leaf.text[0] in "<>" or _between(leaf.text) is not None


def compared(field: str, leaf: TextLeaf, faults: Faults) -> Query:
    """The bounds that a number, comparison or range sets; the leaf where it is none.

    :raises QueryError: in strict mode, where it is none.
    """
    text = written(leaf, faults)
    bounds = _bounds(text)
    if bounds is None:
        message = f"{quoted(text)} is not a number, comparison or range"
        faults.add(leaf.span, message, "read as plain words", hint=_number_hint(field, text))
        return leaf
    low, high = bounds
    if (high is not None and high < (low or 0)) or (low or 0) >= 10**DIGITS:
        swapped = low is not None and high is not None
        hint = f"write the smaller number first: {field}:{high}..{low}" if swapped else _LARGEST
        faults.add(leaf.span, f"no number is within {quoted(text)}", "read as plain words", hint=hint)
        return leaf
    return Compare(field, low, high, leaf.span)


_LARGEST: Final = f"numbers run from 0 to {10**DIGITS - 1:,}"


def _number_hint(field: str, text: str) -> str:
    meant = (match.expand(ours) for pattern, ours in _MEANT if (match := pattern.fullmatch(text)))
    if ours := next(meant, ""):
        return f"write {field}:{ours}"
    if text.isdecimal():
        return _LARGEST
    return f"write {field}:>1200 or {field}:100..200" + (", or a name: page:A1" if field == "page" else "")


def _between(text: str) -> tuple[int | None, int | None] | None:
    match = _BETWEEN.fullmatch(text)
    return (_int(match[1]), _int(match[2])) if match and (match[1] or match[2]) else None


def _bounds(text: str) -> tuple[int | None, int | None] | None:
    """The numbers that are meant, both included."""
    if match := _NUMBER.fullmatch(text):
        return _int(match[1]), _int(match[1])
    if match := _COMPARISON.fullmatch(text):
        number = int(match[2].replace(",", ""))
        low = number + (match[1] == ">") if match[1][0] == ">" else None
        return low, None if low is not None else number - (match[1] == "<")
    return _between(text)


def _int(digits: str | None) -> int | None:
    return int(digits.replace(",", "")) if digits else None
