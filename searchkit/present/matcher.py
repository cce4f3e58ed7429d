"""Where a text holds what a plan looks for: words, phrases and prefixes, as spans of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Final, TypeAlias

from searchkit.analysis import analyzer
from searchkit.analysis.beginnings import beginnings, only_itself
from searchkit.analysis.normalise import SEPARATORS
from searchkit.present.patterns import Match, Pattern
from searchkit.regex import regex
from searchkit.results import Spans

MEMO: Final = 10_000
"""Written words that a matcher remembers."""

_RUN: Final = regex(r"(?<![0-9A-Za-z])(?!(?<=[0-9A-Za-z]['’`])[sS](?![0-9A-Za-z]))[0-9A-Za-z]+")
"""A run of ASCII letters and digits, but for the s of a possessive."""

_BEYOND_ASCII: Final = regex(f"[^{SEPARATORS}0-9A-Za-z]")
_LONE_S: Final = regex(r"[sS](?<![0-9A-Za-z].)(?<![0-9A-Za-z]['’`].)(?<![\s.].)(?![0-9A-Za-z])")
"""Perhaps a possessive too, behind some other apostrophe: what stands around it tells."""

_TYPOGRAPHY: Final = "’“”‘–—…\u00a0"
"""What parts words in nearly every newspaper text that is not ASCII, and is often all of it that is not."""

_BLANK: Final = regex(r"[ \n]")

_Word: TypeAlias = tuple[int, int, int, str, str]
"""Start, end, number in its run of letters (hardly ever but 0), stemmed term, folded form."""


def merged(matches: Iterable[Match]) -> Spans:
    """The spans of sorted matches, those that overlap as one."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in matches:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


class Matcher:
    """Finds patterns in texts.

    Where the language's :func:`beginnings` are known, a text is not analysed from end to end: a word that
    matters either begins, in ASCII, as a term of a pattern does, or it has a character beyond ASCII. Only
    such words are analysed, so that the time goes with their number.
    """

    def __init__(self, patterns: Iterable[Pattern], language: str) -> None:
        self._stemmed = analyzer("stemmed", language)
        self._folded = analyzer("folded", language)
        self._singles: dict[str, int] = {}
        self._phrases: dict[str, list[Pattern]] = {}
        self._truncated: list[Pattern] = []
        for pattern in patterns:
            if not pattern.terms:
                self._truncated.append(pattern)
            elif pattern.length == 1:
                self._singles[pattern.terms[0]] = pattern.bits
            else:
                self._phrases.setdefault(pattern.terms[0], []).append(pattern)
        longer = [*self._truncated, *chain.from_iterable(self._phrases.values())]
        self._terms = frozenset(chain(self._singles, *(pattern.terms for pattern in longer)))
        self._prefixes = tuple(pattern.prefix for pattern in longer if pattern.prefix)
        letters = {term for term in self._terms if only_itself(term, language)}
        self._beginnings = _beginnings(self._terms - letters, self._prefixes, language)
        self._letters = letters.difference(self._beginnings or ())
        self._known: dict[str, _Word | None] = {}

    def find(self, text: str) -> list[Match]:
        """All matches, sorted; phrases may overlap words and each other."""
        words = self._words(text) if self._terms or self._prefixes else []
        singles = self._singles
        found = [(start, end, singles[term]) for start, end, _, term, _ in words if term in singles]
        if self._phrases or self._truncated:
            found += self._others(text, words)
            found.sort()
        return found

    def _others(self, text: str, words: list[_Word]) -> Iterator[Match]:
        for i, (start, end, _, term, form) in enumerate(words):
            for pattern in self._truncated:
                if form.startswith(pattern.prefix):
                    yield start, end, pattern.bits
            for pattern in self._phrases.get(term, ()):
                run = words[i : i + pattern.length]
                if _alike(pattern, run) and all(map(self._adjacent, repeat(text), run, run[1:])):
                    yield start, run[-1][1], pattern.bits

    def _adjacent(self, text: str, word: _Word, other: _Word) -> bool:
        """Whether no word stands between two."""
        (start, _, nth, _, _), (after, _, other_nth, _, _) = word, other
        if start == after:
            return other_nth == nth + 1
        tokens = islice(self._stemmed.tokens(text[start:after]), nth + 2)
        return not other_nth and [token.start for token in tokens] == [0] * (nth + 1)

    def _words(self, text: str) -> list[_Word]:
        """The words of ``text`` that have a term or prefix of a pattern, in order."""
        if self._beginnings is None:
            return list(self._analysed(text))
        plain = text
        for sign in "" if text.isascii() else _TYPOGRAPHY:
            plain = plain.replace(sign, " ")
        chunks = [] if plain.isascii() else [*_chunks(text, _BEYOND_ASCII)]
        if "s" in self._letters or "s" in self._beginnings:
            chunks = sorted({*chunks, *_chunks(text, _LONE_S)})
        words = self._runs(text, _without(plain, chunks).lower())
        words += [
            (at + start, at + end, nth, term, form)
            for at, to in chunks
            for start, end, nth, term, form in self._analysed(text[at:to])
        ]
        words.sort()
        return words

    def _runs(self, text: str, lowered: str) -> list[_Word]:
        """Those that are runs of ASCII letters in ``text`` and stand in ``lowered``, in no order."""
        words: list[_Word] = []
        places = [_places(lowered, beginning) for beginning in self._beginnings or ()]
        places += [_places(lowered, letter, "(?![0-9a-z])") for letter in self._letters]
        for at in chain.from_iterable(places):
            if (run := _RUN.match(text, at)) and (word := self._alone(run[0])):
                words.append((at, run.end(), 0, word[3], word[4]))
        return words

    def _alone(self, word: str) -> _Word | None:
        """An ASCII word if it has a term or prefix of a pattern, remembered."""
        known = self._known
        if word not in known:
            if len(known) >= MEMO:
                known.clear()
            known[word] = next(self._analysed(word), None)
        return known[word]

    def _analysed(self, text: str) -> Iterator[_Word]:
        """The words that have a term or prefix of a pattern, by analysis of all of ``text``."""
        forms: Iterable[str] = repeat("")
        if self._prefixes:
            forms = (token.term for token in self._folded.tokens(text))
        last, nth = -1, 0
        for token, form in zip(self._stemmed.tokens(text), forms, strict=False):
            nth = nth + 1 if token.start == last else 0
            last = token.start
            if token.term in self._terms or (self._prefixes and form.startswith(self._prefixes)):
                yield token.start, token.end, nth, token.term, form


