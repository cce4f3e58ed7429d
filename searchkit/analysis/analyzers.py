"""Analyzers: text → terms, the same for the index, the query and the snippet.

An analyzer is a row of data: split at everything that is no letter or digit, fold accents, lower the
case, and stem or not. The filters are Tantivy's (Snowball stemmers, Lucene's folding table), which other
engines have too. Called from Python, an :class:`Analyzer` also says where in the text each term stands.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

import tantivy

from searchkit.analysis.normalise import LETTER, LETTER_OR_MARK, POSSESSIVE, compose, normalise
from searchkit.errors import InvalidRequest
from searchkit.regex import regex

STEMMERS: Final = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Snowball's stemmers by ISO 639-1 code; the language ``multi`` folds and does not stem."""

LANGUAGES: Final = (*STEMMERS, "multi")


_LONGEST: Final = 100
"""Letters of the longest word that is remembered."""


class Token(NamedTuple):
    """A term of ``text[start:end]``, the ``position``-th word of its text."""

    term: str
    start: int
    end: int
    position: int


class Analyzer:
    """One analysis chain, called from Python. Immutable but for a bounded memo; safe in threads."""

    MEMO = 200_000

    def __init__(self, chain: tantivy.TextAnalyzer, prepare: Callable[[str], str] = normalise) -> None:
        self._chain = chain
        self._prepare = prepare
        self._memo = _Memo(self.terms)
        self.word: Callable[[str], tuple[str, ...]] = self._memo.__getitem__
        """The terms of one word, remembered: a newspaper repeats its words."""

    def terms(self, text: str) -> list[str]:
        """The terms of ``text``, in order."""
        return self._chain.analyze(self._prepare(text))

    def tokens(self, text: str) -> Iterator[Token]:
        """The terms of ``text`` with their places in it.

        Equal to :meth:`terms` in terms and order. A rare script whose letters Python and Unicode's tables
        part differently gives several terms with one span.
        """
        position = 0
        known = self._memo
        for match in _words(text).finditer(text):
            word = match[1]
            start = match.start()
            for term in known[word]:
                yield Token(term, start, start + len(word), position)
                position += 1

    def of_words(self, words: Iterable[str]) -> list[str]:
        """The terms of a text's :func:`words`, in order: equal to :meth:`terms` of the text."""
        return list(itertools.chain.from_iterable(map(self.word, words)))


def words(text: str) -> list[str]:
    """The runs of letters and digits of ``text``, in order."""
    return _words(text).findall(text)


class _Memo(dict[str, tuple[str, ...]]):
    """The terms of words, found out once; it forgets all when it holds too many. Long ones are no words."""

    def __init__(self, terms: Callable[[str], list[str]]) -> None:
        self._terms = terms

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= Analyzer.MEMO:
            self.clear()
        found = tuple(self._terms(word))
        if len(word) <= _LONGEST:
            self[word] = found
        return found


@cache
def analyzer(name: str, language: str = "en") -> Analyzer:
    """The analyzer of that name for an index in ``language``."""
    return Analyzer(chain(name, language), compose if name == "keyword" else normalise)


@cache
def chain(name: str, language: str) -> tantivy.TextAnalyzer:
    """Tantivy's form of an analyzer: ``stemmed``, ``folded`` or ``keyword`` (the whole value, folded).

    :raises InvalidRequest: for a language that has no stemmer.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise InvalidRequest(f"no analyzer for the language {language!r}", hint=f"languages: {known}")
    whole = name == "keyword"
    tokenizer = tantivy.Tokenizer.raw() if whole else tantivy.Tokenizer.simple()
    builder = tantivy.TextAnalyzerBuilder(tokenizer)
    builder = builder.filter(tantivy.Filter.ascii_fold()).filter(tantivy.Filter.lowercase())
    if name == "stemmed" and language != "multi":
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))
    return builder.build()


def _words(text: str) -> re.Pattern[str]:
    """Runs of letters and digits, each with its possessive.

    Beyond ASCII a run may hold several of the engine's terms (see SEPARATORS): its analysis tells them.
    """
    return _ASCII_WORDS if text.isascii() else _ANY_WORDS


_ASCII_WORDS = regex(r"([0-9A-Za-z]+)(?:['`][sS](?![0-9A-Za-z]))*")
_ANY_WORDS = regex(rf"({LETTER}(?:{LETTER_OR_MARK}*{LETTER})?)(?:{POSSESSIVE})?")
