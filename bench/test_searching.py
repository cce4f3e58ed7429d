"""Query → hits. Each round searches for other words, so that nothing but the engine is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import searchkit
from searchkit import Index
from searchkit.query import parse


def queries(vocabulary: list[str], shape: str) -> Iterator[str]:
    """Queries of one shape over words of middling frequency, without end."""
    middling = vocabulary[50:1250]
    for at in cycle(range(0, len(middling) - 3, 3)):
        yield shape.format(*middling[at : at + 3])


@pytest.mark.parametrize(
    "shape",
    ["{0}", "{0} {1} {2}", "+{0} +{1} +{2}", '"{0} {1}"', "{0}*", "{0} published:2017", "{0} NOT {1}"],
    ids=["term", "any-of-three", "all-of-three", "phrase", "prefix", "date-range", "not"],
)
def test_search(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str], shape: str) -> None:
    asked = queries(vocabulary, shape)
    benchmark(lambda: index.search(next(asked)))


def test_sort_by_date(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0}")
    benchmark(lambda: index.search(next(asked), sort="newest"))


def test_facets(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0}")
    benchmark(lambda: index.search(next(asked), facets=["publication", "section"]))


READS: dict[str, Callable[[searchkit.Hit], object]] = {
    "fetch": lambda hit: (hit.headline, hit.publication, hit.published),
    "snippets": lambda hit: hit.snippets,
}


@pytest.mark.parametrize("read", READS)
def test_read_ten_hits(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str], read: str) -> None:
    asked = queries(vocabulary, "{0} {1} {2}")
    benchmark(lambda: [READS[read](hit) for hit in index.search(next(asked))])


def test_parse(benchmark: BenchmarkFixture, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, '{0} AND ("{1} {2}" OR headline:{0}) NOT byline:{1}')
    benchmark(lambda: parse(next(asked), strict=True))


def test_open(benchmark: BenchmarkFixture, index: Index, vocabulary: list[str]) -> None:
    asked = queries(vocabulary, "{0}")
    where: Path = index.engine._path  # type: ignore[attr-defined]

    def open_and_search() -> None:
        with searchkit.open(where) as opened:
            opened.search(next(asked))

    benchmark(open_and_search)
