"""Real articles: phrases and date ranges find exactly what a scan of the file finds."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import tantivy

import searchkit
from searchkit import Article, read
from searchkit.analysis import analyzer
from searchkit.analysis.sentences import sentences

FILE = Path(__file__).parents[2] / "shared" / "data" / "reuters-106k.jsonl.xz"


@dataclass(frozen=True)
class Scanned:
    """An article as the scan sees it: its day, and its stems in one line, headline and text apart."""

    id: str
    day: str
    line: str


def line_of(stems: Callable[[str], list[str]], *parts: str) -> str:
    return " # ".join(["", *(" ".join(stems(re.sub(r"(?<=\w)['’`]s\b", "", part))) for part in parts), ""])


def scan(count: int | None) -> Iterator[Scanned]:
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    chain = chain.filter(tantivy.Filter.ascii_fold()).filter(tantivy.Filter.lowercase())
    stems = chain.filter(tantivy.Filter.stemmer("english")).build().analyze
    with lzma.open(FILE) as lines:
        for row in map(json.loads, islice(lines, count)):
            yield Scanned(row["id"], row["date"][:10], line_of(stems, row["title"], row["text"]))


@pytest.mark.parametrize("count", [4_000, pytest.param(None, marks=pytest.mark.long)])
def test_phrases_and_dates_find_what_a_scan_finds(count: int | None, tmp_path: Path) -> None:
    if not FILE.exists():
        pytest.skip("the Reuters articles are not part of the project")
    random_ = random.Random(7)
    with searchkit.create(tmp_path / "reuters.idx") as index:
        report = index.add(islice(read(FILE, name="reuters"), count))
        assert report.rejected == 0 and report.added == (count or 101_443)
        scanned = list(scan(count))
        days = sorted(article.day for article in scanned)

        def phrase() -> str:
            words = random_.choice(scanned).line.split()
            start = random_.randrange(max(len(words) - 4, 1))
            chosen = [word for word in words[start : start + random_.randint(2, 4)] if word != "#"]
            return " ".join(chosen)

        def check(text: str, first: str, last: str) -> int:
            # Stems are stemmed again on their way in: a phrase of words that change by it is left out.
            expected = {
                a.id for a in scanned if first <= a.day <= last and (not text or f" {text} " in a.line)
            }
            query = f'"{text}"' if text else ""
            results = index.search(query, since=first, until=last, limit=0, strict=True)
            found = {hit.id for hit in index.iterate(query, since=first, until=last)}
            assert found == expected, (text, first, last)
            assert results.total.value == len(expected)
            return len(expected)

        stable = [text for text in (phrase() for _ in range(400)) if is_stable(text)][:50]
        ranges = [sorted(random_.sample(days, 2)) for _ in range(20)]
        assert len(stable) == 50
        assert sum(check(text, days[0], days[-1]) for text in stable) > 50
        assert all(check("", *each) for each in ranges)
        assert sum(check(text, *each) for text, each in zip(stable, ranges * 3, strict=False)) > 10


def is_stable(text: str) -> bool:
    """Whether each word of a phrase of stems is its own stem, so that it can be typed."""
    chain = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
    return len(text.split()) >= 2 and chain.analyze(text) == text.split()


@dataclass(frozen=True)
class Sentence:
    """The stems of a sentence, and the number of stems before it in its part."""

    part: int
    before: int
    stems: list[str]


def places(parts: list[list[Sentence]], stem: str) -> list[tuple[int, int, int]]:
    """Where a stem stands: part, sentence, position in the part."""
    return [
        (number, at, sentence.before + offset)
        for number, sentences_ in enumerate(parts)
        for at, sentence in enumerate(sentences_)
        for offset, each in enumerate(sentence.stems)
        if each == stem
    ]


def split(text: str, part: int) -> list[Sentence]:
    found, before = [], 0
    for start, end in sentences(text):
        stems = analyzer("stemmed").terms(text[start:end])
        found.append(Sentence(part, before, stems))
        before += len(stems)
    return found


@pytest.mark.parametrize("count", [1_500, pytest.param(20_000, marks=pytest.mark.long)])
def test_operators_find_what_a_scan_finds(count: int, tmp_path: Path) -> None:
    if not FILE.exists():
        pytest.skip("the Reuters articles are not part of the project")
    pairs = [
        ("profit", "rise"),
        ("bank", "rate"),
        ("oil", "price"),
        ("chief", "execut"),
        ("share", "fall"),
        ("deal", "deal"),
    ]
    articles = [each for each in islice(read(FILE, name="reuters"), count) if isinstance(each, Article)]
    scanned = {a.id: [split(a.headline, 0), split(a.body, 1)] for a in articles}
    checked = 0
    with searchkit.create(tmp_path / "reuters.idx") as index:
        index.add(articles)
        for first, second in pairs:
            spots = {key: (places(parts, first), places(parts, second)) for key, parts in scanned.items()}

            def holds(test: Callable[[int], bool], *, sentence: bool = False, spots: Any = spots) -> set[str]:
                return {
                    key
                    for key, (ones, others) in spots.items()
                    if any(
                        a != b and a[0] == b[0] and (a[1] == b[1] if sentence else test(b[2] - a[2]))
                        for a in ones
                        for b in others
                    )
                }

            expected = {
                f"{first} w/4 {second}": holds(lambda d: 0 < abs(d) <= 4),
                f"{first} pre/4 {second}": holds(lambda d: 0 < d <= 4),
                f"{first} pre/7 {second}": holds(lambda d: 0 < d <= 7),
                f"{first} w/s {second}": holds(bool, sentence=True),
                f"atleast2({first})": {key for key, (ones, _) in spots.items() if len(ones) >= 2},
                f"atleast4({first})": {key for key, (ones, _) in spots.items() if len(ones) >= 4},
            }
            for query, ids in expected.items():
                assert {hit.id for hit in index.iterate(query)} == ids, query
                results = index.search(query, limit=0, strict=True)
                assert (
                    results.total.value == len(ids)
                    if results.total.exact
                    else results.total.value <= len(ids)
                )
                checked += bool(ids)
    assert checked > 25
