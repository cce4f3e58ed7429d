"""Tokens of one group → tree: precedence climbing.

Loosest to tightest: ``OR``, ``AND``, items side by side, ``w/5`` and its kin; then what stands directly
before one item (``+``, ``-``, ``NOT``, ``field:``, ``atleast3``) or behind it (``^2``). A new operator is a
token, a :class:`Binding` and a branch of ``_joined``; what it may join, :mod:`searchkit.query.operands` says.
"""

from __future__ import annotations

from collections.abc import Set
from enum import IntEnum
from typing import Final

from searchkit.query.ast import (
    And,
    Everything,
    Not,
    Or,
    Query,
    Required,
    Row,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.items import alone, bare, marked, read_operand
from searchkit.query.operands import proximity
from searchkit.query.tokens import MARKS, PROXIMITY, SIGNS, SUFFIXES, Kind, Token


class Binding(IntEnum):
    """How tightly an operator holds its operands together; a row of items has one without a sign."""

    END = 0
    OR = 1
    AND = 2
    ROW = 3
    NEAR = 4


_END: Final = Kind.CLOSE
_BINDINGS: Final = {
    _END: Binding.END,
    Kind.OR: Binding.OR,
    Kind.AND: Binding.AND,
    **dict.fromkeys(PROXIMITY, Binding.NEAR),
}
_TIGHTER: Final = {Binding.OR: Binding.AND, Binding.AND: Binding.ROW, Binding.ROW: Binding.NEAR}
_OPERATORS: Final = PROXIMITY | {Kind.OR, Kind.AND}


def read_expression(tokens: list[Token], faults: Faults) -> Query | None:
    """The tree of what stands in one group; None where nothing is left to search for, as faults tell.

    :raises QueryError: in strict mode.
    """
    query = _Expression(tokens, faults).read(Binding.OR)
    return None if query is None else bare(query)


class _Expression:
    def __init__(self, tokens: list[Token], faults: Faults) -> None:
        self.tokens = tokens
        self.faults = faults
        self.kinds = [*(token.kind for token in tokens), _END]
        self.at = 0

    def read(self, loosest: Binding) -> Query | None:
        """Items held together by operators that bind as tightly as ``loosest`` or more."""
        first = self._item()
        while (binding := self._binding()) >= loosest:
            if binding is Binding.NEAR:
                first = self._near(first)
                continue
            operands = [first]
            while self._binding() is binding:
                operands.append(self._next_operand(binding, operands[-1]))
            first = self._joined(binding, [operand for operand in operands if operand is not None])
        return first

    def _binding(self) -> Binding:
        """How tightly what stands here goes with what is before it."""
        return _BINDINGS.get(self.kinds[self.at], Binding.ROW)

    def _next_operand(self, binding: Binding, before: Query | None) -> Query | None:
        operator = self._take_if(_OPERATORS)
        after = self.read(_TIGHTER[binding])
        if operator is not None:
            self._check_sides(operator, before, after)
        return after

    def _check_sides(self, operator: Token, before: Query | None, after: Query | None) -> None:
        if before is None or after is None:
            side = "before" if before is None else "after"
            self._fault(operator, f"has nothing {side} it", hint="in quotes it is a plain word")

    def _near(self, left: Query | None) -> Query | None:
        """Proximity operators from left to right; what they cannot join is joined by AND."""
        apart: list[Query] = []
        while operator := self._take_if(PROXIMITY):
            right = self._item()
            self._check_sides(operator, left, right)
            if left is None or right is None:
                left = left or right
            elif near := proximity(left, operator, right, self.faults):
                left = near
            elif operator.kind is not Kind.NOT_NEAR:
                apart.append(left)
                left = right
        return self._joined(Binding.AND, [*apart, left]) if left and apart else left

    def _take_if(self, kinds: Set[Kind]) -> Token | None:
        """The token here, if it is one of these."""
        if self.kinds[self.at] not in kinds:
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def _take(self, kinds: Set[Kind]) -> list[Token]:
        """The tokens from here on that are of these."""
        start = self.at
        while self.kinds[self.at] in kinds:
            self.at += 1
        return self.tokens[start : self.at]

    def _item(self) -> Query | None:
        """A word, phrase or group, with what stands directly before and behind it."""
        marks = self._take(MARKS)
        item = self._operand()
        suffixes = self._take(SUFFIXES)
        return self._with(marks, item, suffixes) if marks or suffixes else item

    def _with(self, marks: list[Token], item: Query | None, suffixes: list[Token]) -> Query | None:
        """A field and ``atleast3`` hold tighter than the weight behind, a sign looser: ``-atleast3(x)^2``."""
        if len(marks) > 1:
            self._check_nots(marks)
            marks = self._with_one_field(marks)
        tight = len(marks)
        while tight and marks[tight - 1].kind not in SIGNS:
            tight -= 1
        for mark in (*reversed(marks[tight:]), *suffixes, *reversed(marks[:tight])):
            item = alone(mark, self.faults) if item is None else marked(mark, item, self.faults)
        return item

    def _check_nots(self, marks: list[Token]) -> None:
        nots = [mark for mark in marks if mark.kind in (Kind.NOT, Kind.MINUS)]
        for first, second in zip(nots[::2], nots[1::2], strict=False):
            span = (first.span[0], second.span[1])
            hint = "one NOT leaves out; without any, the word is searched for"
            part = quoted(self.faults.query[slice(*span)])
            self.faults.add(span, f"{part}: two NOTs cancel each other", "read as neither", hint=hint)

    def _with_one_field(self, marks: list[Token]) -> list[Token]:
        fields = [mark for mark in marks if mark.kind is Kind.FIELD]
        for outer in fields[:-1]:
            self._fault(outer, "stands before another field", hint="one field is enough: the last one holds")
        return [mark for mark in marks if mark.kind is not Kind.FIELD or mark is fields[-1]]

    def _operand(self) -> Query | None:
        if self._binding() is not Binding.ROW or self.kinds[self.at] in SUFFIXES:
            return None
        self.at += 1
        return read_operand(self.tokens[self.at - 1])

    def _joined(self, binding: Binding, operands: list[Query]) -> Query | None:
        if binding is Binding.ROW:
            operands = self._without_stars(operands)
        if len(operands) < 2:
            return operands[0] if operands else None
        span = (operands[0].span[0], operands[-1].span[1])
        match binding:
            case Binding.OR:
                return Or(tuple(map(bare, operands)), span)
            case Binding.AND:
                return And(tuple(map(bare, operands)), span)
            case _:
                return Row(tuple(operands), span)

    def _without_stars(self, items: list[Query]) -> list[Query]:
        """In a row of words any of which may do, one ``*`` would find every article."""
        stars = [item for item in items if type(item) is Everything]
        if not stars:
            return items
        free = [item for item in items if not isinstance(item, Required | Not)]
        if len(free) == 1:
            return items
        spare = stars if len(stars) < len(free) else stars[1:]
        for star in spare:
            self.faults.add(
                star.span, "'*' beside other words", hint="elect* finds words that begin with elect"
            )
        return [item for item in items if all(item is not star for star in spare)]

    def _fault(self, token: Token, message: str, *, hint: str) -> None:
        part = quoted(self.faults.query[slice(*token.span)])
        self.faults.add(token.span, f"{part} {message}", hint=hint)
