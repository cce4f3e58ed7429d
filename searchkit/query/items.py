"""One item: a leaf, and what stands directly before and behind it."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from searchkit.query.ast import (
    Boosted,
    Everything,
    Fuzzy,
    Not,
    Phrase,
    Prefix,
    Query,
    Required,
    Span,
    Wildcard,
    Word,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.fields import within
from searchkit.query.operands import counted
from searchkit.query.tokens import SIGNS, SUFFIXES, Kind, Token

_NO_SPACE: Final = "write what to search for directly after it: headline:dam, atleast3(dam)"


def read_operand(token: Token) -> Query | None:
    """The leaf or group that a token stands for, if it is one."""
    match token.kind:
        case Kind.WORD:
            return Word(token.text, span=token.span)
        case Kind.PHRASE | Kind.OPEN_PHRASE | Kind.GAPPED_PHRASE:
            is_open, gaps = token.kind is Kind.OPEN_PHRASE, token.kind is Kind.GAPPED_PHRASE
            return Phrase(token.text, None, int(token.number), is_open, gaps, token.span)
        case Kind.PREFIX:
            return Prefix(token.text, span=token.span)
        case Kind.WILDCARD:
            return Wildcard(token.text, span=token.span)
        case Kind.FUZZY:
            return Fuzzy(token.text, int(token.number), span=token.span)
        case Kind.STAR:
            return Everything(token.span)
        case Kind.GROUP:
            return token.group
        case _:
            return None


def alone(mark: Token, faults: Faults) -> Query | None:
    """A mark without an item: nothing, but a name or number may still be a word.

    :raises QueryError: in strict mode.
    """
    if mark.kind in SIGNS or mark.kind in SUFFIXES:
        side = "after" if mark.kind in SIGNS else "before"
        hint = f"write it directly {'before' if mark.kind in SIGNS else 'behind'} what it is about"
        _fault(mark, f"has nothing {side} it", faults, hint=hint)
        return None
    _fault(mark, "has nothing after it", faults, "read as a plain word", hint=_NO_SPACE)
    return Word(_text(mark, faults).rstrip(":"), span=mark.span)


def marked(mark: Token, item: Query, faults: Faults) -> Query:
    """The item with what stands beside it. An exclusion holds anyway: ``+`` adds nothing to it.

    :raises QueryError: in strict mode.
    """
    span = (min(mark.span[0], item.span[0]), max(mark.span[1], item.span[1]))
    match mark.kind:
        case Kind.PLUS if type(item) in (Required, Not):
            return replace(item, span=span)
        case Kind.PLUS:
            return Required(item, span)
        case Kind.MINUS | Kind.NOT:
            return _negated(item, span)
        case Kind.FIELD:
            return _in_field(mark, item, span, faults)
        case Kind.ATLEAST | Kind.FIRST | Kind.FIRST_BEHIND:
            return counted(mark, item, span, faults)
        case Kind.WEIGHT if isinstance(item, Everything):
            hint = "a weight goes behind a word, a phrase or a group of them: tax^2"
            _fault(mark, "weighs nothing behind '*'", faults, hint=hint)
            return item
        case _:
            return Boosted(item, mark.number, span)


def bare(query: Query) -> Query:
    """``+a`` says something only beside others in a row."""
    return replace(query.child, span=query.span) if isinstance(query, Required) else query


def _negated(query: Query, span: Span) -> Query:
    """Twice not is nothing said."""
    query = bare(query)
    return replace(query.child, span=span) if isinstance(query, Not) else Not(query, span)


def _in_field(mark: Token, item: Query, span: Span, faults: Faults) -> Query:
    if item.span[0] > mark.span[1]:
        reading = f"what follows is searched in {mark.text}"
        _fault(mark, "has nothing directly after it", faults, reading, hint=_NO_SPACE)
    return replace(within(mark.text, item, faults), span=span)


def _text(mark: Token, faults: Faults) -> str:
    return faults.query[slice(*mark.span)]


def _fault(mark: Token, message: str, faults: Faults, reading: str = "ignored", *, hint: str) -> None:
    faults.add(mark.span, f"{quoted(_text(mark, faults))} {message}", reading, hint=hint)
