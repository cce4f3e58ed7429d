"""Hypothesis draws other examples at every run, but in CI the same ones: a find there would block others."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def hosts() -> Iterator[str]:
    """The nodes of a cluster for the whole run, as an address has them."""
    from tests.opensearch.places import HOSTS, running_cluster  # starting one is slow

    if HOSTS in os.environ:
        yield os.environ[HOSTS]
    else:
        with running_cluster() as cluster:
            yield cluster.hosts
