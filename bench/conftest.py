"""The corpus that the benchmarks run on: seeded, Zipfian, shaped like news. Nothing is downloaded."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

import pytest

import searchkit
from searchkit import Article, Author, Index

VOCABULARY: Final = 30_000
ARTICLES: Final = 5_000
WORDS_EACH: Final = 400


def words(seed: int = 0) -> list[str]:
    """A vocabulary in order of frequency: short words first, as Zipf found."""
    random_ = random.Random(seed)
    letters = "etaoinshrdlucmfwypvbgkqjxz"
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        length = 2 + min(len(found).bit_length() // 2, 9)
        found["".join(random_.choices(letters[:20], k=length))] = None
    return list(found)


def articles(count: int = ARTICLES, seed: int = 0) -> list[Article]:
    """Articles whose words follow Zipf's law (rank × frequency is constant)."""
    random_ = random.Random(seed)
    vocabulary = words(seed)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def prose(length: int) -> str:
        chosen = random_.choices(vocabulary, cum_weights=weights, k=length)
        sentences = [" ".join(chosen[at : at + 20]).capitalize() + "." for at in range(0, length, 20)]
        return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))

    return [
        Article(
            id=f"article-{number}",
            headline=prose(8).rstrip("."),
            body=prose(random_.randrange(WORDS_EACH // 2, WORDS_EACH * 3 // 2)),
            authors=(Author(f"Author {number % 50}"),),
            publication=f"Paper {number % 7}",
            section=f"Section {number % 11}",
            published=date(2015, 1, 1) + timedelta(days=number % 3650),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="session")
def vocabulary() -> list[str]:
    return words()


@pytest.fixture(scope="session")
def corpus() -> list[Article]:
    return articles()


@pytest.fixture(scope="session")
def index(corpus: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with searchkit.create(tmp_path_factory.mktemp("bench") / "bench.idx") as made:
        made.add(corpus)
        yield made
