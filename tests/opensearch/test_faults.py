"""A cluster in trouble: what was acknowledged is found, errors say what is wrong, and one can go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import searchkit
from searchkit import Article, Index, IndexReadOnly, IndexUnavailable
from searchkit.engines.opensearch import client as client_module
from tests.opensearch.cluster import Cluster
from tests.opensearch.conftest import Ask, name_of
from tests.opensearch.places import place

pytestmark = pytest.mark.opensearch

BATCH = 100


def batch(number: int) -> list[Article]:
    return [Article(id=f"{number}-{each}", headline="Ferry", body=f"captain {each}") for each in range(BATCH)]


@pytest.fixture
def kept_twice(cluster: Cluster) -> Iterator[str]:
    """An index on three shards with a copy of each."""
    with place(cluster.hosts, "?shards=3&replicas=1") as where:
        yield where


@contextmanager
def killed(cluster: Cluster, node: int) -> Iterator[None]:
    """A node is dead as long as the block runs."""
    cluster.kill(node)
    try:
        yield
    finally:
        cluster.revive(node)


def eventually(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def ids(index: Index, numbers: range) -> bool:
    """Whether all articles of these batches are there, and no others."""
    found = index.search("captain", limit=1)
    known = index.engine.snapshot().digests([each.id for number in numbers for each in batch(number)])
    return found.total.value == len(known) == BATCH * len(numbers)


@pytest.fixture
def kept_once(cluster: Cluster) -> Iterator[str]:
    """An index with a shard on each node, and no copies."""
    with place(cluster.hosts, "?shards=3&replicas=0") as where:
        yield where


def test_a_node_is_killed_while_articles_come_in(cluster: Cluster, kept_twice: str, kept_once: str) -> None:
    """Each batch is acknowledged when ``add`` returns; all are found, then and when the node is back."""
    done = threading.Event()
    errors: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(40):
                assert index.add(batch(number)).added == BATCH
                done.set()
        except BaseException as error:
            errors.append(error)

    with searchkit.create(kept_twice) as index, searchkit.create(kept_once) as fragile:
        fragile.add(batch(0))
        writing = threading.Thread(target=write)
        writing.start()
        done.wait()
        cluster.wait("wait_for_status", "green")  # before, there are no copies to go on with
        with killed(cluster, 1):
            writing.join()
            assert errors == []
            assert ids(index, range(40))
            shards_are_away(fragile)
        assert ids(index, range(40))
        assert index.check(deep=True) == []
        assert fragile.search("captain").total.value == BATCH


def shards_are_away(index: Index) -> None:
    """A search does not give a part of what there is for all of it."""
    with pytest.raises(IndexUnavailable, match=r"searchkit check|search again"):
        index.search("captain")
    (flaw,) = index.check()
    assert not flaw.harmless and "are away" in flaw.wrong


def test_a_node_is_killed_while_readers_search(cluster: Cluster, kept_twice: str) -> None:
    """Every search finds all or says that it cannot, and soon all of them can again."""
    with searchkit.create(kept_twice) as index:
        index.add(batch(0))
        cluster.wait("wait_for_status", "green")  # before, there are no copies to go on with
        totals: list[int] = []
        told: list[IndexUnavailable] = []
        errors: list[BaseException] = []
        done = threading.Event()

        def search() -> None:
            while not done.is_set():
                try:
                    totals.append(index.search("captain").total.value)
                except IndexUnavailable as error:
                    told.append(error)
                    totals.append(-1)
                except BaseException as error:
                    errors.append(error)

        readers = [threading.Thread(target=search) for _ in range(2)]
        for reader in readers:
            reader.start()
        try:
            with killed(cluster, 2):
                before = len(totals)
                eventually(lambda: len(totals) > before + 20 and totals[-10:] == [BATCH] * 10)
        finally:
            done.set()
            for reader in readers:
                reader.join()
        assert errors == []
        assert {*totals} <= {-1, BATCH}
        assert all(error.hint for error in told)


def test_a_cluster_that_does_not_answer(cluster: Cluster) -> None:
    with place(cluster.hosts, "?replicas=0") as where, searchkit.create(where) as index:
        index.add(batch(0))
        one, rest = cluster.hosts.split(",")[0], where.rpartition("/")[2]
        with searchkit.open(f"opensearch://{one}/{rest}&timeout=1") as hurried:
            cluster.pause(0)
            try:
                started = time.monotonic()
                with pytest.raises(IndexUnavailable, match="no answer in 1 s"):
                    hurried.search("captain")
                assert time.monotonic() - started < 10
            finally:
                cluster.resume(0)
            eventually(lambda: finds_all(hurried))


def finds_all(index: Index) -> bool:
    try:
        return index.search("captain").total.value == BATCH
    except IndexUnavailable:
        return False


def test_writing_is_blocked_as_by_a_full_disk(where: str, ask: Ask) -> None:
    def block(value: bool | None) -> None:
        ask("PUT", f"/{name_of(where)}/_settings", {"index.blocks.read_only_allow_delete": value})

    with searchkit.create(where) as index:
        index.add(batch(0))
        block(True)
        with pytest.raises(IndexReadOnly, match="disk"):
            index.add(batch(1))
        assert index.search("captain").total.value == BATCH
        (flaw,) = index.check()
        assert flaw.harmless and "read_only_allow_delete" in flaw.wrong
        block(None)
        assert index.add(batch(1)).added == BATCH


@contextmanager
def overloaded(ask: Ask) -> Iterator[None]:
    """The cluster refuses (429) whatever is larger than a few hundred bytes."""

    def limit(size: str | None) -> None:
        ask("PUT", "/_cluster/settings", {"transient": {"network.breaker.inflight_requests.limit": size}})

    limit("2kb")
    try:
        yield
    finally:
        limit(None)


def test_a_cluster_that_is_overloaded_for_a_while(where: str, ask: Ask) -> None:
    with searchkit.create(where) as index:
        added: list[int] = []
        with overloaded(ask):
            writing = threading.Thread(target=lambda: added.append(index.add(batch(0)).added))
            writing.start()
            time.sleep(1.0)
            assert added == []
        writing.join()
        assert added == [BATCH]
        assert index.search("captain").total.value == BATCH


def test_a_cluster_that_stays_overloaded(where: str, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "PAUSES", (0.01, 0.01))
    with searchkit.create(where) as index:
        with overloaded(ask), pytest.raises(IndexUnavailable, match=r"(?s)overloaded.*run it again"):
            index.add(batch(0))
        assert index.add(batch(0)).read == BATCH
        assert index.search("captain").total.value == BATCH
