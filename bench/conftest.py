"""The corpus that the benchmarks run on: made up, or that of ``--corpus FILE``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import searchkit
from searchkit import Article, BadRecord, Index
from searchkit.benchmark import generated

ARTICLES: Final = 5_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--corpus", type=Path, help="articles to run on, as `searchkit index` reads a file")


@pytest.fixture(scope="session")
def corpus(pytestconfig: pytest.Config) -> list[Article]:
    path: Path | None = pytestconfig.getoption("--corpus")
    if path is None:
        return list(generated.articles(ARTICLES))
    found = (each for each in searchkit.read(path, name=path.name) if not isinstance(each, BadRecord))
    return list({article.id: article for article in found}.values())


@pytest.fixture(scope="session")
def vocabulary(corpus: list[Article], pytestconfig: pytest.Config) -> list[str]:
    """The words of the corpus in order of frequency."""
    if pytestconfig.getoption("--corpus") is None:
        return generated.vocabulary()
    counts = Counter(word for article in corpus for word in re.findall("[a-z]{2,}", article.body.lower()))
    return [word for word, _ in counts.most_common()]


@pytest.fixture(scope="session")
def source(corpus: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a file of JSON lines."""
    path = tmp_path_factory.mktemp("source") / "corpus.jsonl"
    path.write_bytes(b"".join(article.to_json() + b"\n" for article in corpus))
    return path


@pytest.fixture(scope="session")
def where(corpus: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index that holds the corpus."""
    folder = tmp_path_factory.mktemp("bench") / "bench.idx"
    with searchkit.create(folder) as made:
        made.add(corpus)
    return folder


@pytest.fixture(scope="session")
def index(where: Path) -> Iterator[Index]:
    with searchkit.open(where) as opened:
        yield opened
