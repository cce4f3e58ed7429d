"""``field:`` before an item: its words are searched there, its dates and numbers read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from searchkit import dates
from searchkit.errors import InvalidDate
from searchkit.limits import DIGITS
from searchkit.query.ast import (
    AtLeast,
    Compare,
    Dated,
    Everything,
    Exists,
    First,
    Fuzzy,
    Near,
    NotNear,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.lexer import PSEUDO_FIELDS
from searchkit.query.walk import map_children, walk
from searchkit.schema import BY_NAME, COMPARABLE, SEARCHABLE, Kind, find, suggest

DATES: Final = "published"
_BOUND: Final = rf"([0-9]{{1,{DIGITS}}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}})"
_COMPARISON = re.compile(f"(>=|<=|>|<) ?{_BOUND}")
_BETWEEN = re.compile(rf"{_BOUND}?\.\.{_BOUND}?")
_NUMBER = re.compile(_BOUND)
_NAME = re.compile(r"[^\W\d][\w.-]*")


def within(field: str, query: Query, faults: Faults) -> Query:
    """The query with its field pushed down to the leaves; a field further inside holds.

    :raises QueryError: in strict mode, for what is no date, number or field where one must be.
    """
    match query:
        case Near() | NotNear() | AtLeast() | First():
            return _words_within(field, query, faults)
        case (
            Word(field=None)
            | Phrase(field=None)
            | Prefix(field=None)
            | Wildcard(field=None)
            | Fuzzy(field=None)
        ):
            return _leaf(field, query, faults)
        case Everything(span) if field not in PSEUDO_FIELDS:
            return Exists(field, span)
        case Everything(span):
            faults.add(span, f"'*' behind {field}:", hint="headline:* finds what has a headline")
            return query
        case _:
            return map_children(query, lambda child: within(field, child, faults))


def holds_text(field: str | None) -> bool:
    """Whether there are words in a row in that field; None is the text of the article."""
    return field is None or (field in BY_NAME and BY_NAME[field].kind is Kind.TEXT)


_Leaf = Word | Phrase | Prefix | Wildcard | Fuzzy


def _words_within(field: str, query: Query, faults: Faults) -> Query:
    """Words near each other, counted, or among the first: only where there is text."""
    free = [node for node in walk(query) if isinstance(node, _Leaf) and node.field is None]
    numbers = [leaf for leaf in free if field in COMPARABLE and _is_comparison(leaf)]
    if holds_text(field) and not numbers:
        return _pushed(field, query)
    message = f"words are not counted or near each other in the field {field}"
    faults.add(numbers[0].span if numbers else query.span, message, "searched in the text")
    return query


def _pushed(field: str, query: Query) -> Query:
    if isinstance(query, _Leaf) and query.field is None:
        return replace(query, field=field)
    return map_children(query, lambda child: _pushed(field, child))


def _leaf(field: str, leaf: _Leaf, faults: Faults) -> Query:
    match field:
        case "published" | "since" | "until":
            return _dated(field, leaf, faults)
        case "exists":
            return _existing(leaf, faults)
        case "words":
            return _compared(field, leaf, faults)
        case "page" if _is_comparison(leaf):
            return _compared(field, leaf, faults)
        case _:
            return replace(leaf, field=field)


def _written(leaf: _Leaf, faults: Faults) -> str:
    """The text of a plain word or phrase; of others what the reader wrote, which is no date or number."""
    match leaf:
        case Word(text) | Phrase(text, slop=0, open_end=False):
            return text
        case _:
            return faults.query[slice(*leaf.span)]


def _dated(field: str, leaf: _Leaf, faults: Faults) -> Query:
    text = _written(leaf, faults)
    try:
        text = _date_text(field, text, date.today())
    except InvalidDate as error:
        faults.add(leaf.span, error.message, "read as plain words", error.hint)
        return leaf
    return Dated(text, DATES, leaf.span)


def _date_text(field: str, text: str, today: date) -> str:
    """``text`` if it is a date, comparison or range; after ``since:`` and ``until:`` a range from one date.

    :raises InvalidDate: if it is none.
    """
    match field:
        case "since":
            dates.since(text, today)
            return f"{text}.."
        case "until":
            dates.until(text, today)
            return f"..{text}"
        case _:
            dates.parse_range(text, today)
            return text


def _existing(leaf: _Leaf, faults: Faults) -> Query:
    name = _written(leaf, faults)
    field = find(name) if _NAME.fullmatch(name) else None
    if field:
        return Exists(field, leaf.span)
    near = suggest(name)
    message = f"unknown field {quoted(name)}" + (f": did you mean {near}?" if near else "")
    faults.add(leaf.span, message, "read as a plain word", f"fields: {', '.join(SEARCHABLE)}")
    return leaf


def _is_comparison(leaf: _Leaf) -> bool:
    return isinstance(leaf, Word) and bool(_COMPARISON.fullmatch(leaf.text) or _between(leaf.text))


def _between(text: str) -> tuple[int | None, int | None] | None:
    match = _BETWEEN.fullmatch(text)
    return (_int(match[1]), _int(match[2])) if match and (match[1] or match[2]) else None


def _compared(field: str, leaf: _Leaf, faults: Faults) -> Query:
    text = _written(leaf, faults)
    bounds = _bounds(text)
    if bounds is None:
        message = f"{quoted(text)} is not a number, comparison or range"
        hint = f"write {field}:>1200 or {field}:100..200, with at most {DIGITS} digits"
        faults.add(leaf.span, message, "read as plain words", hint)
        return leaf
    low, high = bounds
    if (high is not None and high < (low or 0)) or (low or 0) >= 10**DIGITS:
        hint = f"write the smaller number first; numbers run from 0 to {10**DIGITS - 1}"
        faults.add(leaf.span, f"no number is within {quoted(text)}", "read as plain words", hint)
        return leaf
    return Compare(field, low, high, leaf.span)


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
