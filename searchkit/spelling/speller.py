"""The likely spelling of a word, drawn from an index's own words."""

from __future__ import annotations

from heapq import nlargest
from math import log
from typing import Final, TypeAlias

from msgspec import Struct

from searchkit.analysis import analyzer
from searchkit.analysis.edits import slips, variants, within_edits
from searchkit.article import Article
from searchkit.document import texts
from searchkit.engines.base import Snapshot
from searchkit.plan import Fuzzy, Phrase
from searchkit.request import Sort
from searchkit.schema import BY_NAME, forms_field

Spelling: TypeAlias = tuple[str, ...]
"""One word, or the two that were run together."""

SLIP: Final = 5.0
"""How unlikely a slip is, as a natural logarithm: what was meant must be e^5 = 150 times as frequent."""
LONG: Final = 6
"""Letters of a word in which two edits are looked for."""
COMMON: Final = 20
"""A word in so many articles that one with two edits is hardly more likely."""
BEGINNING: Final = 4
"""Letters of the shortest beginning of a word that is mended."""
CHOICE: Final = 5
"""Spellings of one word that are given."""
READ: Final = 4
"""Articles that are read for words with two edits."""
PARTINGS: Final = 3
"""Ways to part a word for which the index is asked how often the parts stand side by side."""
ELIDED: Final = "dlo"
"""Letters that an apostrophe joins to a name: d'Angelo, L'Oréal, O'Brien."""


class Speller(Struct, frozen=True):
    """Spellings in one TEXT field of an index.

    A noisy channel (Kernighan, Church & Gale, 1990): of all words near the typed one, that is likeliest whose
    frequency times the probability of the slips in between is greatest.
    """

    snapshot: Snapshot
    field: str
    language: str

    def count(self, form: str) -> int:
        """The number of articles that a search for a word finds, about."""
        terms = analyzer(BY_NAME[self.field].analyzer, self.language).word(form)
        return sum(self.snapshot.frequencies(self.field, terms).values())

    def begins(self, form: str) -> int:
        """The number of articles that have the most frequent of the words that begin so."""
        words = self.snapshot.vocabulary(forms_field(self.field), form, limit=1)
        return words[0][1] if words else 0

    def word(self, typed: str) -> list[Spelling]:
        """What may be meant by a folded word, the likeliest first; nothing if it is what was typed."""
        count = self.count(typed)
        known = self._near(typed)
        if max(known.values(), default=0) < COMMON and len(typed) >= LONG:
            known |= self._farther(typed)
        scores: dict[Spelling, float] = {
            (form,): log(found) - SLIP * slips(typed, form) for form, found in known.items()
        }
        if not count:
            return _ranked(scores | self._parted(typed))
        return _ranked({spelling: score for spelling, score in scores.items() if score > log(count)})

    def beginning(self, typed: str) -> list[Spelling]:
        """What may be meant by the beginning of a word; nothing if a word begins so, or none nearly so."""
        if len(typed) < BEGINNING or self.begins(typed):
            return []
        found = {form: count for form in variants(typed) if (count := self.begins(form))}
        return _ranked({(form,): log(count) - SLIP * slips(typed, form) for form, count in found.items()})

    def joined(self, first: str, second: str) -> bool:
        """Whether two words stand nowhere side by side, but somewhere as one."""
        whole = self.snapshot.frequencies(forms_field(self.field), [first + second])
        return bool(whole) and not self._pairs(first, second)

    def _near(self, typed: str) -> dict[str, int]:
        return self.snapshot.frequencies(forms_field(self.field), variants(typed))

    def _farther(self, typed: str) -> dict[str, int]:
        """Words two edits away, out of a few articles that have one: most likely the most frequent ones."""
        forms = forms_field(self.field)
        found = self.snapshot.search(Fuzzy(forms, typed, 2), sort=Sort.RELEVANCE, limit=READ)
        articles = self.snapshot.articles([hit.handle for hit in found.hits])
        read: set[str] = set().union(*map(self._forms, articles))
        return self.snapshot.frequencies(forms, (form for form in read if within_edits(typed, form, 2)))

    def _forms(self, article: Article) -> set[str]:
        folded = analyzer("folded", self.language)
        return {form for text in texts(article, self.field) for form in folded.terms(text)}

    def _parted(self, typed: str) -> dict[Spelling, float]:
        """Two words that stand side by side somewhere: the most frequent ones are asked for."""
        halves = [(typed[:at], typed[at:]) for at in range(1, len(typed) - 1)]
        known = self.snapshot.frequencies(forms_field(self.field), {half for pair in halves for half in pair})
        likely = [
            pair for pair in halves if (len(pair[0]) > 1 or pair[0] in ELIDED) and known.keys() >= {*pair}
        ]
        likely.sort(key=lambda pair: -min(known[half] for half in pair))
        found = ((pair, self._pairs(*pair)) for pair in likely[:PARTINGS])
        return {pair: log(count) - SLIP for pair, count in found if count}

    def _pairs(self, first: str, second: str) -> int:
        """The number of articles that have two words side by side."""
        analyse = analyzer(BY_NAME[self.field].analyzer, self.language).word
        phrase = Phrase(self.field, (*analyse(first), *analyse(second)))
        return self.snapshot.search(phrase, sort=Sort.RELEVANCE, limit=0).total


def _ranked(scores: dict[Spelling, float]) -> list[Spelling]:
    """Those with the highest scores; of equals, always the same."""
    return nlargest(CHOICE, scores, key=lambda spelling: (scores[spelling], spelling))
