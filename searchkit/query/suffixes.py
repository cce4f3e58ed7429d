"""Signs directly behind a word, phrase or group: ``~1``, ``^2``, and Factiva's ``/F50/``."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from searchkit.limits import FIRST_WORDS, FUZZY, GAPPED_LETTERS, SLOP, WEIGHT
from searchkit.query.ast import Span
from searchkit.query.faults import Faults, quoted
from searchkit.query.operators import bounded
from searchkit.query.tokens import PHRASES, Kind, Token
from searchkit.regex import regex

_SIGN = regex(r"([~^])(-?[0-9.]*)|/[Ff]([0-9]+)/|\*")
_SIGNS = regex(r"(?:[~^](?:-(?=[0-9.]))?[0-9.]*|/[Ff][0-9]+/|\*)+[,;:!.]*")
_BEGINNING = regex(r"[~^]|/[Ff][0-9]+/")
_WEIGHT = regex(r"[0-9]+(?:\.[0-9]{1,3})?|\.[0-9]{1,3}")


def are_suffixes(text: str) -> bool:
    """Whether the whole of it is such signs, and stops and commas behind them."""
    return _SIGNS.fullmatch(text) is not None


def suffixes_at(masked: str) -> int:
    """Where the signs behind a word begin; its end if there are none: ``a~b``, ``^_^``."""
    rest = masked.rstrip(",;:!").rstrip("~^./Ff-0123456789")
    match = _BEGINNING.search(masked, len(rest))
    return match.start() if match and are_suffixes(masked[match.start() :]) else len(masked)


def with_suffixes(token: Token, signs: str, faults: Faults) -> list[Token]:
    """The token as the signs behind it change it, and those that become tokens of their own.

    :raises QueryError: in strict mode, for a sign that makes no sense there.
    """
    found, start, seen = [token], token.span[1], set[str]()
    for match in _SIGN.finditer(signs):
        end = len(signs) if not signs[match.end() :].strip(",;:!.") else match.end()
        span = (start + match.start(), start + end)
        sign = match[0][0]
        if sign in seen or sign == "*":
            _refuse(match[0], span, faults, _STAR_HINT if sign == "*" else _ONCE_HINT)
        elif sign == "~":
            found[0] = _loosened(found[0], match[2], span, faults)
        elif sign == "/":
            number = bounded(match[3], 1, FIRST_WORDS, span, faults)
            found.append(Token(Kind.FIRST_BEHIND, "", span, number))
        elif weight := _weight(match[2], span, faults):
            found.append(Token(Kind.WEIGHT, "", span, weight))
        seen.add(sign)
    return found


def _loosened(token: Token, number: str, span: Span, faults: Faults) -> Token:
    """A fuzzy word, or a phrase with slop."""
    whole = (token.span[0], span[1])
    number = number.rstrip(".")
    if token.kind is Kind.WORD and len(token.text) > GAPPED_LETTERS:
        message = f"a word of more than {GAPPED_LETTERS} characters: {quoted(token.text)}"
        faults.add(whole, message, "searched for as it is", hint="leave out the ~ behind it")
        return token
    if token.kind is Kind.WORD:
        return Token(Kind.FUZZY, token.text, whole, bounded(number or "1", 1, FUZZY, span, faults))
    if token.kind in PHRASES:
        return replace(token, span=whole, number=bounded(number, 0, SLOP, span, faults))
    _refuse("~" + number, span, faults, "~1 goes behind a word without * and ?, ~3 behind a phrase")
    return token


def _weight(written: str, span: Span, faults: Faults) -> float:
    """The weight, or 0 if there is none that makes sense."""
    written = written.rstrip(".")
    well = _WEIGHT.fullmatch(written)
    number = float(written) if well or re.fullmatch(r"[0-9]*\.?[0-9]+", written) else 0.0
    nearest = min(round(number, 3), float(WEIGHT))
    if not well or nearest != number or not nearest:
        message = f"{quoted('^' + written)}: a weight is above 0, at most {WEIGHT}, with at most 3 decimals"
        hint = f"the nearest that there is: ^{nearest:g}" if nearest else _WEIGHT_HINT
        faults.add(span, message, f"read as ^{nearest:g}" if nearest else "ignored", hint=hint)
    return nearest


def _refuse(part: str, span: Span, faults: Faults, hint: str) -> None:
    faults.add(span, f"a sign that says nothing there: {quoted(part)}", hint=hint)


_STAR_HINT: Final = 'a star goes before the closing quote: "rebel held*"'
_ONCE_HINT: Final = "one of a kind is enough"
_WEIGHT_HINT: Final = "tax^2 counts twice as much, tax^0.5 half; -tax leaves out"
