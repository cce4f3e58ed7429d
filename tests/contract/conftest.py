"""Every engine that there is, each as places for new indexes. A new engine is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TypeAlias

import pytest

import searchkit
from searchkit import Index
from tests.opensearch.places import place

MakeIndex: TypeAlias = Callable[[], Index]
NewPlace: TypeAlias = Callable[[], AbstractContextManager[str | Path]]
"""Gives a place at which there is no index yet."""


@pytest.fixture(scope="session", params=["tantivy", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewPlace:
    match request.param:
        case "opensearch":
            hosts = request.getfixturevalue("hosts")
            return lambda: place(hosts, "?replicas=0")
        case _:
            return lambda: nullcontext(tmp_path_factory.mktemp("contract") / "x.idx")


@pytest.fixture
def make_index(new_place: NewPlace) -> Iterator[MakeIndex]:
    with ExitStack() as stack:

        def make() -> Index:
            where = stack.enter_context(new_place())
            return stack.enter_context(searchkit.create(where))

        yield make


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    return make_index()
