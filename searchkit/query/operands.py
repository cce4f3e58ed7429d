"""What stands on the sides of ``w/5``, and in ``atleast3(…)`` and ``first/50(…)``: words of one field.

What stands there though it cannot is read as what must be meant, where that can be said: ``a^2 w/5 b`` as
``(a w/5 b)^2``, ``a w/5 (b AND c)`` as ``a w/5 b AND a w/5 c``, ``a w/5 NOT b`` as ``a NOT w/5 b``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from msgspec.structs import replace

from searchkit.limits import CHAIN, SPREAD
from searchkit.query.ast import (
    And,
    AtLeast,
    Boosted,
    First,
    Fuzzy,
    Near,
    Not,
    NotNear,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Span,
    Wildcard,
    Word,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.fields import holds_text
from searchkit.query.printer import print_query
from searchkit.query.tokens import Kind, Token
from searchkit.query.values import TextLeaf
from searchkit.query.walk import children, map_children

_WIDE: Final = 100
"""Characters of a query that are shown as they should be written."""

_Mark: TypeAlias = Required | Not | Boosted


def proximity(left: Query, operator: Token, right: Query, faults: Faults) -> Query | None:
    """``left`` near ``right``, or None where that cannot be said: lenient mode reads AND, or no exclusion.

    :raises QueryError: in strict mode.
    """
    span = (left.span[0], right.span[1])
    marks, first = _unmarked(left)
    others, second = _unmarked(right)
    meant = operator
    if any(isinstance(mark, Not) for mark in others):
        meant = replace(operator, kind=Kind.NOT_NEAR)
    pairs = [(a, b) for a in _conjuncts(first) for b in _conjuncts(second)]
    if len(pairs) > SPREAD or meant.kind is Kind.NOT_NEAR:
        pairs = [(first, second)]
    near = [_joined(a, meant, b, faults) for a, b in pairs]
    marks += [mark for mark in others if isinstance(mark, Boosted)]
    query = _marked(marks, [each for each in near if each is not None], span)
    if query is None or None in near:
        return None
    if marks or others or len(near) > 1:
        _tell(query, span, faults)
    return query


def counted(mark: Token, item: Query, span: Span, faults: Faults) -> Query:
    """``atleast3`` or ``first/50`` with its item; the item alone where that cannot be said.

    :raises QueryError: in strict mode.
    """
    marks, child = _unmarked(item)
    conjuncts = _conjuncts(child)
    found = [_counted(mark, each, span, faults) for each in conjuncts[:SPREAD]]
    query = _marked(marks, [each for each in found if each is not None], span)
    if query is None or None in found or len(found) < len(conjuncts):
        return item
    if marks or len(found) > 1:
        _tell(query, span, faults)
    return query


def _unmarked(query: Query) -> tuple[list[_Mark], Query]:
    """The query without its signs and weights, and those, from the outside in."""
    marks: list[_Mark] = []
    while isinstance(query, _Mark):
        marks.append(query)
        query = query.child
    return marks, query


def _conjuncts(query: Query) -> tuple[Query, ...]:
    return query.children if isinstance(query, And) else (query,)


def _marked(marks: list[_Mark], joined: list[Query], span: Span) -> Query | None:
    """All of what was joined, with the signs and weights of its sides around it."""
    if not joined:
        return None
    query = replace(joined[0], span=span) if len(joined) == 1 else And(tuple(joined), span)
    for mark in reversed(marks):
        query = replace(mark, child=query, span=span)
    return query


def _tell(query: Query, span: Span, faults: Faults) -> None:
    """Of a query that is read as it should have been written."""
    part = faults.query[slice(*span)]
    ours = quoted(print_query(query), _WIDE) if len(part) < _WIDE else "in parts"
    faults.add(span, f"{quoted(part)} is written {ours} here", "read so", hint=f"write {ours}")


def _joined(left: Query, operator: Token, right: Query, faults: Faults) -> Query | None:
    exclusion = operator.kind is Kind.NOT_NEAR
    reading = "what it leaves out ignored" if exclusion else "read as AND"
    first = _operand(left, operator, reading, faults)
    second = _operand(right, operator, reading, faults)
    if first is None or second is None or not _of_one_field((first, second), operator, reading, faults):
        return None
    if _chained(first) >= CHAIN:
        message = f"more than {CHAIN} operators such as {quoted(_text(operator, faults))} in a row"
        faults.add(operator.span, message, reading, hint="join parts of them by AND")
        return None
    return _built(operator, (first, second), (left.span[0], right.span[1]))


def _built(operator: Token, operands: tuple[Query, ...], span: Span) -> Query:
    match operator.kind, operands:
        case Kind.ATLEAST, (child,):
            return AtLeast(int(operator.number), child, span)
        case _, (child,):
            return First(int(operator.number), child, span)
        case Kind.NOT_NEAR, (left, right):
            return NotNear(left, right, _distance(operator), span)
        case kind, (left, right):
            return Near(left, right, _distance(operator), kind is Kind.PRE, span)
    raise AssertionError(operator)


def _distance(operator: Token) -> int | Literal["s", "p"]:
    match operator.text:
        case "s" | "p" as unit:
            return unit
        case _:
            return int(operator.number)


def _counted(mark: Token, item: Query, span: Span, faults: Faults) -> Query | None:
    reading = f"read without {quoted(_text(mark, faults))}"
    match item:
        case First() if mark.kind is Kind.ATLEAST:
            return _built(mark, (item,), span)
        case AtLeast(count, child) if mark.kind is not Kind.ATLEAST and not isinstance(child, First):
            query = AtLeast(count, First(int(mark.number), child, span), span)
            _tell(query, span, faults)
            return query
    operand = _operand(item, mark, reading, faults)
    if operand is None or not _of_one_field((operand,), mark, reading, faults):
        return None
    return _built(mark, (operand,), span)


def _operand(query: Query, operator: Token, reading: str, faults: Faults) -> Query | None:
    """The query if it may stand there; words side by side as a choice between them."""
    match query:
        case Word(field=field) | Phrase(field=field) | Prefix(field=field) if holds_text(field):
            return query
        case Wildcard(field=field) | Fuzzy(field=field) if holds_text(field):
            return query
        case Near():
            return query
        case Or(items):
            return _choice(items, query.span, operator, reading, faults)
        case Row(items) if not any(isinstance(item, Required | Not) for item in items):
            _refuse(query, operator, "read as a choice between the words", faults)
            return _choice(items, query.span, operator, reading, faults)
        case _:
            _refuse(query, operator, reading, faults)
            return None


def _choice(
    items: tuple[Query, ...], span: Span, operator: Token, reading: str, faults: Faults
) -> Query | None:
    read = [_operand(item, operator, reading, faults) for item in items]
    operands = tuple(operand for operand in read if operand is not None)
    return Or(operands, span) if len(operands) == len(items) else None


def _of_one_field(operands: tuple[Query, ...], operator: Token, reading: str, faults: Faults) -> bool:
    fields = {field for operand in operands for field in _fields(operand)}
    if len(fields) == 1:
        return True
    names = " and ".join(sorted(field or "the whole text" for field in fields))
    part = quoted(_text(operator, faults))
    span = (min(operator.span[0], operands[0].span[0]), max(operator.span[1], operands[-1].span[1]))
    hint = "headline:(dam w/3 flood) looks for both in the headline"
    if None in fields and len(fields) == 2:
        inside = tuple(_in_field(each, max(filter(None, fields))) for each in operands)
        one_field = quoted(print_query(_built(operator, inside, span)), _WIDE)
        hint = f"write {one_field} for all of it in one field"
        reading = f"{reading}; {one_field} is all of it in one field"
    faults.add(span, f"{part} needs words of one field, not of {names}", reading, hint=hint)
    return False


def _in_field(query: Query, field: str) -> Query:
    """The query with every word of it in that field."""
    if isinstance(query, TextLeaf):
        return replace(query, field=field)
    return map_children(query, lambda child: _in_field(child, field))


def _fields(operand: Query) -> Iterator[str | None]:
    if isinstance(operand, TextLeaf):
        yield operand.field
    for child in children(operand):
        yield from _fields(child)


def _chained(query: Query) -> int:
    """How many operators stand in a row."""
    count = 0
    while isinstance(query, Near | NotNear):
        count, query = count + 1, query.left
    return count


def _refuse(query: Query, operator: Token, reading: str, faults: Faults) -> None:
    part, sign = quoted(faults.query[slice(*query.span)]), quoted(_text(operator, faults))
    hint = next((hint for kinds, hint in _HINTS if isinstance(query, kinds)), _JOIN_HINT)
    message = f"{sign} takes a word, a phrase or a choice of them, not {part}"
    faults.add(query.span, message, reading, hint=hint)


def _text(token: Token, faults: Faults) -> str:
    return faults.query[slice(*token.span)]


_JOIN_HINT: Final = "AND joins what is no text: (dam w/3 flood) AND since:2017"
_HINTS: Final = (
    (Row, "quotes make a phrase, OR between words makes a choice"),
    (And, "one operator for each: dam w/3 flood AND dam w/3 rain"),
    (Required | Not, "a sign or NOT goes before the whole in parentheses: -(dam w/3 flood)"),
    (Boosted, "a weight goes behind the whole in parentheses: (dam w/3 flood)^2"),
    (AtLeast, "what is counted goes into the parentheses: atleast3(dam w/5 flood)"),
    (First, "first/50 goes around the whole: first/50(dam w/5 flood)"),
    (NotNear, "one operator for each: dam w/5 flood AND dam NOT w/3 rain"),
)
