"""Tokens without parentheses → tree: precedence climbing.

Loosest to tightest: ``OR``, ``AND``, items side by side, and then ``+``, ``-``, ``NOT`` and ``field:``
before one item. A new operator is a token, a :class:`Binding` and a branch of ``_joined``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from enum import IntEnum
from typing import Final, TypeAlias

from searchkit.dates import parse_range
from searchkit.errors import InvalidDate
from searchkit.query.ast import (
    And,
    Dated,
    Everything,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Span,
    Word,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.lexer import MARKS, Kind, Token
from searchkit.query.walk import map_children

Part: TypeAlias = Token | Query
"""A token, or a group that has been read."""


class Binding(IntEnum):
    """How tightly an operator holds its operands together; a row of items has one without a sign."""

    OR = 1
    AND = 2
    ROW = 3


_BINDINGS: Final = {Kind.OR: Binding.OR, Kind.AND: Binding.AND}
_DATES: Final = "published"
_NO_SPACE: Final = "write what to search for directly after the colon: headline:dam"


def read_expression(parts: list[Part], faults: Faults) -> Query | None:
    """The tree of what stands in one group; None where nothing is left to search for, as faults tell.

    :raises QueryError: in strict mode.
    """
    query = _Expression(parts, faults).read(Binding.OR)
    return None if query is None else _bare(query)


class _Expression:
    def __init__(self, parts: list[Part], faults: Faults) -> None:
        self.parts = parts
        self.faults = faults
        self.at = 0

    def read(self, loosest: Binding) -> Query | None:
        """Items held together by operators that bind as tightly as ``loosest`` or more."""
        first = self._item()
        while (binding := self._binding()) is not None and binding >= loosest:
            operands = [first]
            while self._binding() is binding:
                operands.append(self._next_operand(binding, operands[-1]))
            first = self._joined(binding, [operand for operand in operands if operand is not None])
        return first

    def _binding(self) -> Binding | None:
        """How tightly what stands here goes with what is before it; None at the end."""
        if self.at == len(self.parts):
            return None
        part = self.parts[self.at]
        return _BINDINGS.get(part.kind, Binding.ROW) if isinstance(part, Token) else Binding.ROW

    def _next_operand(self, binding: Binding, before: Query | None) -> Query | None:
        if binding is Binding.ROW:
            return self._item()
        operator = self._take_if(_BINDINGS.keys())
        after = self.read(Binding(binding + 1))
        if operator is not None and (before is None or after is None):
            side = "before" if before is None else "after"
            self._fault(operator, f"has nothing {side} it", hint="in quotes it is a plain word")
        return after

    def _take_if(self, kinds: Collection[Kind]) -> Token | None:
        """The token here, if it is one of these."""
        part = self.parts[self.at] if self.at < len(self.parts) else None
        if not isinstance(part, Token) or part.kind not in kinds:
            return None
        self.at += 1
        return part

    def _item(self) -> Query | None:
        """A word, phrase or group, with the signs and fields before it."""
        marks: list[Token] = []
        while mark := self._take_if(MARKS):
            marks.append(mark)
        item = self._operand()
        for mark in reversed(self._with_one_field(marks)):
            item = self._nothing_after(mark) if item is None else self._marked(mark, item)
        return item

    def _with_one_field(self, marks: list[Token]) -> list[Token]:
        fields = [mark for mark in marks if mark.kind is Kind.FIELD]
        for outer in fields[:-1]:
            self._fault(outer, "stands before another field")
        return [mark for mark in marks if mark.kind is not Kind.FIELD or mark is fields[-1]]

    def _operand(self) -> Query | None:
        if self._binding() is not Binding.ROW:
            return None
        part = self.parts[self.at]
        self.at += 1
        if not isinstance(part, Token):
            return part
        match part.kind:
            case Kind.WORD:
                return Word(part.text, span=part.span)
            case Kind.PHRASE:
                return Phrase(part.text, span=part.span)
            case Kind.PREFIX:
                return Prefix(part.text, span=part.span)
            case Kind.STAR:
                return Everything(part.span)
            case _:
                return None

    def _nothing_after(self, mark: Token) -> Query | None:
        if mark.kind is Kind.FIELD:
            self._fault(mark, "has nothing after it", "read as a plain word", _NO_SPACE)
            return Word(self._text(mark)[:-1], span=mark.span)
        self._fault(mark, "has nothing after it")
        return None

    def _marked(self, mark: Token, item: Query) -> Query:
        """The item with what stands before it. An exclusion holds anyway: ``+`` adds nothing to it."""
        span = (mark.span[0], item.span[1])
        match mark.kind:
            case Kind.FIELD:
                if item.span[0] > mark.span[1]:
                    reading = f"what follows is searched in {mark.text}"
                    self._fault(mark, "has nothing directly after it", reading, _NO_SPACE)
                return replace(self._within(mark.text, item), span=span)
            case Kind.PLUS if isinstance(item, Required | Not):
                return replace(item, span=span)
            case Kind.PLUS:
                return Required(item, span)
            case _:
                return _negated(item, span)

    def _within(self, field: str, query: Query) -> Query:
        """The query with its field pushed down to the leaves; a field further inside holds."""
        match query:
            case Word(field=None) | Phrase(field=None) | Prefix(field=None):
                return self._dated(query) if field == _DATES else replace(query, field=field)
            case Everything():
                self.faults.add(query.span, f"'*' alone in the field {field} is not supported yet")
                return query
            case _:
                return map_children(query, lambda child: self._within(field, child))

    def _dated(self, leaf: Word | Phrase | Prefix) -> Query:
        text = f"{leaf.text}*" if isinstance(leaf, Prefix) else leaf.text
        try:
            parse_range(text, date.today())
        except InvalidDate as error:
            self.faults.add(leaf.span, error.message, "read as plain words", error.hint)
            return leaf
        return Dated(text, _DATES, leaf.span)

    def _joined(self, binding: Binding, operands: list[Query]) -> Query | None:
        if binding is Binding.ROW:
            operands = self._without_stars(operands)
        if len(operands) < 2:
            return operands[0] if operands else None
        span = (operands[0].span[0], operands[-1].span[1])
        match binding:
            case Binding.OR:
                return Or(tuple(map(_bare, operands)), span)
            case Binding.AND:
                return And(tuple(map(_bare, operands)), span)
            case Binding.ROW:
                return Row(tuple(operands), span)

    def _without_stars(self, items: list[Query]) -> list[Query]:
        """In a row of words any of which may do, one ``*`` would find every article."""
        free = [item for item in items if not isinstance(item, Required | Not)]
        stars = [item for item in free if isinstance(item, Everything)]
        if len(free) == 1 or not stars:
            return items
        spare = stars if len(stars) < len(free) else stars[1:]
        for star in spare:
            self.faults.add(
                star.span, "'*' beside other words", hint="elect* finds words that begin with elect"
            )
        return [item for item in items if all(item is not star for star in spare)]

    def _text(self, token: Token) -> str:
        return self.faults.query[slice(*token.span)]

    def _fault(self, token: Token, message: str, reading: str = "ignored", hint: str = "") -> None:
        self.faults.add(token.span, f"{quoted(self._text(token))} {message}", reading, hint)


def _bare(query: Query) -> Query:
    """``+a`` says something only beside others in a row."""
    return replace(query.child, span=query.span) if isinstance(query, Required) else query


def _negated(query: Query, span: Span) -> Query:
    """Twice not is nothing said."""
    query = _bare(query)
    return replace(query.child, span=span) if isinstance(query, Not) else Not(query, span)
