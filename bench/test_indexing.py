"""Files → index, as `searchkit index` does it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import searchkit
from searchkit import Article, Index
from searchkit.ingest import Ingest
from searchkit.readers import Reading

ROUNDS = 3


@pytest.fixture(scope="module")
def filled(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index that has the file already."""
    with searchkit.create(tmp_path_factory.mktemp("filled") / "filled.idx") as index:
        Ingest(index, Reading()).run([source])
        yield index


def test_read(benchmark: BenchmarkFixture, source: Path) -> None:
    benchmark.pedantic(lambda: deque(searchkit.read(source, name=source.name), maxlen=0), rounds=ROUNDS)


def test_index(benchmark: BenchmarkFixture, source: Path, corpus: list[Article], tmp_path: Path) -> None:
    numbers = count()

    def index_all() -> int:
        with searchkit.create(tmp_path / f"{next(numbers)}.idx") as index:
            return Ingest(index, Reading()).run([source]).added

    assert benchmark.pedantic(index_all, rounds=ROUNDS) == len(corpus)


def test_reindex_unchanged_records(
    benchmark: BenchmarkFixture, source: Path, corpus: list[Article], filled: Index
) -> None:
    report = benchmark.pedantic(
        lambda: Ingest(filled, Reading(), again=True).run([source]), rounds=ROUNDS, warmup_rounds=1
    )
    assert report.unchanged == len(corpus)


def test_reindex_unchanged_file(
    benchmark: BenchmarkFixture, source: Path, corpus: list[Article], filled: Index
) -> None:
    report = benchmark(lambda: Ingest(filled, Reading()).run([source]))
    assert report.unchanged == len(corpus)


def test_add_one(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    numbers = count()
    with searchkit.create(tmp_path / "one.idx") as index:
        benchmark.pedantic(lambda: index.add([Article(id=str(next(numbers)), body="one")]), rounds=20)
