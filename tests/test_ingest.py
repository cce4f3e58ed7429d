"""Files → index: what a file's records go by, what the note beside the index remembers, when the lock is held."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import AddReport, Index, IndexLocked, Reading
from searchkit.batch import Addable, Batch
from searchkit.engines.base import Writer
from searchkit.engines.tantivy import TantivyEngine, holder
from searchkit.ingest import Ingest
from searchkit.sources import NOTE, Sources
from searchkit.taken import Taken


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchkit.create(tmp_path / "x.idx") as index:
        yield index


def write(path: Path, *records: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(records), "utf-8")
    return path


def record(title: str) -> str:
    return json.dumps({"title": title})


def ingest(index: Index, *sources: Path, **options: Any) -> AddReport:
    return Ingest(index, Reading(), **options).run(sources)


def articles(index: Index) -> dict[str, str]:
    return {hit.id: hit.headline for hit in index.iterate()}


def test_folders_of_one_name_in_one_run_are_two(tmp_path: Path, index: Index) -> None:
    for year in ("2016", "2017"):
        write(tmp_path / year / "pages" / "a.jsonl", record(year))
    tops = tmp_path / "2016" / "pages", tmp_path / "2017" / "pages"
    report = ingest(index, *tops)
    assert (report.added, report.replaced) == (2, 0)
    assert sorted(articles(index).values()) == ["2016", "2017"]
    assert ingest(index, *reversed(tops), again=True).unchanged == 2


def test_a_file_given_twice_in_one_run_is_one(tmp_path: Path, index: Index) -> None:
    write(tmp_path / "press" / "2017" / "a.jsonl", record("one"))
    ingest(index, tmp_path / "press", tmp_path / "press" / "2017")
    assert articles(index) == {"press/2017/a.jsonl#1": "one"}


def test_a_file_with_a_bad_record_keeps_its_name_and_is_read_again(tmp_path: Path, index: Index) -> None:
    write(tmp_path / "press" / "2017" / "a.jsonl", record("one"), "{broken")
    ingest(index, tmp_path / "press")
    report = ingest(index, tmp_path / "press" / "2017")
    assert (report.added, report.unchanged, report.rejected) == (0, 1, 1)
    write(tmp_path / "b" / "press" / "2017" / "a.jsonl", record("other"))
    assert ingest(index, tmp_path / "b" / "press").replaced == 0


def test_a_file_keeps_the_name_it_had_when_a_run_was_interrupted_in_it(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 2)
    monkeypatch.setattr("searchkit.ingest.REST", 0.0)
    monkeypatch.setattr("searchkit.ingest.TICK", 1)
    write(tmp_path / "press" / "2017" / "a.jsonl", *map(record, "abcdef"))

    def interrupt(seen: int) -> None:
        if seen == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(index, tmp_path / "press", on_progress=interrupt)
    assert len(articles(index)) == 2
    report = ingest(index, tmp_path / "press" / "2017")
    assert (report.added, report.unchanged) == (4, 2)
    assert ingest(index, tmp_path / "press").unchanged == 6


def test_a_moved_folder_keeps_its_names(tmp_path: Path, index: Index) -> None:
    write(tmp_path / "m1" / "press" / "a.jsonl", record("one"))
    ingest(index, tmp_path / "m1" / "press")
    (tmp_path / "m1").rename(tmp_path / "m2")
    report = ingest(index, tmp_path / "m2" / "press")
    assert (report.added, report.unchanged) == (0, 1)
    write(tmp_path / "m1" / "press" / "a.jsonl", record("of a new folder at the old place"))
    report = ingest(index, tmp_path / "m1" / "press")
    assert (report.added, report.replaced) == (1, 0)


def test_names_that_are_no_utf8(tmp_path: Path, index: Index) -> None:
    name = os.fsdecode(b"caf\xe9.jsonl")
    try:
        for place in ("a", "b"):
            write(tmp_path / place / "press" / name, record(place))
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 only")
    assert ingest(index, tmp_path / "a" / "press").added == 1
    assert ingest(index, tmp_path / "a" / "press").unchanged == 1
    assert ingest(index, tmp_path / "b" / "press").added == 1, "the first file is still there"
    shutil.rmtree(tmp_path / "a")
    write(tmp_path / "c" / "press" / name, record("a"))
    assert ingest(index, tmp_path / "c" / "press").unchanged == 1, "the first file has moved"


def test_two_runs_at_once_remember_the_files_of_both(tmp_path: Path, index: Index) -> None:
    one, two = (write(tmp_path / name, record(name)) for name in ("one.jsonl", "two.jsonl"))
    with searchkit.open(tmp_path / "x.idx") as other:
        runs = Ingest(index, Reading()), Ingest(other, Reading())
        runs[0].run([one])
        runs[1].run([two])
    known = json.loads((tmp_path / "x.idx" / NOTE).read_bytes())
    assert set(known) == {str(one), str(two)}


def test_a_run_heeds_the_names_that_another_has_given_meanwhile(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 1)
    first = write(tmp_path / "first.jsonl", record("first"))
    ours, theirs = (write(tmp_path / name / "press" / "a.jsonl", record(name)).parent for name in "xy")
    with searchkit.open(tmp_path / "x.idx") as other:

        def sources() -> Iterator[Path]:
            ingest(other, theirs)
            yield first
            yield ours

        assert Ingest(index, Reading()).run(sources()).replaced == 0
    assert len(articles(index)) == 3


def test_the_note_is_written_under_the_lock(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_note, written = index.engine.write_note, []

    def locked(name: str, data: bytes) -> None:
        other = searchkit.open(tmp_path / "x.idx")
        with pytest.raises(IndexLocked), other.engine.writer(wait=0, on_wait=print):
            pass
        written.append(name)
        write_note(name, data)

    monkeypatch.setattr(index.engine, "write_note", locked)
    ingest(index, write(tmp_path / "a.jsonl", record("one")))
    assert written == [NOTE]


def test_files_without_records_are_remembered(tmp_path: Path, index: Index) -> None:
    empty = write(tmp_path / "empty.jsonl")
    ingest(index, empty)
    assert set(json.loads((tmp_path / "x.idx" / NOTE).read_bytes())) == {str(empty)}


@pytest.mark.parametrize(
    "broken",
    [
        "{broken",
        "[]",
        "null",
        '{"PATH": 1}',
        '{"PATH": {"name": "a.jsonl"}}',
        '{"PATH": {"name": 1, "size": "2", "mtime_ns": 3, "reading": "", "articles": [], "whole": 0}}',
    ],
)
def test_a_broken_note_counts_as_lost(tmp_path: Path, index: Index, broken: str) -> None:
    source = write(tmp_path / "a.jsonl", record("one"))
    ingest(index, source)
    (tmp_path / "x.idx" / NOTE).write_text(broken.replace("PATH", str(source)), "utf-8")
    report = ingest(index, source)
    assert (report.added, report.unchanged, report.rejected) == (0, 1, 0)
    assert json.loads((tmp_path / "x.idx" / NOTE).read_bytes())[str(source)]["whole"] is True


def test_others_may_write_while_a_source_is_slow(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.index.LOCK_SECONDS", 0)
    monkeypatch.setattr("searchkit.ingest.AHEAD", 1)
    with searchkit.open(tmp_path / "x.idx") as other:

        class Slow(io.BytesIO):
            """A stream behind which time passes: another program writes meanwhile."""

            reads = 0

            def read(self, size: int | None = -1, /) -> bytes:
                self.reads += 1
                other.add([{"id": f"other {self.reads}", "body": "meanwhile"}])
                return super().read(size)

        stream = Slow(b"\n".join(b'{"title": "%d %s"}' % (n, b"x" * 10_000) for n in range(80)))
        assert Ingest(index, Reading()).run([stream]).added == 80
    assert stream.reads > 2
    assert len(articles(index)) == 80 + stream.reads


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_others_may_write_while_a_pipe_is_slow(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.index.LOCK_SECONDS", 0)
    monkeypatch.setattr("searchkit.ingest.AHEAD", 1)
    monkeypatch.setattr("searchkit.ingest.TICK", 1)
    pipe = tmp_path / "wire.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=write, args=(pipe, *map(record, "abc")))
    writer.start()
    with searchkit.open(tmp_path / "x.idx") as other:

        def meanwhile(seen: int) -> None:
            other.add([{"body": f"other {seen}"}])

        run = Ingest(index, Reading(), on_progress=meanwhile)
        assert run.run([pipe]).added == 3
    writer.join()
    assert len(articles(index)) == 6


def test_a_batch_is_bounded_by_its_text(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, sizes = Batch.add, []

    def counting(self: Batch, records: Iterable[Addable]) -> AddReport:
        batch = list(records)
        sizes.append(len(batch))
        return add(self, batch)

    monkeypatch.setattr(Batch, "add", counting)
    monkeypatch.setattr("searchkit.ingest.BATCH", 20)
    monkeypatch.setattr("searchkit.ingest.BATCH_CHARACTERS", 2_500)
    monkeypatch.setattr("searchkit.ingest.REST", 0.0)
    long = [json.dumps({"title": str(n), "body": "x" * 1_000}) for n in range(7)]
    bad = ["x" * 3_000, "y" * 3_000]
    report = ingest(index, write(tmp_path / "a.jsonl", *long, *bad))
    assert (report.added, report.rejected) == (7, 2)
    assert [*filter(None, sizes)] == [3, 3, 2, 1]


@pytest.mark.parametrize(
    ("count", "sizes"), [(19, [19]), (20, [20]), (22, [22]), (23, [20, 3]), (42, [20, 22])]
)
def test_the_last_few_records_make_no_batch_of_their_own(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch, count: int, sizes: list[int]
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 20)
    monkeypatch.setattr("searchkit.ingest.REST", 0.1)
    commit, committed = Batch.commit, [0]

    def counting(self: Batch) -> None:
        commit(self)
        committed.append(index.stats()["articles"])

    monkeypatch.setattr(Batch, "commit", counting)
    lines = [json.dumps({"id": str(n), "title": "x"}) for n in range(count)]
    for at in range(0, count, 3):
        write(tmp_path / "press" / f"{at:03}.jsonl", *lines[at : at + 3])
    assert ingest(index, tmp_path / "press").added == count
    assert [after - before for before, after in pairwise(committed) if after > before] == sizes
    assert ingest(index, tmp_path / "press").unchanged == count


def test_what_is_committed_while_ctrl_c_comes_is_counted(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 2)
    monkeypatch.setattr("searchkit.ingest.REST", 0.0)
    write(tmp_path / "a.jsonl", *map(record, "abcdef"))
    commit = Batch.commit

    def interrupted(batch: Batch) -> None:
        commit(batch)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Batch, "commit", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run = Ingest(index, Reading())
        with pytest.raises(KeyboardInterrupt):
            run.run([tmp_path / "a.jsonl"])
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert run.report.added == len(articles(index)) == 2


def test_a_file_that_was_only_looked_at_is_read_by_the_next_run(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 4)
    monkeypatch.setattr("searchkit.ingest.REST", 1.0)
    for n in range(12):
        write(tmp_path / "press" / f"{n:02}.jsonl", record(f"{n}"))
    save, saved = Sources.save, []

    def interrupted(self: Sources, done: dict[Path, Taken]) -> None:
        save(self, done)
        saved.append(len(done))
        raise KeyboardInterrupt

    monkeypatch.setattr(Sources, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ingest(index, tmp_path / "press")
    monkeypatch.setattr(Sources, "save", save)
    assert (len(articles(index)), saved) == (4, [4])
    report = ingest(index, tmp_path / "press")
    assert (report.unchanged, report.added) == (4, 8)


@pytest.mark.parametrize("own", [True, False], ids=["a thread", "another program"])
def test_who_waits_to_write_is_let_in_within_a_batch(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    monkeypatch.setattr("searchkit.ingest.TURN_SECONDS", 0.0)
    monkeypatch.setattr("searchkit.ingest.AHEAD", 10)
    monkeypatch.setattr("searchkit.ingest.TICK", 1)
    waiter: list[threading.Thread] = []
    is_waiting = threading.Event()

    @contextmanager
    def waiting(path: Path) -> Iterator[None]:
        with holder.waiting(path):
            is_waiting.set()
            yield

    monkeypatch.setattr("searchkit.engines.tantivy.writing.waiting", waiting)
    with searchkit.open(tmp_path / "x.idx") as other:
        late = index if own else other

        def meanwhile(seen: int) -> None:
            if seen == 20:
                waiter.append(threading.Thread(target=late.add, args=([{"id": "late", "body": "x"}],)))
                waiter[0].start()
                while not (index.is_awaited if own else is_waiting.is_set()):
                    time.sleep(0.01)
            if seen == 25:  # when some are read ahead of the next lock
                waiter[0].join(10)
                assert not waiter[0].is_alive()

        lines = [json.dumps({"id": str(n), "title": "x"}) for n in range(60)]
        source = write(tmp_path / "a.jsonl", *lines)
        assert Ingest(index, Reading(), on_progress=meanwhile).run([source]).added == 60
        assert index.stats()["articles"] == 61 and not index.is_awaited


def test_batch_after_batch_goes_in_under_one_lock(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 10)
    monkeypatch.setattr("searchkit.ingest.REST", 0.0)
    turns: list[int] = []
    writer = type(index.engine).writer

    def counted(
        self: TantivyEngine, *, wait: float, on_wait: Callable[[str], None]
    ) -> AbstractContextManager[Writer]:
        turns.append(index.stats()["articles"])
        return writer(self, wait=wait, on_wait=on_wait)

    monkeypatch.setattr(TantivyEngine, "writer", counted)
    lines = [json.dumps({"id": str(n % 45), "title": f"{n}", "body": "x"}) for n in range(90)]
    report = ingest(index, write(tmp_path / "a.jsonl", *lines))
    assert (report.added, report.replaced, turns) == (45, 45, [0])
    monkeypatch.setattr("searchkit.ingest.TURN_SECONDS", 0.0)
    del turns[:]
    report = ingest(index, write(tmp_path / "b.jsonl", *(line.replace('"x"', '"y"') for line in lines)))
    assert (report.added, report.replaced, len(turns)) == (0, 90, 1)  # as nobody waits
    monkeypatch.setattr(Index, "is_awaited", True)
    del turns[:]
    report = ingest(index, write(tmp_path / "c.jsonl", *(line.replace('"x"', '"z"') for line in lines)))
    assert (report.added, report.replaced, len(turns)) == (0, 90, 10)
    article = index.get("44")
    assert article and article.headline == "89" and index.stats()["articles"] == 45
