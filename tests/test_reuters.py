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

import pytest
import tantivy

import searchkit
from searchkit import read

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
