"""What is asked of every engine alike: words and phrases, each wanted, needed or shut out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from searchkit.analysis import words

Words: TypeAlias = tuple[str, ...]
"""One word in lower case, or several for a phrase."""

_PART: Final = re.compile(r'([+-]?)(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, slots=True)
class Question:
    """Each ``all_of`` must occur and no ``none_of`` may; of ``any_of``, one must if nothing else must.

    Phrases are words in that order, next to each other. Signs beyond these mean something to one engine and
    nothing to another, so that only runs of letters and digits are words.
    """

    any_of: tuple[Words, ...] = ()
    all_of: tuple[Words, ...] = ()
    none_of: tuple[Words, ...] = ()

    @property
    def kind(self) -> str:
        """``any``, ``all``, ``phrase`` (one alone) or ``mixed``."""
        match self:
            case Question(any_of=(one,), all_of=(), none_of=()) if len(one) > 1:
                return "phrase"
            case Question(all_of=(), none_of=()) if max(map(len, self.any_of)) == 1:
                return "any"
            case Question(any_of=(), none_of=()) if max(map(len, self.all_of)) == 1:
                return "all"
        return "mixed"

    def __str__(self) -> str:
        signed = (("", self.any_of), ("+", self.all_of), ("-", self.none_of))
        return " ".join(f"{sign}{quoted(part)}" for sign, parts in signed for part in parts)


def question(text: str) -> Question | None:
    """The question that a text asks in the signs that most engines share: ``word +word -word "a phrase"``.

    None if nothing is left to look for.
    """
    found: dict[str, dict[Words, None]] = {"": {}, "+": {}, "-": {}}
    for sign, phrase, word in _PART.findall(text):
        run = tuple(words((phrase or word).lower()))
        parts = ([run] if run else []) if phrase else [(each,) for each in run]
        found[sign] |= dict.fromkeys(parts)
    asked = Question(*(tuple(found[sign]) for sign in ("", "+", "-")))
    return asked if asked.any_of or asked.all_of else None


def quoted(part: Words) -> str:
    """The words as a query has them: a phrase in quotes."""
    return part[0] if len(part) == 1 else f'"{" ".join(part)}"'
