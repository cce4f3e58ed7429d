"""Articles → index."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

import searchkit
from searchkit import Article, Index


def test_index(benchmark: BenchmarkFixture, corpus: list[Article], tmp_path: Path) -> None:
    numbers = count()

    def index_all() -> int:
        with searchkit.create(tmp_path / f"{next(numbers)}.idx") as index:
            return index.add(corpus).added

    assert benchmark.pedantic(index_all, rounds=3) == len(corpus)


def test_reindex_unchanged(benchmark: BenchmarkFixture, corpus: list[Article], index: Index) -> None:
    report = benchmark.pedantic(lambda: index.add(corpus), rounds=3)
    assert report.unchanged == len(corpus)


def test_add_one(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    numbers = count()
    with searchkit.create(tmp_path / "one.idx") as index:
        benchmark.pedantic(lambda: index.add([Article(id=str(next(numbers)), body="one")]), rounds=20)
