"""What is found: by the engine, in a text, of a query; plain values, of which results are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from msgspec import Struct

Handle: TypeAlias = Any
"""An article's place in one snapshot: only the engine that gave it can read it."""
Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Half-open ranges of characters, in order, never overlapping."""


class RawHit(Struct, frozen=True):
    """One match. ``key`` is its score or, where sorted by date, its instant (None: undated)."""

    handle: Handle
    key: float | None


class Found(Struct, frozen=True):
    """The best matches in engine order, and the number of all."""

    hits: Sequence[RawHit]
    total: int


class Snippet(Struct, frozen=True):
    """A passage of an article and the spans of it that the query found, in characters of ``text``."""

    field: str
    text: str
    highlights: Spans = ()


class Contribution(Struct, frozen=True):
    """What one part of a query adds to a hit's score: ``score`` is BM25's figure times ``weight``.

    ``reason`` is ``word`` for what the query says, ``pair`` for its words near each other, ``feedback`` for
    words of the best hits, and ``recency`` for what an article's age takes away.
    """

    words: str
    field: str
    weight: float
    score: float
    reason: str = "word"


class OpenWord(Struct, frozen=True):
    """What a prefix, wildcard or fuzzy word stands for: ``count`` words of the index, more if not ``exact``.

    ``typed`` is as a query writes it; ``words`` are the most frequent, each with the number of its articles.
    """

    typed: str
    words: tuple[tuple[str, int], ...]
    count: int
    exact: bool
