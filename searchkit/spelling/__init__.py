"""Did you mean: a query with its unknown words in their likely spelling; and which words no article has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from searchkit.analysis import is_stop_word
from searchkit.engines.base import Snapshot
from searchkit.limits import MENDED
from searchkit.plan import nodes
from searchkit.plan.leaves import in_field
from searchkit.query import Phrase, Query
from searchkit.request import Sort
from searchkit.spelling.absent import absent
from searchkit.spelling.places import Place, places
from searchkit.spelling.speller import COMMON, Speller, Spelling

__all__ = ["absent", "suggestion"]

SHORTEST: Final = 3
LONGEST: Final = 40
"""Letters of a word that is mended: shorter ones are near to everything, longer ones are no words."""
_MEANT: Final = frozenset("(!=+#")
"""Signs behind a word that is meant as it stands: a name of something, or another service's operator."""

_Change: TypeAlias = tuple[int, int, str]
"""A part of the text, and what takes its place."""


def suggestion(text: str, query: Query, snapshot: Snapshot, language: str, *, few: bool) -> str:
    """``text``, read as ``query``, with its unknown words in their likely spelling; empty if all are known.

    Where ``few`` articles were found, words that are only rare are mended too, and words that are written as
    one are joined. All else stays as typed.
    """
    mending = _Mending(text, snapshot, language, few)
    changes = list(mending.changes(list(places(query, text, language))))
    for start, end, better in sorted(changes, reverse=True):
        text = text[:start] + better + text[end:]
    return text if changes else ""


class _Mending(Struct, frozen=True):
    text: str
    snapshot: Snapshot
    language: str
    few: bool

    def changes(self, words: list[Place]) -> Iterator[_Change]:
        """What to put in the place of words; no two overlap."""
        joined: set[Place] = set()
        for first, second in pairwise(words) if self.few else ():
            if first not in joined and self._belong_together(first, second):
                joined |= {first, second}
                yield first.start, second.end, _cased(first.typed, (first.form + second.form,))[0]
        doubtful = (word for word in words if word not in joined and self._is_doubtful(word))
        for word in islice(doubtful, MENDED):
            if better := self._mended(word):
                yield word.start, word.end, better

    def _mended(self, word: Place) -> str:
        """The likeliest spelling that fits its phrase, or if none does the likeliest; empty if it is fine."""
        speller = self._speller(word)
        spellings = speller.beginning(word.form) if word.opens else speller.word(word.form)
        written = [_written(word, _cased(word.typed, spelling)) for spelling in spellings]
        return next((each for each in written if self._fits(word, each)), next(iter(written), ""))

    def _is_doubtful(self, word: Place) -> bool:
        if not SHORTEST <= len(word.form) <= LONGEST or not word.form.isalpha():
            return False
        if self.text[word.end : word.end + 1] in _MEANT:
            return False
        if is_stop_word(word.form, self.language) or (word.opens and not self.few):
            return False
        return word.opens or self._speller(word).count(word.form) < (COMMON if self.few else 1)

    def _belong_together(self, first: Place, second: Place) -> bool:
        """Whether nothing but a blank parts two words of one field that are elsewhere written as one."""
        if first.field != second.field or second.opens or not self.text[first.end : second.start].isspace():
            return False
        if min(len(first.form), len(second.form)) < SHORTEST:
            return False
        return self._speller(first).joined(first.form, second.form)

    def _fits(self, word: Place, written: str) -> bool:
        """Whether a word stands somewhere among the other words of its phrase."""
        leaf = replace(word.leaf, text=word.within(written))
        plan = in_field(word.field, self.language).plan(leaf)
        if word.alone or not isinstance(plan, nodes.Phrase):
            return True
        return self.snapshot.search(plan, sort=Sort.RELEVANCE, limit=0).total > 0

    def _speller(self, word: Place) -> Speller:
        return Speller(self.snapshot, word.field, self.language)


def _cased(typed: str, spelling: Spelling) -> Spelling:
    """A spelling with capitals where they were typed."""
    if typed.isupper():
        return tuple(part.upper() for part in spelling)
    return tuple(part.capitalize() for part in spelling) if typed[0].isupper() else spelling


def _written(word: Place, spelling: Spelling) -> str:
    """One word, or two so that they are read as a phrase where the one stood."""
    if len(spelling) < 2 or len(spelling[0]) == 1:
        return "'".join(spelling)
    if isinstance(word.leaf, Phrase):
        return " ".join(spelling)
    return f'"{" ".join(spelling)}"' if word.alone else "-".join(spelling)
