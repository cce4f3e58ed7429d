"""Fewer candidates for what is decided on the text: those in which an engine finds its words near each other.

An engine knows where stems stand, not forms: a stem stands for each of its forms, so that nothing that holds
is left out, and the text decides the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from msgspec import Struct

from searchkit import schema
from searchkit.analysis import analyzer
from searchkit.engines.base import Snapshot
from searchkit.limits import PAIRS
from searchkit.plan import Bool, Close, Nothing, Plan
from searchkit.plan.positions import (
    Chain,
    Early,
    Either,
    Expression,
    Form,
    Repeated,
    Stem,
    Together,
    whole_form,
)


class Narrowing(Struct, frozen=True):
    """What the words of a field in one snapshot make of expressions."""

    snapshot: Snapshot
    language: str
    field: str

    def filters(self, expression: Expression) -> tuple[Plan, ...]:
        """What every text with a span of ``expression`` matches, as far as it is cheap to say."""
        return tuple(self._filters(expression))

    def _filters(self, expression: Expression) -> Iterator[Plan]:
        match expression:
            case Repeated(item=item) | Early(item=item):
                yield from self._filters(item)
            case Together(left, right, int() as distance, ordered):
                yield from self._close(left, right, distance, ordered=ordered)
            case Chain(items, slop):
                for first, second in pairwise(items):
                    yield from self._close(first, second, slop + 1, ordered=True)

    def _close(self, left: Expression, right: Expression, distance: int, *, ordered: bool) -> Iterator[Plan]:
        firsts, seconds = self._terms(left), self._terms(right)
        if firsts is None or seconds is None or len(firsts) * len(seconds) > PAIRS:
            return
        pairs = [Close(self.field, a, b, distance, ordered) for a, b in product(firsts, seconds)]
        yield Bool(should=tuple(pairs)) if pairs else Nothing()

    def _terms(self, expression: Expression) -> list[str] | None:
        """The terms of which a one-word span of ``expression`` is one; None if they are many or not known."""
        match expression:
            case Stem(term):
                return [term]
            case Form():
                return self._stems(expression)
            case Either(choices):
                found = [self._terms(choice) for choice in choices]
                known = [terms for terms in found if terms is not None]
                return sorted(set().union(*known)) if len(known) == len(found) else None
            case _:
                return None

    def _stems(self, form: Form) -> list[str] | None:
        if not (beginning := form.beginning):
            return None
        words = self.snapshot.vocabulary(schema.forms_field(self.field), beginning)
        whole = whole_form(form.pattern)
        forms = [word for word, _ in words if whole(word)]
        if len(forms) > PAIRS**2:
            return None
        analyse = analyzer(schema.BY_NAME[self.field].analyzer, self.language).word
        return sorted({term for word in forms for term in analyse(word)})
