"""Did you mean: words that the index does not have → words that it has, spelt nearly the same."""

from __future__ import annotations

from typing import Final

from searchkit.analysis import analyzer
from searchkit.analysis.edits import edits
from searchkit.engines.base import Snapshot
from searchkit.query import Not, Query, Word
from searchkit.query.walk import children

MIN_LETTERS: Final = 3
"""Shorter words are near to everything."""
RARE: Final = 20
"""A word in fewer articles is taken for a slip if one spelt nearly the same is in so many times as many."""


def suggestion(text: str, query: Query, snapshot: Snapshot, language: str, *, few: bool) -> str:
    """``text`` with its unknown words in their likely spelling; empty if there is nothing to mend.

    Where ``few`` articles were found, words that are only rare are mended too. The spellings come from the
    index itself: the nearest by edits, of those the most frequent.
    """
    mended, shift = text, 0
    for word in _wanted(query):
        better = _better(word, snapshot, language, few=few)
        if better:
            start, end = word.span
            at = text.find(word.text, start, end)
            if at >= 0:
                mended = mended[: at + shift] + better + mended[at + shift + len(word.text) :]
                shift += len(better) - len(word.text)
    return mended if mended != text else ""


def _wanted(query: Query) -> list[Word]:
    """The bare words of a query, in order, but for those it excludes."""
    match query:
        case Not():
            return []
        case Word(field=None):
            return [query]
        case _:
            return [word for child in children(query) for word in _wanted(child)]


def _better(word: Word, snapshot: Snapshot, language: str, *, few: bool) -> str:
    forms = analyzer("folded", language).terms(word.text)
    if len(forms) != 1 or len(forms[0]) < MIN_LETTERS or forms[0].isdecimal():
        return ""
    form = forms[0]
    count = sum(snapshot.frequency("text", term) for term in analyzer("stemmed", language).terms(word.text))
    if count and (not few or count >= RARE):
        return ""
    limit = 1 if len(form) < 6 else 2
    beginnings = {form[0], form[1] + form[0], form[1:3]}
    known = dict(pair for start in sorted(beginnings) for pair in snapshot.vocabulary("text_forms", start))
    known.pop(form, 0)
    near = [
        (distance, -found, other)
        for other, found in known.items()
        if found > count * RARE and (distance := edits(form, other, limit)) <= limit
    ]
    return min(near)[2] if near else ""
