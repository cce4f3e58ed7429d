"""The query tree: what the reader said, before any engine, index or analyzer has seen it.

Text stands as typed (``O'Brien``, ``U.S.``); what it means in an index is decided by
:mod:`searchkit.plan.lower`. ``field`` is the field's canonical name, or None for a bare word.
``span`` is the half-open range of characters in the query, kept for messages and left out of
comparisons.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import astuple

Span: TypeAlias = tuple[int, int]


class Node(Struct, frozen=True, eq=False):
    """What all nodes have in common: equal are those that say the same, wherever they stand in a query.

    A subclass ends with its ``span``.
    """

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and astuple(other)[:-1] == astuple(self)[:-1]

    def __hash__(self) -> int:
        return hash((type(self), *astuple(self)[:-1]))

    def __repr__(self) -> str:
        names, values = self.__struct_fields__[:-1], astuple(self)
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(names, values, strict=False))
        return f"{type(self).__name__}({shown})"


class Everything(Node, frozen=True):
    """Every article: an empty query, or ``*``."""

    span: Span = (0, 0)


class Word(Node, frozen=True):
    """One word as typed: ``Ghouta``, ``al-Assad’s``, ``headline:Syria``."""

    text: str
    field: str | None = None
    span: Span = (0, 0)


class Phrase(Node, frozen=True):
    """Words in quotes, in order: ``"Middle East"``, and ``"Middle East"~3`` with up to three words between.

    ``text`` is what stands between the quotes; ``slop`` the words that may stand between its first and last
    beside its own. With ``open_end`` the last word is only the beginning of one: ``"rebel held*"``. With
    ``gaps`` the signs in its words are those of :class:`Prefix` and :class:`Wildcard`: ``"oil* pr?ce"``.
    """

    text: str
    field: str | None = None
    slop: int = 0
    open_end: bool = False
    gaps: bool = False
    span: Span = (0, 0)


class Prefix(Node, frozen=True):
    """The beginning of a word: ``elect*``. ``text`` is without the star."""

    text: str
    field: str | None = None
    span: Span = (0, 0)


class Wildcard(Node, frozen=True):
    """A word with gaps: ``?`` is one character, ``*`` any number: ``wom?n``, ``*gate``, ``col*r``."""

    text: str
    field: str | None = None
    span: Span = (0, 0)


class Fuzzy(Node, frozen=True):
    """A word or one spelt much like it: ``distance`` letters, 1 or 2, are added, lost, changed or swapped."""

    text: str
    distance: int = 1
    field: str | None = None
    span: Span = (0, 0)


class Exists(Node, frozen=True):
    """Articles that have a field at all: ``exists:byline``."""

    field: str
    span: Span = (0, 0)


class Compare(Node, frozen=True):
    """A whole number within bounds, both included, None if open: ``words:>1200``, ``words:100..200``."""

    field: str
    low: int | None
    high: int | None
    span: Span = (0, 0)


class Dated(Node, frozen=True):
    """Articles published at a date or within a range: ``published:2017-12-01..2017-12-31``.

    ``text`` is kept as typed, so that ``published:yesterday`` in a saved query means the day before it runs.
    """

    text: str
    field: str
    span: Span = (0, 0)


class Required(Node, frozen=True):
    """``+x`` in a row of words: x must occur."""

    child: Query
    span: Span = (0, 0)


class Not(Node, frozen=True):
    """``-x`` or ``NOT x``: articles with x are left out."""

    child: Query
    span: Span = (0, 0)


class Row(Node, frozen=True):
    """Items side by side without an operator: any or all of them, as the request says.

    :class:`Required` and :class:`Not` items hold either way.
    """

    items: tuple[Query, ...]
    span: Span = (0, 0)


class And(Node, frozen=True):
    """All of them: ``a AND b``."""

    children: tuple[Query, ...]
    span: Span = (0, 0)


class Or(Node, frozen=True):
    """At least one of them: ``a OR b``."""

    children: tuple[Query, ...]
    span: Span = (0, 0)


class Near(Node, frozen=True):
    """Both, close to each other in one part of an article: ``a w/5 b``, in order ``a pre/5 b``.

    ``distance`` counts words: neighbours are at distance 1. ``"s"`` and ``"p"`` stand for the same sentence
    and the same paragraph. The operands are leaves, :class:`Or` of operands, or :class:`Near`.
    """

    left: Query
    right: Query
    distance: int | Literal["s", "p"]
    ordered: bool = False
    span: Span = (0, 0)


class NotNear(Node, frozen=True):
    """``a NOT w/5 b``: a somewhere that has no b within that distance, whether or not others have."""

    left: Query
    right: Query
    distance: int | Literal["s", "p"]
    span: Span = (0, 0)


class AtLeast(Node, frozen=True):
    """``atleast3(x)``: x stands in the article three times or more.

    x is what :class:`Near` takes, or :class:`First`: three times among the first 50 words.
    """

    count: int
    child: Query
    span: Span = (0, 0)


class First(Node, frozen=True):
    """``first/50(x)``: x stands among the first 50 words. x is what :class:`Near` takes."""

    count: int
    child: Query
    span: Span = (0, 0)


class Boosted(Node, frozen=True):
    """``x^2``: x counts twice as much."""

    child: Query
    factor: float
    span: Span = (0, 0)


Leaf: TypeAlias = Everything | Word | Phrase | Prefix | Wildcard | Fuzzy | Dated | Exists | Compare
Query: TypeAlias = Leaf | Required | Not | Row | And | Or | Near | NotNear | AtLeast | First | Boosted
