"""What a repair saves: all that reads, and nothing that was not put in."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import tantivy

import searchkit
from searchkit import Article, IndexDamaged, IndexExists, IndexLocked, Reading, SchemaMismatch
from searchkit.engines.tantivy.tables import register
from searchkit.ingest import Ingest
from searchkit.schema import FORMAT
from tests.engines.damages import flip
from tests.engines.test_check import article, copy, damaged, files, whole

__all__ = ["copy", "whole"]  # fixtures

KEPT = {str(number) for number in range(40)} - {"7", "8"}


def ids(where: Path) -> set[str]:
    """The ids of the articles of an index, each of which is as it was put in."""
    assert searchkit.check(where, deep=True) == []
    with searchkit.open(where) as index:
        found = [hit.article for hit in index.iterate()]
    assert all(each == article(int(each.id)) for each in found)
    return {each.id for each in found}


def test_every_damage_to_every_file_leaves_all_that_can_be_left(whole: Path, tmp_path: Path) -> None:
    for number, name in enumerate(name for name in files(whole) if name != "searchkit.json"):
        for way, source in damaged(whole, tmp_path / str(number), name):
            report = searchkit.repair(source, source / "new")
            kept = ids(source / "new")
            assert report.rescued == len(kept) and report.doubtful == 0
            if name.endswith(".store"):
                assert kept < KEPT and report.lost == len(KEPT - kept) and report.remarks
            elif name.endswith((".del", "meta.json")) and report.remarks:
                assert kept >= KEPT and report.lost == 0
            else:
                assert kept == KEPT and report == searchkit.RepairReport(38, 0, 0, ()), (name, way)


def test_a_repair_does_not_name_everything_that_is_lost(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add(Article(id=str(number), body=f"word {number}") for number in range(200))
    store = max((tmp_path / "x.idx").rglob("*.store"), key=lambda file: file.stat().st_size)
    store.write_bytes(flip(store.read_bytes(), 3))
    report = searchkit.repair(tmp_path / "x.idx", tmp_path / "new.idx")
    assert report.rescued + report.lost == 200 and report.lost > 20
    assert len(report.remarks) == 21 and f"{report.lost - 20} more articles" in report.remarks[-1]


REPAIR = """
import sys, searchkit
from pathlib import Path
from tests.engines.damages import flip
store = Path(sys.argv[1])
data = store.read_bytes()
for place in range(0, data.rindex(b'{"version"'), int(sys.argv[2])):
    store.write_bytes(flip(data, place))
    print(place, flush=True)
    report = searchkit.repair(store.parents[1], store.parents[1] / str(place))
    assert not report.doubtful, report
    with searchkit.open(store.parents[1] / str(place)) as index:
        for hit in index.iterate():
            assert hit.article.body.startswith(f"Two words and the number {hit.id}. "), hit.article
            assert hit.article.body == hit.article.body[:len(hit.article.body) // 5] * 5, hit.article
"""


def test_a_flipped_bit_among_the_articles_costs_those_that_it_hits(copy: Path) -> None:
    store = next((copy / "tantivy").glob("*.store"))
    command = [sys.executable, "-c", REPAIR, str(store), "97"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, (done.stdout[-40:], done.stderr[-2000:])


def test_what_is_lost_is_filled_in_by_the_next_run(tmp_path: Path) -> None:
    source = tmp_path / "wire.jsonl"
    source.write_bytes(b"".join(article(number).to_json() + b"\n" for number in range(40)))
    with searchkit.create(tmp_path / "x.idx", profile="bm25") as index:
        Ingest(index, Reading()).run([source])
    for store in (tmp_path / "x.idx" / "tantivy").glob("*.store"):
        store.unlink()
    report = searchkit.repair(tmp_path / "x.idx", tmp_path / "new.idx")
    assert (report.rescued, report.lost) == (0, 40)
    with searchkit.open(tmp_path / "new.idx") as index:
        assert index.profile.name == "bm25"
        assert Ingest(index, Reading()).run([source]).added == 40


def test_what_cannot_be_repaired_is_refused(copy: Path, tmp_path: Path) -> None:
    with searchkit.open(copy) as index, index.batch(), pytest.raises(IndexLocked, match="this program"):
        searchkit.repair(copy, tmp_path / "new.idx")
    with pytest.raises(IndexExists):
        searchkit.repair(copy, copy)
    (copy / "searchkit.json").write_text("{")
    with pytest.raises(IndexDamaged):
        searchkit.repair(copy, tmp_path / "new.idx")
    assert not (tmp_path / "new.idx").exists()


def test_an_index_without_articles_is_as_good_as_a_new_one(copy: Path, tmp_path: Path) -> None:
    searchkit.create(tmp_path / "new.idx").close()
    assert searchkit.repair(copy, tmp_path / "new.idx").rescued
    with pytest.raises(IndexExists):
        searchkit.repair(copy, tmp_path / "new.idx")


@pytest.mark.parametrize("change", ["language", "articles that nothing names"])
def test_an_index_that_is_not_as_new_is_left_alone(change: str, copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.idx"
    searchkit.create(other, language="de" if change == "language" else "en").close()
    if change != "language":
        (other / "tantivy" / ("0" * 32 + ".store")).write_bytes(
            b"lost with meta.json, not to be lost for good"
        )
    with pytest.raises(IndexExists):
        searchkit.repair(copy, other)


def older(where: Path) -> list[Article]:
    """An index as an older version might have made it: of another format, with fewer and other fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="stemmed", index_option="position")
    builder.add_text_field("article", stored=True, tokenizer_name="nothing", index_option="basic")
    (where / "tantivy").mkdir(parents=True)
    index = tantivy.Index(builder.build(), str(where / "tantivy"))
    register(index, "en")
    writer = index.writer(15_000_000, 1)
    articles = [article(number) for number in range(30)]
    for each in articles:
        row = {"id": each.id, "words": each.body, "article": each.to_json().decode()}
        writer.add_json(json.dumps(row))
    writer.commit()
    writer.delete_documents_by_term("id", "3")
    writer.commit()
    writer.wait_merging_threads()
    settings = {"language": "de", "zone": "Europe/Berlin", "format": FORMAT - 1, "fingerprint": "of old"}
    (where / "searchkit.json").write_text(json.dumps(settings))
    return [each for each in articles if each.id != "3"]


