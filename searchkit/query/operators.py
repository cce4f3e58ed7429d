"""Operators that carry a number: ``w/5``, ``pre/5``, ``NOT w/s``, ``atleast3``, ``first/50``."""

from __future__ import annotations

from typing import Final

from searchkit.limits import COUNT, DISTANCE, FIRST_WORDS
from searchkit.query.ast import Span
from searchkit.query.faults import Faults, quoted
from searchkit.query.tokens import QUOTES, Kind, Token
from searchkit.regex import regex

_END: Final = rf"(?=[\s(){QUOTES}]|$)"
_PROXIMITY = regex(rf"(NOT\s+)?(?:(?i:w|near)|((?i:pre|onear)))/([0-9]+|(?i:[sp])){_END}")
_COUNTED = regex(rf"(?:(?i:(atleast|atl))|(?i:first/))([0-9]+){_END}")


_FAR: Final = f"w/{DISTANCE} is the widest, w/1 the closest; w/p is the same paragraph, AND the whole article"


def read_proximity(text: str, at: int, faults: Faults) -> Token | None:
    """The proximity operator that begins there, if one does.

    :raises QueryError: in strict mode, if its number is out of bounds.
    """
    match = _PROXIMITY.match(text, at)
    if match is None:
        return None
    negated, ordered, distance = match.groups()
    if negated and ordered:
        message = f"{quoted(match[0])}: NOT goes with w/n alone"
        hint = f"write NOT w/{distance}, which leaves out both orders"
        faults.add(match.span(), message, "read without regard to order", hint=hint)
    kind = Kind.NOT_NEAR if negated else Kind.PRE if ordered else Kind.NEAR
    if distance.lower() in ("s", "p"):
        return Token(kind, distance.lower(), match.span())
    number = bounded(distance, 1, DISTANCE, match.span(), faults, _FAR)
    return Token(kind, "", match.span(), number)


def read_counted(text: str, at: int, faults: Faults) -> Token | None:
    """``atleast3`` or ``first/50``, if one begins there.

    :raises QueryError: in strict mode, if its number is out of bounds.
    """
    match = _COUNTED.match(text, at)
    if match is None:
        return None
    kind, most = (Kind.ATLEAST, COUNT) if match[1] else (Kind.FIRST, FIRST_WORDS)
    if match[1] and match[1].lower() == "atl":
        ours = f"atleast{match[2]}"
        faults.add(
            match.span(),
            f"{quoted(match[0])} is written {ours} here",
            "read so",
            hint=f"write {ours}",
        )
    return Token(kind, "", match.span(), bounded(match[2], 1, most, match.span(), faults))


def bounded(written: str, low: int, high: int, span: Span, faults: Faults, hint: str = "") -> int:
    """The whole number, or the nearest one within the bounds; ``hint`` says what else is there.

    :raises QueryError: in strict mode, if it is not within them.
    """
    whole, dot, _ = written.partition(".")
    number = int(whole.lstrip("0")[:9] or "0")
    nearest = min(max(number, low), high)
    hint = hint or f"the nearest that there is: {nearest:,}"
    if dot or not whole or number != nearest:
        message = f"{quoted(faults.query[slice(*span)])}: the number must be whole, from {low} to {high:,}"
        faults.add(span, message, f"read as {nearest:,}", hint=hint)
    return nearest
