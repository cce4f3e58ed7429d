"""What a query looks for and no article has, said word by word: why a search found little."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

from searchkit.engines.base import Snapshot
from searchkit.plan import Lowering, PhrasePrefix, Verify, simplify, walk
from searchkit.plan.leaves import TextLeaf
from searchkit.query import Fuzzy, Query, Wildcard, print_query
from searchkit.query.faults import quoted
from searchkit.request import Sort
from searchkit.spelling.places import Place, leaves, words_of
from searchkit.spelling.speller import Speller

NAMED: Final = 5
"""Notes that are given: a text pasted whole may have any number of unknown words."""


def absent(query: Query, snapshot: Snapshot, lowering: Lowering) -> tuple[str, ...]:
    """A note for each word, phrase or pattern of ``query`` that no article has, up to the first few.

    Nothing is said of what the query excludes, nor of phrases that take a look at texts to decide.
    """
    looking = _Looking(snapshot, lowering)
    notes = dict.fromkeys(note for leaf in leaves(query) for note in looking.notes(leaf))
    return tuple(islice(notes, NAMED))


class _Looking(Struct, frozen=True):
    snapshot: Snapshot
    lowering: Lowering

    def notes(self, leaf: TextLeaf) -> Iterator[str]:
        """The words of a leaf that no article has; if all occur, whether the whole does."""
        if (leaf.field or "").startswith("extra."):
            yield from [f"no article has {print_query(leaf)}"] if self._is_nowhere(leaf) else []
        elif isinstance(leaf, Wildcard | Fuzzy):
            yield from [f"no article has a word like {print_query(leaf)}"] if self._is_nowhere(leaf) else []
        else:
            words = list(words_of(leaf, self.lowering.language))
            missing = [word for word in words if not self._occurs(word)]
            yield from map(_note, missing)
            if len(words) > 1 and not missing and self._is_nowhere(leaf):
                yield f"no article has these words in this order: {print_query(leaf)}"

    def _occurs(self, word: Place) -> bool:
        speller = Speller(self.snapshot, word.field, self.lowering.language)
        return (speller.begins(word.form) if word.opens else speller.count(word.form)) > 0

    def _is_nowhere(self, leaf: TextLeaf) -> bool:
        """Whether a search for the leaf alone finds nothing; False if it is not for the engine to decide."""
        plan = simplify(self.lowering.query(leaf))
        if any(isinstance(node, Verify | PhrasePrefix) for node in walk(plan)):
            return False
        return not self.snapshot.search(plan, sort=Sort.RELEVANCE, limit=0).total


def _note(word: Place) -> str:
    where = "" if word.field == "text" else f" in its {word.field}"
    kind = "a word that begins with" if word.opens else "the word"
    return f"no article has {kind} {quoted(word.typed)}{where}"