def test_an_index_of_an_older_version_is_refused_with_the_command_that_makes_a_new_one(
    tmp_path: Path,
) -> None:
    where = tmp_path / "x.idx"
    kept = older(where)
    with pytest.raises(SchemaMismatch, match="older") as caught:
        searchkit.open(where)
    program, command, *places = shlex.split(caught.value.hint.partition(": ")[2])
    assert (program, command) == ("searchkit", "repair")
    assert searchkit.repair(*places) == searchkit.RepairReport(len(kept), 0, 0, ())
    assert searchkit.check(places[1], deep=True) == []
    with searchkit.open(places[1]) as index:
        assert sorted(index.iterate(), key=lambda hit: int(hit.id))[0].article == kept[0]
        assert index.stats()["articles"] == len(kept) and index.stats()["language"] == "de"


def test_an_index_of_a_newer_version_is_refused_whatever_its_settings_hold(
    copy: Path, tmp_path: Path
) -> None:
    (copy / "searchkit.json").write_text(json.dumps({"format": FORMAT + 1, "shards": 3}))
    for use in (searchkit.open, lambda where: searchkit.repair(where, tmp_path / "new.idx")):
        with pytest.raises(SchemaMismatch, match="newer") as caught:
            use(copy)
        assert "upgrade" in caught.value.hint
    assert [flaw.wrong.split(": ")[-1] for flaw in searchkit.check(copy)] == ["made by a newer searchkit"]
