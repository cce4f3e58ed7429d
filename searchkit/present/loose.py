"""Where a text holds words that only look like what a plan looks for: wildcards and fuzzy words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchkit.analysis import analyzer
from searchkit.analysis.edits import within_edits
from searchkit.plan.positions import Alike, Form
from searchkit.present.patterns import Match, Pattern


class LooseMatcher:
    """Finds words by their folded forms, one by one: no two beginnings of them need be alike."""

    def __init__(self, patterns: Sequence[Pattern], language: str) -> None:
        self._folded = analyzer("folded", language)
        self._looks = [(pattern.look, pattern.bits) for pattern in patterns]
        self._known: dict[str, int] = {}

    def find(self, text: str) -> list[Match]:
        """All matches, sorted."""
        found = ((token.start, token.end, self._bits(token.term)) for token in self._folded.tokens(text))
        return [match for match in found if match[2]]

    def _bits(self, form: str) -> int:
        if form not in self._known:
            self._known[form] = sum(bits for look, bits in self._looks if _looks_like(form, look))
        return self._known[form]


def _looks_like(form: str, look: Form | Alike | None) -> bool:
    match look:
        case Form(pattern):
            return re.fullmatch(pattern, form) is not None
        case Alike(other, edits):
            return within_edits(form, other, edits)
    return False
