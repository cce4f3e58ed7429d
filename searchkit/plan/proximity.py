"""Words near each other, repeated or early → plans: the engine's where it is exact, else a Verify."""

from __future__ import annotations

from itertools import product
from typing import Final

from msgspec import Struct

from searchkit.limits import PAIRS
from searchkit.plan.leaves import FieldLeaves
from searchkit.plan.nodes import Bool, Close, Nothing, Plan, Term, Verify
from searchkit.plan.positions import Alone, Early, Either, Expression, Repeated, Together
from searchkit.query import AtLeast, First, Fuzzy, Near, NotNear, Or, Phrase, Prefix, Query, Wildcard, Word
from searchkit.query.walk import children

WHOLE_ARTICLE: Final = 59_999
"""A distance in words that no two words of one article exceed."""

Positional = Near | NotNear | AtLeast | First


class Proximity(Struct, frozen=True):
    """Positional operators in one field."""

    leaves: FieldLeaves

    def plan(self, query: Positional) -> Plan:
        """What an engine and the verifier run for an operator."""
        match query:
            case Near():
                return self._near(query)
            case NotNear():
                return self._not_near(query)
            case AtLeast(count=count, child=child):
                return self._at_least(count, child)
            case First():
                return self._verified(self.candidates(query), self.expression(query))
        raise AssertionError(query)

    def matches(self, operand: Query) -> Plan:
        """What finds the articles in which an operand has a span."""
        match operand:
            case Or(children=choices):
                return Bool(should=tuple(map(self.matches, choices)))
            case Near() | First():
                return self.plan(operand)
            case _:
                return self.candidates(operand)

    def candidates(self, operand: Query) -> Plan:
        """What finds at least those: the whole is decided on the text, so that its parts need not be."""
        match operand:
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return self.leaves.plan(operand)
            case Or(children=choices):
                return Bool(should=tuple(map(self.candidates, choices)))
            case First(child=child):
                return self.candidates(child)
            case Near():
                plan = self.plan(operand)
                return plan.child if isinstance(plan, Verify) else plan
        raise AssertionError(operand)

    def expression(self, operand: Query) -> Expression:
        """What an operand is in a text."""
        match operand:
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return self.leaves.expression(operand)
            case Or(children=choices):
                return Either(tuple(map(self.expression, choices)))
            case First(count=count, child=child):
                return Early(self.expression(child), count)
            case Near(left=left, right=right, distance=distance, ordered=ordered):
                return Together(self.expression(left), self.expression(right), distance, ordered)
        raise AssertionError(operand)

    def _near(self, query: Near) -> Plan:
        firsts, seconds = self._terms(query.left), self._terms(query.right)
        if isinstance(query.distance, int) and 0 < len(firsts) * len(seconds) <= PAIRS:
            name, distance, ordered = self.leaves.name, query.distance, query.ordered
            pairs = product(firsts, seconds)
            return Bool(should=tuple(Close(name, a, b, distance, ordered) for a, b in pairs))
        both = Bool(must=(self.candidates(query.left), self.candidates(query.right)))
        return self._verified(both, self.expression(query))

    def _not_near(self, query: NotNear) -> Plan:
        """An article without the other word needs no look at its text."""
        left, right = self.candidates(query.left), self.candidates(query.right)
        alone = Alone(self.expression(query.left), self.expression(query.right), query.distance)
        both = self._verified(Bool(must=(left,), filters=(right,)), alone)
        return Bool(should=(Bool(must=(self.matches(query.left),), must_not=(right,)), both))

    def _at_least(self, count: int, child: Query) -> Plan:
        """Twice is two places of the article, which the engine finds; more need a count."""
        if count == 1:
            return self.matches(child)
        candidates = self.candidates(child)
        if len(terms := self._terms(child)) == 1:
            candidates = Close(self.leaves.name, terms[0], terms[0], WHOLE_ARTICLE, ordered=True)
            if count == 2:
                return candidates
        return self._verified(candidates, Repeated(self.expression(child), count))

    def _verified(self, candidates: Plan, expression: Expression) -> Plan:
        return Verify(candidates, self.leaves.name, expression)

    def _terms(self, operand: Query) -> list[str]:
        """The single terms that an operand is a choice of; none if it is anything else."""
        found = []
        for choice in children(operand) if isinstance(operand, Or) else (operand,):
            plan = self.leaves.plan(choice) if isinstance(choice, Word | Phrase) else Nothing()
            if not isinstance(plan, Term):
                return []
            found.append(plan.term)
        return found
