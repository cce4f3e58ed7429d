"""What only the embedded engine promises: its files, its lock, its segments."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest
import tantivy
from msgspec.structs import asdict, replace

import searchkit
from searchkit import (
    Article,
    IndexDamaged,
    IndexExists,
    IndexLocked,
    IndexNotFound,
    IndexReadOnly,
    InvalidRequest,
    SchemaMismatch,
)
from searchkit.document import document
from searchkit.engines.base import Settings
from searchkit.engines.tantivy import TantivyEngine
from searchkit.engines.tantivy.damage import damage
from searchkit.engines.tantivy.holder import NOTE, Holder, holder
from searchkit.engines.tantivy.rows import encode
from searchkit.engines.tantivy.tables import build_schema, register
from searchkit.schema import FORMAT, fingerprint
from tests.engines.users import nobody

SETTINGS = Settings("en", "UTC", FORMAT, fingerprint("en"))


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


def test_whoever_searches_after_a_commit_finds_what_it_put_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a search relies on what another one saw, and whoever has committed."""
    for module in ("engine", "writer"):
        monkeypatch.setattr(f"searchkit.engines.tantivy.{module}.FRESH_SECONDS", 0.3)
    with searchkit.create(tmp_path / "x.idx") as index, searchkit.open(tmp_path / "x.idx") as other:
        assert isinstance(other.engine, TantivyEngine)
        stamp = Mock(wraps=other.engine._stamp)
        monkeypatch.setattr(other.engine, "_stamp", stamp)
        for number in range(3):
            assert other.search("word").total.value == number
            index.add([Article(id=str(number), body="word")])
            assert index.search("word").total.value == number + 1
            assert other.search("word").total.value == number + 1
            looks = stamp.call_count
            assert [other.search("word").total.value for _ in range(5)] == [number + 1] * 5
            assert stamp.call_count == looks, "a moment later, nobody looks again"


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
    settings.write_text("[" * 100_000)
    with pytest.raises(IndexDamaged):
        searchkit.open(tmp_path / "x.idx")


@pytest.mark.parametrize("name", ["meta.json", "*.idx", "*.store", "*.term"])
def test_a_missing_file_is_damage(tmp_path: Path, name: str) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([Article(id="a", body="word")])
    for path in (tmp_path / "x.idx" / "tantivy").glob(name):
        path.unlink()
    with pytest.raises(IndexDamaged, match="searchkit repair"):
        searchkit.open(tmp_path / "x.idx").search("word")


@pytest.mark.parametrize("content", [b"{broken", b"", b"\xff"])
def test_damage_done_while_open_is_damage(tmp_path: Path, content: bytes) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([Article(id="a", body="word")])
        meta = tmp_path / "x.idx" / "tantivy" / "meta.json"
        meta.unlink()
        with pytest.raises(IndexDamaged, match="restore it"):
            index.search("word")
        meta.write_bytes(content)
        with pytest.raises(IndexDamaged, match="restore it"):
            index.search("word")


