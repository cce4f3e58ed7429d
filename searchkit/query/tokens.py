"""What the lexer finds and the parser reads: tokens with their places."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from msgspec import Struct

from searchkit.query.ast import Query, Span


class Kind(Enum):
    """What a token is."""

    __hash__ = object.__hash__  # Enum's own is a call into Python, and tokens are looked up in sets

    WORD = auto()
    PHRASE = auto()
    OPEN_PHRASE = auto()
    """A phrase whose last word is only a beginning."""
    GAPPED_PHRASE = auto()
    """A phrase with signs for letters in its words."""
    PREFIX = auto()
    WILDCARD = auto()
    FUZZY = auto()
    STAR = auto()
    EMPTY = auto()
    """Something that stands where a word could, and was found to be a fault."""
    FIELD = auto()
    ATLEAST = auto()
    FIRST = auto()
    PLUS = auto()
    MINUS = auto()
    NOT = auto()
    WEIGHT = auto()
    """``^2``, behind what it is about."""
    FIRST_BEHIND = auto()
    """``/F50/``, behind what it is about."""
    NEAR = auto()
    PRE = auto()
    NOT_NEAR = auto()
    AND = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()
    GROUP = auto()
    """What stands between parentheses, read."""


class Token(Struct, frozen=True):
    """``text`` is what is meant: a word without escapes, a phrase without quotes, a field's own name.

    ``number`` is the letters of a fuzzy word, the slop of a phrase, the words of a proximity operator (its
    ``text`` is ``s`` or ``p`` if it counts none), the count of ``atleast3`` and ``first/50``, and a weight.
    ``group`` is what a group says.
    """

    kind: Kind
    text: str
    span: Span
    number: float = 0
    group: Query | None = None


SIGNS: Final = frozenset({Kind.PLUS, Kind.MINUS, Kind.NOT})
MARKS: Final = SIGNS | {Kind.FIELD, Kind.ATLEAST, Kind.FIRST}
"""What stands before an item and says something about it."""
SUFFIXES: Final = frozenset({Kind.WEIGHT, Kind.FIRST_BEHIND})
"""What stands behind one."""
PROXIMITY: Final = frozenset({Kind.NEAR, Kind.PRE, Kind.NOT_NEAR})
PARENTHESES: Final = frozenset({Kind.OPEN, Kind.CLOSE})
PHRASES: Final = frozenset({Kind.PHRASE, Kind.OPEN_PHRASE, Kind.GAPPED_PHRASE})
OPERANDS: Final = PHRASES | {Kind.WORD, Kind.PREFIX, Kind.WILDCARD, Kind.FUZZY, Kind.STAR}
QUOTES: Final = '"“”„‟«»'
NAME: Final = r"[^\W\d][\w.\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0900-\u0dff\u0e00-\u0e7f-]*"
"""The name of a field, as a regular expression. Signs upon letters are no letters to Python: accents that
stand apart, and the vowels of Hebrew, Arabic, the scripts of India and Thai."""
OPEN: Final = frozenset({Kind.PREFIX, Kind.WILDCARD, Kind.FUZZY, Kind.OPEN_PHRASE, Kind.GAPPED_PHRASE})
"""What stands for many words."""
GAPPED: Final = frozenset({Kind.WILDCARD, Kind.FUZZY, Kind.GAPPED_PHRASE})
"""Those of them that begin in many ways."""
POSITIONALS: Final = frozenset(
    {Kind.NEAR, Kind.PRE, Kind.NOT_NEAR, Kind.ATLEAST, Kind.FIRST, Kind.FIRST_BEHIND}
)
"""What needs the places of words."""
