"""An article that an engine cannot take, though every value of it was checked, costs itself alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tantivy

import searchkit
from searchkit import Article, Index, Reading, WriteFailed
from searchkit.engines.tantivy import writer as writer_module
from searchkit.engines.tantivy import writing as writing_module
from searchkit.ingest import Ingest

POISON = "poison"
Panic = type("PanicException", (BaseException,), {})


class Fragile:
    """Tantivy's writer with a fault that it does not have: as it does with real ones, it dies of a document at
    the commit, takes others meanwhile, and is revived by a rollback. ``failing`` is for a disk."""

    def __init__(self, writer: tantivy.IndexWriter, failing: str) -> None:
        self._writer = writer
        self._failing = failing
        self._dead = False

    def add_json(self, row: str) -> int:
        if POISON in row:
            self._dead = True
        if "panic" in row and self._dead:
            raise Panic("index out of bounds")
        return self._writer.add_json(row)

    def commit(self) -> int:
        if self._dead or self._failing:
            raise ValueError(self._failing or "An index writer was killed")
        return self._writer.commit()

    def rollback(self) -> int:
        self._dead = False
        return self._writer.rollback()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


def weaken(monkeypatch: pytest.MonkeyPatch, failing: str = "") -> None:
    """Makes the engine refuse articles with a certain word."""

    def fragile(index: tantivy.Index, heap: int, threads: int) -> Any:
        return Fragile(index.writer(heap, threads), failing)

    monkeypatch.setattr(writing_module, "open_writer", fragile)
    monkeypatch.setattr(writer_module, "open_writer", fragile)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchkit.create(tmp_path / "x.idx") as index:
        yield index


@pytest.fixture
def fragile(index: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    index.add([Article(id="old", body="as it was"), Article(id="gone", body="to be deleted")])
    weaken(monkeypatch)
    return index


def bodies(index: Index) -> dict[str, str]:
    return {hit.id: hit.article.body for hit in index.iterate()}


def test_one_bad_article_is_one_line_in_the_report(fragile: Index) -> None:
    articles = [Article(id=str(n), body=f"word {n}") for n in range(700)]
    articles[3] = Article(id="3", body="the poison")
    articles[500] = Article(id="500", body="more poison panic")
    report = fragile.add([*articles, Article(id="old", body="poison"), Article(id="0", body="again")])
    assert (report.read, report.added, report.replaced, report.rejected) == (702, 698, 1, 3)
    assert [(bad.source, bad.position) for bad in report.rejects] == [("add", 4), ("add", 501), ("add", 701)]
    assert all("the engine cannot take it" in bad.reason for bad in report.rejects)
    found = bodies(fragile)
    assert found.keys() == {str(n) for n in range(700)} - {"3", "500"} | {"old", "gone"}
    assert (found["old"], found["0"]) == ("as it was", "again")
    assert fragile.add([Article(id="3", body="healed")]).added == 1


def test_a_batch_of_several_steps_is_done_again_in_their_order(fragile: Index) -> None:
    with fragile.batch():
        first = fragile.add([Article(id="a", body="one"), Article(id="b", body="poison")])
        assert fragile.delete("gone", "a") == 2
        second = fragile.add([Article(id="a", body="two"), Article(id="c", body="three")])
        assert fragile.search("", limit=0).total.value == 2
    assert (first.added, first.rejected, second.added, second.rejected) == (1, 1, 2, 0)
    assert bodies(fragile) == {"old": "as it was", "a": "two", "c": "three"}


def test_nothing_but_bad_articles_changes_nothing(fragile: Index) -> None:
    report = fragile.add([Article(id="old", body="poison")])
    assert (report.replaced, report.rejected) == (0, 1)
    assert bodies(fragile) == {"old": "as it was", "gone": "to be deleted"}


def test_a_file_with_such_an_article_is_read_again(
    fragile: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.ingest.BATCH", 2)
    source = tmp_path / "wire.jsonl"
    source.write_text(
        "".join(f'{{"id": "{word}", "body": "{word}"}}\n' for word in ("a", POISON, "b", "c", "d"))
    )
    told: list[str] = []
    run = Ingest(fragile, Reading(), on_reject=lambda bad: told.append(bad.reason))
    run.run([source])
    assert (run.report.added, run.report.rejected, len(told)) == (4, 1, 1)
    assert run.report.read == 5
    monkeypatch.setattr(
        writing_module, "open_writer", lambda index, heap, threads: index.writer(heap, threads)
    )
    assert Ingest(fragile, Reading()).run([source]).added == 1
    assert Ingest(fragile, Reading()).run([source]).unchanged == 5


@pytest.mark.parametrize("reason", ["No space left on device (os error 28)", "a worker died of nothing"])
def test_a_disk_that_fails_is_no_fault_of_an_article(
    index: Index, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    index.add([Article(id="old", body="as it was")])
    with monkeypatch.context() as patch:
        weaken(patch)
        patch.setattr(
            writing_module,
            "open_writer",
            lambda index, heap, threads: Fragile(index.writer(heap, threads), reason),
        )
        with pytest.raises(WriteFailed, match="make room") as caught:
            index.add([Article(id="new", body="word")])
    assert reason in str(caught.value)
    assert bodies(index) == {"old": "as it was"}
    assert index.add([Article(id="new", body="word")]).added == 1