def test_an_index_deleted_while_open_is_not_found(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([Article(id="a", body="word")])
        shutil.rmtree(tmp_path / "x.idx")
        with pytest.raises(IndexNotFound):
            index.search("word")
        with pytest.raises(IndexNotFound):
            index.add([Article(id="b", body="word")])
        with pytest.raises(IndexNotFound):
            index.engine.write_note("x.json", b"")


def test_damage_translates_what_the_engine_raises_and_nothing_else(tmp_path: Path) -> None:
    # Rust's panics reach Python as an exception of this name, which no module gives.
    panic = type("PanicException", (BaseException,), {})
    for error in (panic("mid > len"), ValueError("corrupted"), FileNotFoundError(2, "no such file")):
        with pytest.raises(IndexDamaged, match="restore it") as caught, damage(tmp_path):
            raise error
        assert caught.value.__cause__ is error
    for other in (KeyboardInterrupt(), InvalidRequest("x"), RuntimeError()):
        with pytest.raises(type(other)) as kept, damage(tmp_path):
            raise other
        assert kept.value is other


@contextmanager
def closed(place: Path) -> Iterator[None]:
    """A folder in which nobody but root may write."""
    modes = {path: path.stat().st_mode for path in (place, *place.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        with nobody():
            yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, which anybody may use, beside one for indexes; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        (place / "links").mkdir()
        (place / "links").chmod(0o777)
        (place / "index").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(place / "links"))
        monkeypatch.chdir(place)
        yield place / "links"
        monkeypatch.undo()


def test_what_cannot_be_written_can_be_searched(links: Path) -> None:
    with searchkit.create("index/x.idx") as index:
        index.add([Article(id="a", body="word")])
    with closed(links.parent / "index"):
        with searchkit.open("index/x.idx") as index:
            results = index.search("word")
            assert len(list(links.iterdir())) == 1
            with pytest.raises(IndexReadOnly, match="can be searched, but not written"):
                index.add([Article(id="b", body="word")])
            with pytest.raises(IndexReadOnly):
                index.profile = "bm25"
            assert index.stats()["size_bytes"] > 0
        assert list(links.iterdir()) == []
        assert [hit.id for hit in results] == ["a"]
        with pytest.raises(IndexNotFound, match="Permission denied"):
            searchkit.open("index/y.idx", create=True)


def test_an_index_that_is_not_closed_leaves_no_links(links: Path) -> None:
    searchkit.create("index/x.idx").close()
    with closed(links.parent / "index"):
        index = searchkit.open("index/x.idx")
        assert index.search("").total.value == 0
        del index
        gc.collect()
    assert list(links.iterdir()) == []


def test_another_users_commits_are_seen(links: Path) -> None:
    with searchkit.create("index/x.idx") as index, nobody(), searchkit.open("index/x.idx") as reader:
        if os.access("index", os.W_OK, effective_ids=True):
            pytest.skip("without root there is no other user here")
        assert len(list(links.iterdir())) == 1
        for number in range(30):
            os.seteuid(0)
            index.add([Article(id=str(number), body="word")])
            os.seteuid(65534)
            assert reader.search("word").total.value == number + 1
        assert len(list(reader.search("word", limit=30))) == 30
        os.seteuid(0)
        index.delete("3")
        os.seteuid(65534)
        assert reader.search("word").total.value == 29


def test_lacking_permission_is_no_damage(links: Path) -> None:
    with searchkit.create("index/x.idx") as index:
        index.add([Article(id="a", body="word")])
        with closed(links.parent / "index"), pytest.raises(IndexReadOnly, match="a user who may write"):
            index.add([Article(id="b", body="word")])
        (links.parent / "index" / "y.idx").mkdir()
        with closed(links.parent / "index"), pytest.raises(IndexReadOnly):
            searchkit.create("index/y.idx")
    for store in (links.parent / "index" / "x.idx" / "tantivy").glob("*.store"):
        store.chmod(0)
    with nobody(), pytest.raises(IndexDamaged, match="permission to read") as caught:
        searchkit.open("index/x.idx")
    assert "restore" not in str(caught.value)
    assert list(links.iterdir()) == []


@pytest.mark.parametrize("name", ["file.txt/x.idx", "x" * 5_000, "x\0y"])
def test_a_place_where_no_index_can_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("mine")
    for create in (False, True):
        with pytest.raises(IndexNotFound):
            searchkit.open(tmp_path / name, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_of_many_that_make_an_index_one_does_and_all_can_open_it(tmp_path: Path) -> None:
    def make(path: Path) -> bool:
        try:
            TantivyEngine.create(path, SETTINGS).close()
        except IndexExists:
            TantivyEngine.open(path).close()
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        for attempt in range(10):
            made = list(pool.map(make, [tmp_path / f"{attempt}.idx"] * 8))
            assert sum(made) == 1


def test_making_an_index_removes_only_what_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("searchkit.engines.tantivy.make._move", fail)
    (tmp_path / "empty").mkdir()
    for name in ("empty", "new"):
        with pytest.raises(KeyboardInterrupt):
            TantivyEngine.create(tmp_path / name, SETTINGS)
    assert list(tmp_path.rglob("*")) == [tmp_path / "empty"]


def test_what_a_killed_process_began_to_make_is_completed(tmp_path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from searchkit.engines.tantivy import TantivyEngine, make
from tests.engines.test_tantivy import SETTINGS
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
make.STEP = die
TantivyEngine.create(Path({str(tmp_path)!r}) / "STEP.idx", SETTINGS)
"""
    for step in ("_move", "_publish", "_tidy"):
        killed = [sys.executable, "-c", code.replace("STEP", step)]
        assert subprocess.run(killed, cwd=Path(__file__).parents[2]).returncode == -signal.SIGKILL
        place = tmp_path / f"{step}.idx"
        assert any(place.iterdir())
        with searchkit.open(place, create=True) as index:
            assert index.add([Article(id="a", body="word")]).added == 1
            with pytest.raises(IndexExists):
                searchkit.create(place)
        assert searchkit.check(place, deep=True) == [] or step == "_tidy"


def test_articles_without_settings_are_no_free_place(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([Article(id="a", body="word")])
    (tmp_path / "x.idx" / "searchkit.json").unlink()
    with pytest.raises(IndexExists):
        searchkit.open(tmp_path / "x.idx", create=True)


def test_a_second_writer_waits_then_says_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.index.LOCK_SECONDS", 0.2)
    monkeypatch.setattr("searchkit.engines.tantivy.writing._PATIENCE_SECONDS", 0.1)
    told: list[str] = []
    with searchkit.create(tmp_path / "x.idx") as index, searchkit.open(tmp_path / "x.idx") as other:
        other.on_wait = told.append
        with index.batch():
            index.add([Article(id="a", body="word")])
            with pytest.raises(
                IndexLocked, match=rf"this program \(process {os.getpid()}\) .* since 20"
            ) as caught:
                other.add([Article(id="b", body="word")])
            assert other.search("word").total.value == 0
        assert [told[0] in str(caught.value), len(told)] == [True, 1]
        assert other.add([Article(id="b", body="word")]).added == 1
        assert index.search("word").total.value == 2
        assert not (tmp_path / "x.idx" / NOTE).exists()


@pytest.mark.parametrize("note", ["dead", b"", b"{broken", b"[]", b'{"pid": 1}', None])
def test_a_note_that_says_nothing_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, note: str | bytes | None
) -> None:
    monkeypatch.setattr("searchkit.index.LOCK_SECONDS", 0.0)
    with searchkit.create(tmp_path / "x.idx") as index, searchkit.open(tmp_path / "x.idx") as other:
        with index.batch():
            (tmp_path / "x.idx" / NOTE).unlink()
            if note == "dead":
                ended = subprocess.Popen([sys.executable, "-c", ""])
                ended.wait()
                dead = replace(Holder.myself(), pid=ended.pid)
                (tmp_path / "x.idx" / NOTE).write_text(json.dumps(asdict(dead)))
            elif isinstance(note, bytes):
                (tmp_path / "x.idx" / NOTE).write_bytes(note)
            with pytest.raises(IndexLocked, match="another program is writing"):
                other.add([Article(id="b", body="word")])
        assert other.add([Article(id="b", body="word")]).added == 1
        assert not (tmp_path / "x.idx" / NOTE).exists()


def test_a_writer_on_another_machine_is_named(tmp_path: Path) -> None:
    away = replace(Holder.myself(), host="desk-3.example", program="feed", pid=12)
    (tmp_path / NOTE).write_text(json.dumps(asdict(away)))
    assert str(holder(tmp_path)).startswith("feed (process 12 on desk-3.example) has been writing")


@pytest.mark.parametrize(
    ("started", "name"),
    [
        (["/usr/bin/searchkit", "index"], "searchkit"),
        (["/lib/searchkit/__main__.py"], "searchkit"),
        (["-c"], "python"),
        (["-"], "python"),
        ([""], "python"),
        ([], "python"),
    ],
)
def test_a_writer_has_a_name(started: list[str], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", started)
    assert Holder.myself().program == name


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


@pytest.mark.parametrize("name", ["*.pos", "*.fast", "*.store"])
def test_damage_found_while_searching_is_told(tmp_path: Path, name: str) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add(Article(id=str(n), body=f"two words {n}", publication="Paper") for n in range(50))
    for file in (tmp_path / "x.idx" / "tantivy").glob(name):
        data = file.read_bytes()
        file.write_bytes(bytes(byte ^ 0xFF for byte in data[:-150]) + data[-150:])
    with pytest.raises(IndexDamaged), searchkit.open(tmp_path / "x.idx") as index:
        for hit in index.search('"two words"', facets=["publication"]):
            assert hit.article.headline == ""
        index.search("", sort="newest")


def test_the_first_deletion_of_a_writer_is_not_lost_to_a_merge(tmp_path: Path) -> None:
    """Tantivy numbers it as the last commit, which a merge of many segments then takes for done."""
    for attempt in range(4):
        place = tmp_path / f"{attempt}.idx"
        articles = [[Article(id=f"{n}-{k}", body="word") for k in range(5)] for n in range(12)]
        with searchkit.create(place):
            pass
        raw = tantivy.Index(build_schema(), str(place / "tantivy"), reuse=True)
        register(raw, "en")
        for batch in (*articles, [articles[5][0]]):
            writer = raw.writer(15_000_000, 1)  # dropped before it has merged anything
            writer.delete_documents_by_term("id", batch[0].id)
            for article in batch:
                writer.add_json(encode(document(article)))
            writer.commit()
            del writer
        with searchkit.open(place) as index:
            changed = Article(id="5-1", body="other word")
            assert index.add([changed]).replaced == 1
            assert index.stats()["articles"] == 60 and index.get("5-1") == changed
