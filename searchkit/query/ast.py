"""The query tree: what the reader said, before any engine, index or analyzer has seen it.

Text stands as typed (``O'Brien``, ``U.S.``); what it means in an index is decided by
:mod:`searchkit.plan.lower`. ``field`` is the field's canonical name, or None for a bare word.
``span`` is the half-open range of characters in the query, kept for messages and left out of
comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


def _span() -> Span:
    return field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article: an empty query, or ``*``."""

    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed: ``Ghouta``, ``al-Assad’s``, ``headline:Syria``."""

    text: str
    field: str | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes, side by side and in order: ``"Middle East"``. ``text`` is what stands between."""

    text: str
    field: str | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word: ``elect*``. ``text`` is without the star."""

    text: str
    field: str | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Dated:
    """Articles published at a date or within a range: ``published:2017-12-01..2017-12-31``.

    ``text`` is kept as typed, so that ``published:yesterday`` in a saved query means the day before it runs.
    """

    text: str
    field: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Required:
    """``+x`` in a row of words: x must occur."""

    child: Query
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Not:
    """``-x`` or ``NOT x``: articles with x are left out."""

    child: Query
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Row:
    """Items side by side without an operator: any or all of them, as the request says.

    :class:`Required` and :class:`Not` items hold either way.
    """

    items: tuple[Query, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class And:
    """All of them: ``a AND b``."""

    children: tuple[Query, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them: ``a OR b``."""

    children: tuple[Query, ...]
    span: Span = _span()


Query: TypeAlias = Everything | Word | Phrase | Prefix | Dated | Required | Not | Row | And | Or
