"""What stands on the sides of ``w/5``, and in ``atleast3(…)`` and ``first/50(…)``: words of one field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from searchkit.limits import CHAIN
from searchkit.query.ast import (
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
from searchkit.query.tokens import Kind, Token
from searchkit.query.walk import children


def proximity(left: Query, operator: Token, right: Query, faults: Faults) -> Query | None:
    """``left`` near ``right``, or None where that cannot be said: lenient mode reads AND.

    :raises QueryError: in strict mode.
    """
    reading = "read as AND"
    first = _operand(left, operator, reading, faults)
    second = _operand(right, operator, reading, faults)
    if first is None or second is None or not _of_one_field((first, second), operator, reading, faults):
        return None
    if _chained(first) >= CHAIN:
        message = f"more than {CHAIN} operators such as {quoted(_text(operator, faults))} in a row"
        faults.add(operator.span, message, reading)
        return None
    return _joined(first, operator, second)


def counted(mark: Token, item: Query, span: Span, faults: Faults) -> Query:
    """``atleast3`` or ``first/50`` with its item; the item alone where that cannot be said.

    :raises QueryError: in strict mode.
    """
    reading = f"read without {quoted(_text(mark, faults))}"
    child = _operand(item, mark, reading, faults)
    if child is None or not _of_one_field((child,), mark, reading, faults):
        return item
    node = AtLeast if mark.kind is Kind.ATLEAST else First
    return node(int(mark.number), child, span)


def _joined(left: Query, operator: Token, right: Query) -> Query:
    distance = _distance(operator)
    span = (left.span[0], right.span[1])
    if operator.kind is Kind.NOT_NEAR:
        return NotNear(left, right, distance, span)
    return Near(left, right, distance, operator.kind is Kind.PRE, span)


def _distance(operator: Token) -> int | Literal["s", "p"]:
    match operator.text:
        case "s" | "p" as unit:
            return unit
        case _:
            return int(operator.number)


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
    faults.add(span, f"{part} needs words of one field, not of {names}", reading, hint)
    return False


def _fields(operand: Query) -> Iterator[str | None]:
    if isinstance(operand, Word | Phrase | Prefix | Wildcard | Fuzzy):
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
    match query:
        case Required() | Not():
            hint = "a sign or NOT goes before the whole in parentheses: -(dam w/3 flood)"
        case Boosted():
            hint = "a weight goes behind the whole in parentheses: (dam w/3 flood)^2"
        case _:
            hint = "quotes make a phrase, OR between words makes a choice"
    faults.add(query.span, f"{sign} takes a word, a phrase or a choice of them, not {part}", reading, hint)


def _text(token: Token, faults: Faults) -> str:
    return faults.query[slice(*token.span)]
