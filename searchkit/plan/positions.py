"""Expressions over the positions of words in a text, for what no engine can decide.

Where an expression stands in a text, :mod:`searchkit.plan.spans` finds out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from searchkit.regex import regex

Distance: TypeAlias = int | Literal["s", "p"]


class Stem(Struct, frozen=True):
    """A word of that analysed term."""

    term: str


class Form(Struct, frozen=True):
    """A word whose folded form matches a :func:`wildcard_regex` as a whole."""

    pattern: str

    @property
    def beginning(self) -> str:
        """The letters that every such form begins with."""
        literal = _LITERAL.match(self.pattern)
        return _ESCAPE.sub(r"\1", literal[0]) if literal else ""


class Alike(Struct, frozen=True):
    """A word whose folded form is ``form`` but for so many edits."""

    form: str
    edits: int


class Chain(Struct, frozen=True):
    """All in this order, with at most ``slop`` other words between them in all."""

    items: tuple[Expression, ...]
    slop: int = 0


class Either(Struct, frozen=True):
    """Any one of them."""

    choices: tuple[Expression, ...]


class Together(Struct, frozen=True):
    """Both, apart from each other by at most ``distance`` words, or in one sentence or paragraph."""

    left: Expression
    right: Expression
    distance: Distance
    ordered: bool = False


class Alone(Struct, frozen=True):
    """``left`` where no ``right`` is together with it."""

    left: Expression
    right: Expression
    distance: Distance


class Repeated(Struct, frozen=True):
    """``item``, if the text has it ``count`` times or more."""

    item: Expression
    count: int


class Early(Struct, frozen=True):
    """``item`` among the first ``count`` words of the text, its parts taken one after the other."""

    item: Expression
    count: int


Expression: TypeAlias = Stem | Form | Alike | Chain | Either | Together | Alone | Repeated | Early


def wildcard_regex(pattern: str) -> str:
    """The regular expression of a pattern of ``*`` and ``?``."""
    signs = {"*": ".*", "?": "."}
    return "".join(signs.get(char) or re.escape(char) for char in pattern)


@lru_cache(maxsize=1_000)
def whole_form(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Matches a word as a whole with a :func:`wildcard_regex`, in a time that goes with its letters.

    Each star takes the least that lets the next letters follow, and is not asked again: that is enough, and
    with four of them ``.*`` would try a word of a thousand letters a billion times.
    """
    first, *others = pattern.split(".*")
    steps = [f"(?=(?P<s{n}>.*?{piece}))(?P=s{n})" for n, piece in enumerate(others[:-1])]
    return re.compile("".join([first, *steps, *(f".*{piece}" for piece in others[-1:])])).fullmatch


_LITERAL = regex(r"(?:\\.|[^\\.])*", re.DOTALL)
_ESCAPE = regex(r"\\(.)", re.DOTALL)
