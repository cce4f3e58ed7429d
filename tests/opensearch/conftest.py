"""What the tests of one engine share: an address on the cluster, and a way to speak to it past searchkit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
import urllib3

from tests.opensearch.places import place

Ask: TypeAlias = Callable[..., Any]


@pytest.fixture
def where(hosts: str) -> Iterator[str]:
    with place(hosts, "?replicas=0") as address:
        yield address


@pytest.fixture(scope="session")
def ask(hosts: str) -> Ask:
    """``ask(method, path, body)``: the cluster's plain answer."""

    def asked(method: str, path: str, body: Any = None) -> Any:
        answer = urllib3.request(method, f"http://{hosts.split(',')[0]}{path}", json=body)
        assert answer.status < 300, answer.data
        return answer.json()

    return asked


def name_of(where: str) -> str:
    """The name of the index at an address."""
    return where.rpartition("/")[2].partition("?")[0]
