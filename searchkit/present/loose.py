"""Where a text holds what no beginning of a word tells: wildcards, fuzzy words, words near others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from searchkit.analysis import analyzer
from searchkit.analysis.edits import within_edits
from searchkit.plan.nodes import Close
from searchkit.plan.positions import Alike, Form, whole_form
from searchkit.present.patterns import Match, Pattern


class LooseMatcher:
    """Finds words by their folded forms, and pairs of words by their places; it analyses the whole text."""

    def __init__(self, patterns: Sequence[Pattern], language: str) -> None:
        self._folded = analyzer("folded", language)
        self._stemmed = analyzer("stemmed", language)
        self._looks = [(p.look, p.bits) for p in patterns if isinstance(p.look, Form | Alike)]
        self._pairs = [(p.look, p.bits) for p in patterns if isinstance(p.look, Close)]
        self._known: dict[str, int] = {}

    def find(self, text: str) -> list[Match]:
        """All matches, sorted."""
        return sorted({*self._alike(text), *self._near(text)})

    def _alike(self, text: str) -> Iterator[Match]:
        for token in self._folded.tokens(text) if self._looks else ():
            if bits := self._bits(token.term):
                yield token.start, token.end, bits

    def _bits(self, form: str) -> int:
        if form not in self._known:
            self._known[form] = sum(bits for look, bits in self._looks if _looks_like(form, look))
        return self._known[form]

    def _near(self, text: str) -> Iterator[Match]:
        """Both words of each pair that is close enough; a word without its neighbour is not marked."""
        tokens = list(self._stemmed.tokens(text)) if self._pairs else []
        places: dict[str, list[int]] = {}
        for at, token in enumerate(tokens):
            places.setdefault(token.term, []).append(at)
        for pair, bits in self._pairs:
            for first in places.get(pair.first, ()):
                seconds = places.get(pair.second, [])
                for at in range(bisect_left(seconds, first - pair.distance), len(seconds)):
                    second = seconds[at]
                    if second > first + pair.distance:
                        break
                    if _is_close(pair, second - first):
                        yield from ((tokens[n].start, tokens[n].end, bits) for n in (first, second))


def _is_close(pair: Close, distance: int) -> bool:
    return 0 < (distance if pair.ordered else abs(distance)) <= pair.distance


def _looks_like(form: str, look: Form | Alike) -> bool:
    match look:
        case Form(pattern):
            return whole_form(pattern)(form) is not None
        case Alike(other, edits):
            return within_edits(form, other, edits)
