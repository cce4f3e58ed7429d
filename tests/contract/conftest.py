"""Every engine that there is, each as a function that makes a new, empty index. A new engine is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

import searchkit
from searchkit import Index

MakeIndex: TypeAlias = Callable[[], Index]


@pytest.fixture(params=["tantivy"])
def make_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeIndex]:
    made: list[Index] = []

    def make() -> Index:
        match request.param:
            case "tantivy":
                made.append(searchkit.create(tmp_path / f"{len(made)}.idx"))
        return made[-1]

    yield make
    for index in made:
        index.close()


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    return make_index()
