"""Hypothesis draws other examples at every run, but in CI the same ones: a find there would block others."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.opensearch.cluster import Cluster
from tests.opensearch.places import HOSTS, running_cluster

settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster for the whole run. Starting it takes a while, and where it cannot start, tests are skipped."""
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def hosts(request: pytest.FixtureRequest) -> str:
    """The nodes of a cluster, as an address has them: of one that is named, or else of our own."""
    named = os.environ.get(HOSTS)
    return named or str(request.getfixturevalue("cluster").hosts)
