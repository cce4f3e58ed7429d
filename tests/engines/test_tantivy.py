"""What only the embedded engine promises: its files, its lock, its segments."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import searchkit
from searchkit import (
    Article,
    IndexDamaged,
    IndexExists,
    IndexLocked,
    IndexNotFound,
    InvalidRequest,
    SchemaMismatch,
)


def test_many_small_commits_leave_few_segments_and_readers_see_each_whole(tmp_path: Path) -> None:
    seen: list[int] = []
    done = threading.Event()
    with searchkit.create(tmp_path / "x.idx") as index, searchkit.open(tmp_path / "x.idx") as other:

        def read() -> None:
            while not done.is_set():
                pairs = other.search("first").total.value, other.search("second").total.value
                seen.append(pairs[1] - pairs[0])

        reader = threading.Thread(target=read)
        reader.start()
        for number in range(200):
            index.add([Article(id=str(number), headline="first", body="second")])
        done.set()
        reader.join()
        assert index.stats()["articles"] == 200
        assert index.stats()["segments"] <= 16
        assert other.search("first").total.value == 200
    assert seen and min(seen) >= 0


def test_open_and_create_refuse_what_they_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match="no index there"):
        searchkit.open(tmp_path / "nothing")
    with pytest.raises(IndexNotFound, match="not a searchkit index"):
        searchkit.open(tmp_path)
    with pytest.raises(IndexNotFound, match="no engine"):
        searchkit.open("solr://host/press")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(IndexExists):
        searchkit.create(tmp_path / "full")
    with pytest.raises(IndexExists):
        searchkit.open(tmp_path / "full", create=True)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]
    with pytest.raises(InvalidRequest, match="unknown language"):
        searchkit.create(tmp_path / "x.idx", language="xx")
    with pytest.raises(InvalidRequest, match="time zone"):
        searchkit.create(tmp_path / "x.idx", zone="Mars/Base")
    assert not (tmp_path / "x.idx").exists()


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    searchkit.create(tmp_path / "x.idx").close()
    settings = tmp_path / "x.idx" / "searchkit.json"
    made = json.loads(settings.read_text())
    settings.write_text(json.dumps(made | {"format": made["format"] + 1}))
    with pytest.raises(SchemaMismatch, match="newer"):
        searchkit.open(tmp_path / "x.idx")
    settings.write_text(json.dumps(made | {"fingerprint": "0"}))
    with pytest.raises(SchemaMismatch, match="other fields"):
        searchkit.open(tmp_path / "x.idx")
    settings.write_text("{broken")
    with pytest.raises(IndexDamaged):
        searchkit.open(tmp_path / "x.idx")


@pytest.mark.parametrize("name", ["meta.json", "*.idx", "*.store", "*.term"])
def test_a_missing_file_is_damage(tmp_path: Path, name: str) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([Article(id="a", body="word")])
    for path in (tmp_path / "x.idx" / "tantivy").glob(name):
        path.unlink()
    with pytest.raises(IndexDamaged):
        searchkit.open(tmp_path / "x.idx").search("word")


def test_a_second_writer_waits_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.index.LOCK_SECONDS", 0.2)
    with searchkit.create(tmp_path / "x.idx") as index, searchkit.open(tmp_path / "x.idx") as other:
        with index.batch():
            index.add([Article(id="a", body="word")])
            with pytest.raises(IndexLocked, match="another program"):
                other.add([Article(id="b", body="word")])
            assert other.search("word").total.value == 0
        assert other.add([Article(id="b", body="word")]).added == 1
        assert index.search("word").total.value == 2


def test_language_decides_the_stems(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "de.idx", language="de") as german:
        german.add([Article(id="a", body="Die Häuser der Stadt")])
        assert german.search("Haus").total.value == 1
        assert german.search("hauser").total.value == 1
    with searchkit.open(tmp_path / "de.idx") as german:
        assert german.search("Haus").total.value == 1
    with searchkit.create(tmp_path / "multi.idx", language="multi") as several:
        several.add([Article(id="a", body="Die Häuser der Stadt")])
        assert several.search("Haus").total.value == 0
        assert several.search("hauser").total.value == 1


WRITE = """
import sys, searchkit
with searchkit.open(sys.argv[1], create=True) as index:
    for run in range(10_000):
        index.add({"id": f"{run}-{n}", "body": f"word {run}"} for n in range(20))
        print(run, flush=True)
"""


def test_a_killed_writer_leaves_its_last_commit(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE, str(tmp_path / "x.idx")]
    for attempt in range(3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        committed = 0
        for line in process.stdout:
            committed = int(line) + 1
            if committed >= 3 + attempt:
                break
        time.sleep(0.01 * attempt)
        process.kill()
        process.communicate()
        with searchkit.open(tmp_path / "x.idx") as index:
            total = index.search("word", limit=0).total.value
            assert total % 20 == 0 and total >= committed * 20
            assert index.add([{"id": "after", "body": "the lock is free"}]).rejected == 0
            assert index.delete("after") == 1
