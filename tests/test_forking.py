"""Forked processes: what other threads of the first one held or were about to do is not theirs."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit import Index, IndexLocked, InvalidRequest, SearchkitError
from tests.forks import SECONDS, fork, in_child, needs_fork

pytestmark = needs_fork


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([{"id": "1", "body": "the harbour"}])
        yield index


def found(index: Index) -> str:
    return " ".join(hit.id for hit in index.search("harbour"))


def test_a_child_searches_while_a_thread_of_its_parent_writes(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.index.LOCK_SECONDS", 0.1)
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        with index.batch() as batch:
            batch.add([{"id": "2", "body": "a harbour"}])
            begun.set()
            done.wait(SECONDS)

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(SECONDS)
    assert in_child(lambda: found(index)) == "1"
    assert in_child(lambda: str(index.add([{"id": "3", "body": "x"}]).added)) == IndexLocked.__name__
    done.set()
    writer.join()
    assert sorted(found(index).split()) == ["1", "2"]


def test_a_child_has_no_part_in_the_batch_that_it_was_forked_off_in(index: Index, tmp_path: Path) -> None:
    with index.batch() as batch:
        batch.add([{"id": "2", "body": "a harbour"}])
        assert in_child(lambda: str(batch.add([{"id": "3", "body": "x"}]).added)) == InvalidRequest.__name__
        assert (tmp_path / "x.idx" / "writer.json").exists()
    assert sorted(found(index).split()) == ["1", "2"]
    assert index.add([{"id": "4", "body": "x"}]).added == 1


def test_a_child_that_leaves_the_block_of_its_parent_commits_and_frees_nothing(
    index: Index, tmp_path: Path
) -> None:
    reads, writes = os.pipe()
    child = -1
    try:
        with index.batch() as batch:
            batch.add([{"id": "2", "body": "a harbour"}])
            if child := fork():
                os.close(writes)
                os.waitpid(child, 0)
                assert (tmp_path / "x.idx" / "writer.json").exists()
                assert os.read(reads, 100).decode() == InvalidRequest.__name__
    except SearchkitError as error:
        if child:
            raise
        os.write(writes, type(error).__name__.encode())
    finally:
        if not child:
            os._exit(0)
    assert sorted(found(index).split()) == ["1", "2"]


def test_a_lock_that_another_thread_holds_is_free_in_a_child(index: Index) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with index._profile._lock:
            held.set()
            done.wait(SECONDS)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(SECONDS)
    assert in_child(lambda: index.profile.name) == "news"
    done.set()
    holder.join()


def test_a_batch_that_has_ended_takes_nothing(index: Index) -> None:
    with index.batch() as batch:
        pass
    for action in (batch.commit, lambda: batch.add([]), lambda: batch.delete(["1"])):
        with pytest.raises(InvalidRequest, match="the batch has ended"):
            action()
    assert found(index) == "1"
