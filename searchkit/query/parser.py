"""Query text → tree, in two modes.

Strict mode raises at the first fault. Lenient mode never raises, reads what it can, and names each part
that it ignored or read otherwise. The lexer finds the tokens; groups are read here from the inside out, so
that no depth of parentheses is a depth of calls; :mod:`searchkit.query.expression` reads what stands in one.
"""

from __future__ import annotations

from datetime import date, timezone, tzinfo
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from searchkit.limits import CLAUSES, GAPPED_WORDS, LENGTH, NESTING, OPEN_WORDS, POSITIONAL
from searchkit.query.ast import Everything, Not, Query
from searchkit.query.expression import read_expression
from searchkit.query.faults import Faults, quoted
from searchkit.query.lexer import lex
from searchkit.query.plain import plain_row
from searchkit.query.tokens import GAPPED, OPEN, OPERANDS, PARENTHESES, POSITIONALS, Kind, Token
from searchkit.query.translate import translated
from searchkit.query.values import note_impossible_ranges
from searchkit.query.walk import children
from searchkit.regex import regex


class Parsed(Struct, frozen=True):
    """What a query says.

    ``warnings`` names each part that was ignored or read otherwise, and what may have been meant otherwise;
    of those, strict mode has only the last. ``excludes`` tells whether a sign or operator may leave out
    something.
    """

    query: Query
    warnings: tuple[str, ...] = ()
    excludes: bool = False


def parse(
    text: str, *, strict: bool = False, today: date | None = None, zone: tzinfo = timezone.utc
) -> Parsed:
    """Read a query, in time proportional to its length and within :mod:`searchkit.limits`.

    Dates are checked as of ``today`` in ``zone`` (``today..2017`` ends before it starts), and kept as typed;
    by default it is the day of the system's clock.

    :raises QueryError: in strict mode, with the place of the fault; never in lenient mode.
    """
    if row := plain_row(text):
        return Parsed(row, excludes=Not in map(type, (row, *children(row))))
    faults = Faults(text, strict=strict, today=today, zone=zone)
    tokens = translated(lex(_readable(text, faults), faults), faults)
    kinds = {token.kind for token in tokens}
    if Kind.NOT_NEAR in kinds:
        tokens = _without_idle_and(tokens)
    tokens = _first_clauses(tokens, faults)
    if kinds & PARENTHESES:
        query = _read_groups(_balanced(tokens, faults), faults)
    else:
        query = read_expression(tokens, faults)
    if query is None:
        if text.strip():
            message = f"no word to search for in {quoted(text)}"
            hint = "write a word; * means every article"
            faults.add((0, len(text)), message, "every article is meant", hint=hint)
        query = Everything((0, len(text)))
    if Kind.FIELD in kinds:
        note_impossible_ranges(query, faults)
    return Parsed(query, faults.warnings, Kind.NOT in kinds or Kind.MINUS in kinds)


_LONE_SURROGATE: Final = regex("[\ud800-\udfff]")


def _readable(text: str, faults: Faults) -> str:
    """The part of the text that is read, each character in its old place."""
    if len(text) > LENGTH:
        message = f"the query has {len(text):,} characters, at most {LENGTH:,} are allowed"
        hint = "long lists of ids or words are better searched in several queries"
        faults.add((LENGTH, len(text)), message, "the rest ignored", hint=hint)
        whole_words = text[: LENGTH + 1].rpartition(" ")[0]
        text = whole_words or text[:LENGTH]
    if half := _LONE_SURROGATE.search(text):
        message = f"half a surrogate pair at character {half.start()} cannot be searched for"
        hint = "the text was cut or decoded wrongly: write the whole character"
        faults.add(half.span(), message, "read as a space", hint=hint)
        text = _LONE_SURROGATE.sub(" ", text)
    return text


def _without_idle_and(tokens: list[Token]) -> list[Token]:
    """``a AND NOT w/5 b``, as LexisNexis writes it, is ``a NOT w/5 b``."""
    kinds = [token.kind for token in tokens]
    idle = {at for at, pair in enumerate(pairwise(kinds)) if pair == (Kind.AND, Kind.NOT_NEAR)}
    return [token for at, token in enumerate(tokens) if at not in idle]


_COUNTED: Final = (
    (OPERANDS, CLAUSES, "words and phrases"),
    (OPEN, OPEN_WORDS, "open words such as a*"),
    (GAPPED, GAPPED_WORDS, "words such as a*b or ab~"),
    (POSITIONALS, POSITIONAL, "operators such as w/5"),
)


def _first_clauses(tokens: list[Token], faults: Faults) -> list[Token]:
    for kinds, limit, what in _COUNTED:
        if len(tokens) <= limit:  # so there are no more of this kind
            continue
        places = [place for place, token in enumerate(tokens) if token.kind in kinds]
        if len(places) > limit:
            span = (tokens[places[limit]].span[0], tokens[-1].span[1])
            message = f"{len(places):,} {what}, at most {limit:,} are allowed"
            faults.add(span, message, "the rest ignored", hint="search for the rest in a query of its own")
            tokens = tokens[: places[limit]]
    return tokens


def _balanced(tokens: list[Token], faults: Faults) -> list[Token]:
    """The tokens with every parenthesis in a pair, and none nested too deeply."""
    kept: list[Token] = []
    opened: list[Token] = []
    too_deep = 0
    for token in tokens:
        if token.kind is Kind.OPEN:
            if len(opened) == NESTING:
                message = f"more than {NESTING} parentheses within each other"
                faults.add(token.span, message, "not nested", hint="leave out those around one word or group")
                too_deep += 1
                continue
            opened.append(token)
        elif token.kind is Kind.CLOSE:
            if too_deep:
                too_deep -= 1
                continue
            if not opened:
                faults.add(token.span, "')' without '(' before it", hint="quotes make it plain text")
                continue
            opened.pop()
        kept.append(token)
    return [*kept, *(_closing(token, faults) for token in reversed(opened))]


def _closing(opening: Token, faults: Faults) -> Token:
    hint = "close it, or put it in quotes"
    faults.add(opening.span, "'(' without ')'", "closed at the end", hint=hint)
    end = len(faults.query)
    return Token(Kind.CLOSE, "", (end, end))


def _read_groups(tokens: list[Token], faults: Faults) -> Query | None:
    """Each group becomes one part of what stands around it."""
    levels: list[list[Token]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.kind is Kind.OPEN:
            levels.append([])
            opened.append(token)
        elif token.kind is Kind.CLOSE:
            inside = read_expression(levels.pop(), faults)
            levels[-1].append(_group(inside, (opened.pop().span[0], token.span[1]), faults))
        else:
            levels[-1].append(token)
    return read_expression(levels[0], faults)


def _group(inside: Query | None, span: tuple[int, int], faults: Faults) -> Token:
    if inside is None:
        part = quoted(faults.query[slice(*span)])
        faults.add(span, f"nothing to search for between parentheses: {part}", hint="leave them out")
    elif _depth(inside) > NESTING:
        message = f"a group with operators nested more than {NESTING} deep"
        faults.add(span, message, hint="split it into several queries")
    else:
        return Token(Kind.GROUP, "", span, group=replace(inside, span=span))
    return Token(Kind.EMPTY, "", span)


def _depth(query: Query) -> int:
    """Levels of the tree, counted without recursion."""
    deepest, ahead = 0, [(query, 1)]
    while ahead:
        node, depth = ahead.pop()
        deepest = max(deepest, depth)
        ahead.extend((child, depth + 1) for child in children(node))
    return deepest
