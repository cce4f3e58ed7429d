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
def running_cluster() -> Iterator[Cluster]:
    """A cluster, as long as the block runs; where there can be none, the tests that want it are skipped."""
    with TemporaryDirectory(prefix="searchkit-cluster-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder))
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
        host = hosts.split(",")[0]
        for index in (f"{name}-1", f"{name}-2", f"{name}-notes"):
            urllib3.request("DELETE", f"http://{host}/{index}?ignore_unavailable=true")
