"""A corpus out of nothing: seeded, Zipfian, shaped like news. Nothing is downloaded."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from searchkit.article import Article, Author

VOCABULARY: Final = 30_000
"""Different words."""
WORDS_EACH: Final = 400
"""Words of an article on average, as of a wire story."""
MIDDLING: Final = slice(50, 1_250)
"""The ranks of the words that queries are made of: neither on every page nor hapaxes."""

_LETTERS: Final = "etaoinshrdlucmfwypvb"
_FIRST_DAY: Final = date(2015, 1, 1)
_DAYS: Final = 3_650
_SHIFT: Final = 2.7
"""Mandelbrot's shift of the ranks: the commonest words are not as common as Zipf's law alone has it."""


def vocabulary(seed: int = 0) -> list[str]:
    """Words in order of frequency: short ones first, as Zipf found."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        length = 2 + min(len(found).bit_length() // 2, 9)
        found["".join(chance.choices(_LETTERS, k=length))] = None
    return list(found)


def articles(count: int, seed: int = 0) -> Iterator[Article]:
    """Articles whose words follow Zipf's law (rank × frequency is constant).

    The first of many are the same as those of few.
    """
    chance = random.Random(seed)
    prose = _Prose(chance, vocabulary(seed))
    for number in range(count):
        yield Article(
            id=f"article-{number}",
            headline=prose.sentence(8),
            body=prose.paragraphs(chance.randrange(WORDS_EACH // 2, WORDS_EACH * 3 // 2)),
            authors=(Author(f"Author {number % 50}"),),
            publication=f"Paper {number % 7}",
            section=f"Section {number % 11}",
            published=_FIRST_DAY + timedelta(days=number % _DAYS),
        )


def queries(count: int, seed: int = 0) -> list[str]:
    """Different queries of one to four words of middling frequency."""
    chance = random.Random(seed)
    words = vocabulary(seed)[MIDDLING]
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(chance.sample(words, chance.randint(1, 4)))] = None
    return list(found)


class _Prose:
    """Text with the shape of prose: sentences of twenty words, paragraphs of three sentences."""

    def __init__(self, chance: random.Random, words: list[str]) -> None:
        self._chance = chance
        self._words = words
        self._weights = list(accumulate(1 / (rank + _SHIFT) for rank in range(len(words))))

    def sentence(self, length: int) -> str:
        chosen = self._chance.choices(self._words, cum_weights=self._weights, k=length)
        return " ".join(chosen).capitalize()

    def paragraphs(self, length: int) -> str:
        sentences = [f"{self.sentence(min(20, length - at))}." for at in range(0, length, 20)]
        return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
