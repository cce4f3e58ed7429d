"""What only a cluster has: an alias, copies, limits, readers and writers side by side."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import (
    Article,
    IndexExists,
    IndexNotFound,
    IndexUnavailable,
    SchemaMismatch,
    UnsupportedQuery,
    schema,
)
from searchkit.cli import app
from searchkit.cli import load as load_commands
from searchkit.engines.opensearch import engine as engine_module
from searchkit.engines.opensearch import writer as writer_module
from searchkit.engines.opensearch.client import Client
from searchkit.engines.opensearch.snapshot import OpenSearchSnapshot
from tests.forks import in_child, needs_fork
from tests.opensearch.conftest import Ask, name_of

pytestmark = pytest.mark.opensearch

ARTICLES = [Article(id=f"a{number}", headline="Ferry", body=f"captain {number}") for number in range(30)]
CORPORA = Path(__file__).parents[2] / "corpora"


def test_of_several_that_make_one_at_once_one_succeeds(where: str) -> None:
    outcomes: list[object] = []
    gate = threading.Barrier(4)

    def make() -> None:
        gate.wait()
        try:
            outcomes.append(searchkit.create(where))
        except IndexExists as error:
            outcomes.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(each, IndexExists) for each in outcomes) == 3
    with searchkit.open(where) as index:
        assert index.add(ARTICLES).added == 30


@needs_fork
def test_a_forked_process_leaves_the_view_and_the_connections_to_the_first(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.search.PAGE", 10)
    with searchkit.create(where) as index:
        index.add(ARTICLES)
        hits = index.iterate("ferry")
        assert isinstance(hits, Generator)
        first = next(hits).id

        def child() -> str:
            found = str(index.search("captain").total)
            hits.close()
            index.close()
            gc.collect()
            return found

        assert in_child(child) == "30"
        assert len({first, *(hit.id for hit in hits)}) == 30


def test_an_alias_of_somebody_else_is_no_index(where: str, ask: Ask) -> None:
    ask("PUT", f"/{name_of(where)}")
    with pytest.raises(IndexNotFound, match="not a searchkit index"):
        searchkit.open(where)
    with pytest.raises(IndexExists):
        searchkit.create(where)


def test_shards_and_copies_are_as_asked_for(where: str, ask: Ask) -> None:
    with searchkit.create(f"{where}&shards=3") as index:
        index.add(ARTICLES)
        (found,) = ask("GET", f"/{name_of(where)}/_settings").values()
        assert (
            found["settings"]["index"]["number_of_shards"],
            found["settings"]["index"]["number_of_replicas"],
        ) == (
            "3",
            "0",
        )
        hits = index.search("captain OR ferry", limit=30)
        assert len({hit.score for hit in hits}) == 1  # whatever shard they are in


def test_another_program_sees_a_commit_within_a_second(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "FRESH_SECONDS", 0.0)
    with searchkit.create(where) as one, searchkit.open(where) as two:
        assert two.search("captain").total.value == 0
        one.add(ARTICLES)
        assert two.search("captain").total.value == 30


def test_hits_belong_to_one_view(where: str) -> None:
    with searchkit.create(where) as index:
        index.add(ARTICLES)
        results = index.search("captain", limit=30)
        index.delete(*(article.id for article in ARTICLES))
        assert {hit.article.headline for hit in results} == {"Ferry"}
        assert index.search("captain").total.value == 0


def test_a_view_that_the_cluster_lost_is_told(where: str) -> None:
    with searchkit.create(where) as index:
        index.add(ARTICLES)
        results = index.search("captain")
        snapshot = index.engine.snapshot()
        assert isinstance(snapshot, OpenSearchSnapshot)
        snapshot.close()
        with pytest.raises(IndexUnavailable, match="search again"):
            results[0].headline  # noqa: B018
        assert index.search("captain").total.value == 30


def test_a_refused_article_is_a_bad_record(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "MOST", 2_000)
    with searchkit.create(where) as index:
        report = index.add([*ARTICLES, Article(id="great", body="word " * 1_000)])
        assert (report.read, report.added, report.rejected) == (31, 30, 1)
        assert "'great'" in report.rejects[0].reason
        assert "more than a cluster takes" in report.rejects[0].reason
        assert index.get("great") is None


def test_long_ids_and_values(where: str) -> None:
    articles = [
        Article(id=char * 1024, body="captain", section=char * 9_000) for char in ("x", "é", "\U0001f600")
    ]
    with searchkit.create(where) as index:
        assert index.add(articles).added == 3
        assert index.add(articles).unchanged == 3
        assert [index.get(article.id) for article in articles] == articles
        assert index.delete("é" * 1024) == 1
        assert index.search("captain").total.value == 2


def test_more_words_than_a_cluster_takes_are_refused_before_it_is_asked(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with searchkit.create(where) as index:
        index.add(ARTICLES)
        index.search(" ".join(f"w{number}" for number in range(300)), profile="news")
        asked: list[str] = []
        ask = Client.ask

        def noted(client: Client, method: str, path: str, *body: object, **more: Any) -> Any:
            asked.append(path)
            return ask(client, method, path, *body, **more)

        monkeypatch.setattr(Client, "ask", noted)
        with pytest.raises(UnsupportedQuery) as error:
            index.search(" OR ".join(f"w{number}" for number in range(900)), profile="news")
        assert (error.value.node, error.value.engine) == ("Bool", "opensearch")
        assert error.value.hint
        assert "/_search" not in asked


def test_an_index_of_another_schema_is_made_anew_from_itself(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with searchkit.create(where, profile="bm25") as index:
        index.add(ARTICLES)
    monkeypatch.setattr("searchkit.copying.FORMAT", schema.FORMAT + 1)  # first, as it may be imported by this
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    with pytest.raises(SchemaMismatch, match="searchkit copy"):
        searchkit.open(where)
    report = searchkit.copy(where, f"{where}&shards=2")
    assert (report.copied, report.is_whole) == (30, True)
    with searchkit.open(where) as index:
        assert index.search("captain").total.value == 30
        assert index.profile.name == "bm25"
        assert index.check(deep=True) == []
    with pytest.raises(IndexNotFound):
        searchkit.open(where.replace("?", "-next?"))


def test_the_commands_take_an_address(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load_commands()
    monkeypatch.setenv("SEARCHKIT_INDEX", where)

    def run(command: str) -> str:
        app(command.split(), standalone_mode=False)
        return capsys.readouterr().out

    run(f"index {CORPORA}")
    assert "ferry" in run("search ferry inquiry --limit 2").lower()
    assert run(f"index {CORPORA} --json").count('"added": 0') == 1
    assert '"opensearch"' in run("stats --json")
    assert run("check --deep") == ""
    run(f"export -o {tmp_path / 'all.jsonl'}")
    run(f"copy {where} {tmp_path / 'x.idx'}")
    assert '"copied": 0' in run(f"copy {where} {tmp_path / 'x.idx'} --json")
