"""The plan tree: what an engine runs. Concrete fields of the schema, analysed terms, nothing to interpret.

New syntax lowers to these nodes; a new node is a change of design, for every engine must run it or refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class All:
    """Every article. Scores 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a field. Scored by BM25 (Robertson & Zaragoza, 2009)."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two terms or more of a TEXT field, side by side and in order."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any term of a field that begins so, in the field's unstemmed forms. Scores 1."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class PhrasePrefix:
    """A phrase of a TEXT field whose last word is any word that begins so, as it was written."""

    field: str
    terms: tuple[str, ...]
    prefix: str


@dataclass(frozen=True, slots=True)
class Range:
    """Values of a NUMBER field with ``low <= value < high``; None is an open end. Scores 0."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Bool:
    """All of ``must`` and ``filters``, none of ``must_not``, and, where ``must`` is empty, one of ``should``.

    The score is the sum over ``must`` and ``should``; ``filters`` never change it. A Bool with neither
    ``must`` nor ``should`` matches whatever the rest allows.
    """

    must: tuple[Plan, ...] = ()
    should: tuple[Plan, ...] = ()
    must_not: tuple[Plan, ...] = ()
    filters: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Boost:
    """``child`` with its score times ``factor``."""

    child: Plan
    factor: float


Plan: TypeAlias = All | Nothing | Term | Phrase | Prefix | PhrasePrefix | Range | Bool | Boost


def map_children(plan: Plan, change: Callable[[Plan], Plan]) -> Plan:
    """The same node with ``change`` applied to each child."""
    match plan:
        case Bool():
            groups = (plan.must, plan.should, plan.must_not, plan.filters)
            return Bool(*(tuple(map(change, group)) for group in groups))
        case Boost():
            return replace(plan, child=change(plan.child))
        case _:
            return plan


def positive(plan: Plan) -> Iterator[Plan]:
    """The leaves that a match may owe its score to: nothing under ``must_not`` or ``filters``."""
    match plan:
        case Bool():
            for child in (*plan.must, *plan.should):
                yield from positive(child)
        case Boost():
            yield from positive(plan.child)
        case _:
            yield plan


def scores(plan: Plan) -> bool:
    """Whether any leaf gives a score, so that relevance is an order at all."""
    return not all(isinstance(leaf, All | Range) for leaf in positive(plan))
