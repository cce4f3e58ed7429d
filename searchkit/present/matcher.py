"""Where a text holds what a plan looks for: words, phrases and prefixes, as spans of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Final, TypeAlias

from searchkit.analysis import analyzer
from searchkit.analysis.beginnings import beginnings, only_itself
from searchkit.analysis.normalise import SEPARATORS
from searchkit.found import Spans
from searchkit.present.patterns import Match, Pattern
from searchkit.regex import regex

_FOLDING: Final = bytes(
    ord(c.lower()) if (c := chr(code)).isascii() and c.isalnum() else ord(" ") for code in range(256)
)
"""ASCII with small letters, and a blank for all that is no letter or digit."""

_BEYOND_ASCII: Final = regex(f"[^{SEPARATORS}0-9A-Za-z]")
_TYPOGRAPHY: Final = "’“”‘–—…\u00a0"
"""What parts words in nearly every newspaper text that is not ASCII, and is often all of it that is not."""

_BLANK: Final = regex(r"[ \n]")
_APOSTROPHES: Final = frozenset("'’‘ʼ＇`´")

_Word: TypeAlias = tuple[int, int, int, str, str]
"""Start, end, number in its run of letters (hardly ever but 0), stemmed term, folded form."""

_Start: TypeAlias = tuple[str, int]
"""What to look for, and where the blank before the word is from there: 0, or -1 if it is not part of it."""

_TELLING: Final = 3
"""Letters of a start that few words have within them."""


def merged(matches: Iterable[Match], shift: int = 0) -> Spans:
    """The spans of sorted matches, those that overlap as one, each by ``shift`` characters further on."""
    spans: list[tuple[int, int]] = []
    last = 0
    for start, end, _ in matches:
        if start >= last:
            spans.append((start + shift, end + shift))
            last = end
        elif end > last:
            spans[-1] = (spans[-1][0], end + shift)
            last = end
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
        self._starts = _starts(self._terms, self._prefixes, language)
        self._known: dict[str, str] = {}
        """What :meth:`_wanted` said of the words looked at: articles on one thing repeat them."""

    def find(self, text: str) -> list[Match]:
        """All matches, sorted; phrases may overlap words and each other."""
        words = self._words(text) if self._terms or self._prefixes else []
        singles = self._singles
        found = [(word[0], word[1], singles[word[3]]) for word in words if word[3] in singles]
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
        if self._starts is None:
            return list(self._analysed(text))
        if text.isascii():
            return sorted(self._runs(text, text))
        chunks = list(_chunks(text))
        words = self._runs(text, _without(text, chunks))
        words += [
            (at + start, at + end, nth, term, form)
            for at, to in chunks
            for start, end, nth, term, form in self._analysed(text[at:to])
        ]
        return sorted(words)

    def _runs(self, text: str, plain: str) -> list[_Word]:
        """Those that are runs of ASCII letters in ``text`` and stand in ``plain``, in no order."""
        words: list[_Word] = []
        known = self._known
        folded = _folded(plain)
        find = folded.find
        for start, shift in self._starts or ():
            found = find(start)
            while found >= 0:
                at = found + shift
                if folded[at] == " ":
                    end = find(" ", found + 1)
                    word = folded[at + 1 : end]
                    term = known.get(word)
                    if term is None:
                        term = known[word] = self._wanted(word)
                    if term and not (word == "s" and _is_possessive(text, at)):
                        words.append((at, end - 1, 0, term, word))
                found = find(start, found + 1)
        return words

    def _wanted(self, word: str) -> str:
        """The term of an ASCII word, or nothing if it is of no pattern."""
        (term,) = self._stemmed.word(word)
        return term if term in self._terms or word.startswith(self._prefixes) else ""

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


def _starts(terms: Iterable[str], prefixes: Iterable[str], language: str) -> list[_Start] | None:
    """What the words that matter begin with, each only in its shortest form; None if it is not known.

    Before a blank, too, if the word is that alone. Behind a blank only if it is so short that many words
    have it within them: without, Python finds it in two thirds of the time.
    """
    letters = {term for term in terms if only_itself(term, language)}
    known = [beginnings(term, language) for term in terms if term not in letters]
    if not all(known):
        return None
    found = {*(f" {each}" for each in chain(prefixes, *known)), *(f" {letter} " for letter in letters)}
    shortest: list[str] = []
    for each in sorted(found):
        if not (shortest and each.startswith(shortest[-1])):
            shortest.append(each)
    return [(each[1:], -1) if len(each) > _TELLING else (each, 0) for each in shortest]


def _folded(text: str) -> str:
    """The words of ``text`` in ASCII between blanks. The first stands behind one: all are a place later."""
    return f" {text.encode('ascii', 'replace').translate(_FOLDING).decode('ascii')} "


def _is_possessive(text: str, at: int) -> bool:
    """Whether a lone s in ASCII is that of Russia’s."""
    return at > 1 and text[at - 1] in _APOSTROPHES and text[at - 2].isascii() and text[at - 2].isalnum()


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """What stands between blanks around letters beyond ASCII: no term and no possessive crosses a blank."""
    plain = text
    for sign in "" if text.isascii() else _TYPOGRAPHY:
        plain = plain.replace(sign, " ")
    end = 0
    while not plain.isascii() and (match := _BEYOND_ASCII.search(text, end)):
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
