"""Places for indexes on the cluster that a test run starts, each of which is cleared away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
import urllib3

from tests.opensearch.cluster import Cluster, Unavailable

HOSTS = "SEARCHKIT_TEST_OPENSEARCH"
"""The variable that names the nodes of a cluster that runs already: then none is started."""


@contextmanager
def running_cluster(*, is_fast: bool = False) -> Iterator[Cluster]:
    """A cluster, as long as the block runs; where there can be none, the tests that want it are skipped."""
    with TemporaryDirectory(prefix="searchkit-cluster-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder), is_fast=is_fast)
        try:
            cluster.start()
            yield cluster
        except Unavailable as error:
            pytest.skip(f"no cluster: {error}")
        finally:
            cluster.stop()


@contextmanager
def place(hosts: str, options: str = "") -> Iterator[str]:
    """The address of an index that is not there yet; whatever is there in the end is deleted."""
    name = f"t{uuid4().hex[:12]}"
    try:
        yield f"opensearch://{hosts}/{name}{options}"
    finally:
        clear(hosts, name)


def clear(hosts: str, name: str) -> None:
    """Deletes an index, its notes, and what was to take its place."""
    host = f"http://{hosts.split(',')[0]}"
    for wanted in (f"{name}-*", name):
        found = urllib3.request("GET", f"{host}/{wanted}/_settings?ignore_unavailable=true").json()
        for index in found if "error" not in found else ():
            urllib3.request("DELETE", f"{host}/{index}")