def _alike(pattern: Pattern, run: Sequence[_Word]) -> bool:
    """Whether a run of words has the terms and prefix of a pattern."""
    if len(run) < pattern.length or not run[-1][4].startswith(pattern.prefix):
        return False
    return all(word[3] == term for word, term in zip(run, pattern.terms, strict=False))


def _beginnings(terms: Iterable[str], prefixes: Iterable[str], language: str) -> tuple[str, ...] | None:
    """What the words that matter begin with, each only in its shortest form; None if that is not known."""
    known = [beginnings(term, language) for term in terms]
    found = {*prefixes, *chain.from_iterable(known)}
    if not all(known):
        return None
    return tuple(b for b in found if not any(b.startswith(other) for other in found - {b}))


def _places(lowered: str, beginning: str, behind: str = "") -> Iterator[int]:
    """Where a beginning of words stands, perhaps inside of words too; if it is short, before ``behind``."""
    if len(beginning) < 3:
        short = re.escape(beginning)
        found = re.finditer(f"{short}(?<![0-9a-z]{short}){behind}", lowered)
        yield from (match.start() for match in found)
        return
    at = lowered.find(beginning)
    while at >= 0:
        yield at
        at = lowered.find(beginning, at + len(beginning))


def _chunks(text: str, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """What stands between blanks around each ``mark``: no term and no possessive crosses a blank."""
    end = 0
    while match := mark.search(text, end):
        start = match.start()
        while start > end and text[start - 1] not in " \n":
            start -= 1
        blank = _BLANK.search(text, match.start())
        end = blank.start() if blank else len(text)
        yield start, end


def _without(text: str, chunks: Sequence[tuple[int, int]]) -> str:
    """``text`` with blanks in the place of chunks."""
    kept: list[str] = []
    at = 0
    for start, end in chunks:
        kept += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*kept, text[at:]]) if kept else text
