"""The plan tree: what an engine runs. Concrete fields of the schema, analysed terms, nothing to interpret.

New syntax lowers to these nodes; a new node is a change of design, for every engine must run it or refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from searchkit.plan.positions import Expression


class All(Struct, frozen=True):
    """Every article. Scores 0."""


class Nothing(Struct, frozen=True):
    """No article."""


class Term(Struct, frozen=True):
    """One term of a field. Scored by BM25 (Robertson & Zaragoza, 2009)."""

    field: str
    term: str


class Phrase(Struct, frozen=True):
    """Two terms or more of a TEXT field, side by side and in order."""

    field: str
    terms: tuple[str, ...]


class Prefix(Struct, frozen=True):
    """Any term of a field that begins so, in the field's unstemmed forms. Scores 1."""

    field: str
    prefix: str


class PhrasePrefix(Struct, frozen=True):
    """A phrase of a TEXT field whose last word is any word that begins so, as it was written."""

    field: str
    terms: tuple[str, ...]
    prefix: str


class Wildcard(Struct, frozen=True):
    """Any term of a field that a pattern of ``*`` (any letters) and ``?`` (one) matches. Scores 1."""

    field: str
    pattern: str


class Fuzzy(Struct, frozen=True):
    """Any term of a field at most ``edits`` edits (letters added, lost, changed, swapped) away. Scores 1."""

    field: str
    term: str
    edits: int


class Close(Struct, frozen=True):
    """Two terms of a TEXT field, at most ``distance`` words apart, or in this order if ``ordered``."""

    field: str
    first: str
    second: str
    distance: int
    ordered: bool


class OneOf(Struct, frozen=True):
    """Any of these terms. Scores 0."""

    field: str
    terms: tuple[str, ...]


class Present(Struct, frozen=True):
    """Articles that have the field. Scores 0."""

    field: str


class Range(Struct, frozen=True):
    """Values of a NUMBER field with ``low <= value < high``; None is an open end. Scores 0."""

    field: str
    low: int | None
    high: int | None


class Bool(Struct, frozen=True):
    """All of ``must`` and ``filters``, none of ``must_not``, and, where ``must`` is empty, one of ``should``.

    ``least`` asks for more than one of ``should``, whatever else there is. The score is the sum over ``must``
    and ``should``; ``filters`` never change it. A Bool with neither ``must`` nor ``should`` matches whatever
    the rest allows.
    """

    must: tuple[Plan, ...] = ()
    should: tuple[Plan, ...] = ()
    must_not: tuple[Plan, ...] = ()
    filters: tuple[Plan, ...] = ()
    least: int = 1


class Boost(Struct, frozen=True):
    """``child`` with its score times ``factor``."""

    child: Plan
    factor: float


class Verify(Struct, frozen=True):
    """Those matches of ``child`` whose text in ``field`` has a span of ``expression``; scored as ``child``.

    No engine runs it: :mod:`searchkit.engines.verify` looks at the texts and puts what it found in its place.
    """

    child: Plan
    field: str
    expression: Expression


Scored: TypeAlias = Term | Phrase | Prefix | PhrasePrefix | Wildcard | Fuzzy | Close
"""The leaves that look for words."""
Unscored: TypeAlias = All | Nothing | OneOf | Present | Range
Plan: TypeAlias = Scored | Unscored | Bool | Boost | Verify


def map_children(plan: Plan, change: Callable[[Plan], Plan]) -> Plan:
    """The same node with ``change`` applied to each child."""
    match plan:
        case Bool():
            must, should = tuple(map(change, plan.must)), tuple(map(change, plan.should))
            must_not, filters = tuple(map(change, plan.must_not)), tuple(map(change, plan.filters))
            return Bool(must, should, must_not, filters, plan.least)
        case Boost():
            return Boost(change(plan.child), plan.factor)
        case Verify():
            return replace(plan, child=change(plan.child))
        case _:
            return plan


def walk(plan: Plan) -> list[Plan]:
    """The node and all below it, level by level."""
    found = [plan]
    for node in found:  # it grows meanwhile
        if type(node) is Bool:
            found += node.must + node.should + node.must_not + node.filters
        elif type(node) is Boost or type(node) is Verify:
            found.append(node.child)
    return found


def positive(plan: Plan) -> Iterator[Plan]:
    """The leaves that a match may owe its score to: nothing under ``must_not`` or ``filters``."""
    match plan:
        case Bool():
            for child in (*plan.must, *plan.should):
                yield from positive(child)
        case Boost() | Verify():
            yield from positive(plan.child)
        case _:
            yield plan


def scores(plan: Plan) -> bool:
    """Whether any leaf gives a score, so that relevance is an order at all."""
    match plan:
        case Term():
            return True
        case Bool():
            return any(map(scores, plan.must)) or any(map(scores, plan.should))
        case Boost() | Verify():
            return scores(plan.child)
        case _:
            return not isinstance(plan, _SILENT)


_SILENT: Final = (All, OneOf, Present, Range)
