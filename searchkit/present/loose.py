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
            for at in _close(pair, places.get(pair.first, []), places.get(pair.second, [])):
                yield tokens[at].start, tokens[at].end, bits


def _close(pair: Close, firsts: list[int], seconds: list[int]) -> Iterator[int]:
    """The places of either word that have the other one near, in time proportional to their number."""
    back = 0 if pair.ordered else pair.distance
    yield from (at for at in firsts if _has_near(at, seconds, back, pair.distance))
    yield from (at for at in seconds if _has_near(at, firsts, pair.distance, back))


def _has_near(at: int, others: list[int], back: int, ahead: int) -> bool:
    """Whether one of the places lies within reach, other than ``at`` itself."""
    start = bisect_left(others, at - back)
    return any(other != at and other <= at + ahead for other in others[start : start + 2])


def _looks_like(form: str, look: Form | Alike) -> bool:
    match look:
        case Form(pattern):
            return whole_form(pattern)(form) is not None
        case Alike(other, edits):
            return within_edits(form, other, edits)
