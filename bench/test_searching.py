"""Query → hits. Each round asks another query, so that nothing that is remembered of one is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timezone
from pathlib import Path
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import searchkit
from searchkit import Index
from searchkit.benchmark.generated import MIDDLING
from searchkit.plan import Lowering
from searchkit.profile import NEWS
from searchkit.query import parse
from searchkit.request import Request

SHAPES: Final = {
    "term": "{0}",
    "any-of-three": "{0} {1} {2}",
    "all-of-three": "+{0} +{1} +{2}",
    "phrase": '"{0} {1}"',
    "slop": '"{0} {1}"~3',
    "proximity": "{0} w/5 {1}",
    "prefix": "{0}*",
    "date-range": "{0} published:2017",
    "not": "{0} NOT {1}",
}
MIXED: Final = '{0} AND ("{1} {2}" OR headline:{0}) NOT byline:{1}'
PARSED: Final = {"words": "{0} {1} {2}", "mixed": MIXED}


def queries(vocabulary: list[str], shape: str) -> Iterator[str]:
    """Queries of one shape over words of middling frequency.

    With two words, half a million different ones; a word alone comes again after a thousand others.
    """
    middling = vocabulary[MIDDLING]
    for apart in range(1, len(middling) // 2):
        for at in range(len(middling) - 2 * apart):
            yield shape.format(*middling[at::apart][:3])


@pytest.mark.parametrize("shape", SHAPES)
def test_search(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str], shape: str) -> None:
    asked = queries(vocabulary, SHAPES[shape])
    benchmark(lambda: index.search(next(asked)))


def test_sort_by_date(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0}")
    benchmark(lambda: index.search(next(asked), sort="newest"))


def test_facets(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0}")
    benchmark(lambda: index.search(next(asked), facets=["publication", "section"]))


def test_feedback(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0} {1}")
    benchmark(lambda: index.search(next(asked), profile="feedback"))


READS: dict[str, Callable[[searchkit.Hit], object]] = {
    "fetch": lambda hit: (hit.headline, hit.publication, hit.published),
    "snippets": lambda hit: hit.snippets,
}


@pytest.mark.parametrize("read", READS)
def test_read_ten_hits(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str], read: str) -> None:
    asked = queries(vocabulary, "{0} {1} {2}")
    benchmark(lambda: [READS[read](hit) for hit in index.search(next(asked))])


@pytest.mark.parametrize("shape", PARSED)
def test_parse(benchmark: BenchmarkFixture, vocabulary: list[str], shape: str) -> None:
    asked = queries(vocabulary, PARSED[shape])
    benchmark(lambda: parse(next(asked), strict=False))


def test_lower(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, MIXED)
    lowering = Lowering("en", NEWS, "any", date(2020, 1, 1), timezone.utc, index.engine.snapshot())

    def parsed() -> tuple[tuple[Request], dict[str, object]]:
        return (Request(query=parse(next(asked), strict=True).query),), {}

    benchmark.pedantic(lowering.request, setup=parsed, rounds=2_000)


def test_open(benchmark: BenchmarkFixture, where: Path, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0}")

    def open_and_search() -> None:
        with searchkit.open(where) as opened:
            opened.search(next(asked))

    benchmark(open_and_search)
