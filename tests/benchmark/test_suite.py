"""Suites as TOML holds them, and what is said of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.benchmark.corpus import prepare, questions
from searchkit.benchmark.suite import DEFAULT_ENGINES, Suite, load
from searchkit.errors import InvalidRequest, SourceError

SUITES = sorted((Path(__file__).parents[2] / "bench").glob("*.toml"))


def written(folder: Path, text: str) -> Path:
    (folder / "suite.toml").write_text(text, "utf-8")
    return folder / "suite.toml"


def test_a_suite_is_read_with_its_paths_from_its_folder(tmp_path: Path) -> None:
    text = 'corpus = "a.jsonl"\nqueries = "q.tsv"\nengines = ["fts5"]\nprofiles = ["bm25", "mine.toml"]\nrounds = 2'
    suite = load(written(tmp_path, text))
    assert suite.corpus == (tmp_path / "a.jsonl",) and suite.queries == (tmp_path / "q.tsv",)
    assert suite.engines == ("fts5",) and suite.profiles == ("bm25", str(tmp_path / "mine.toml"))
    assert (suite.rounds, suite.warmups, suite.limit, suite.sizes) == (2, 1, 10, ())
    assert (suite.builds, suite.growth) == (1, 0)


def test_an_empty_suite_is_the_default(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == Suite()
    assert {"searchkit", "tantivy", "fts5"} < {*DEFAULT_ENGINES}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("round = 3", "round: a suite has no such value\ndid you mean rounds?"),
        ("rounds = 0", "rounds: expected a whole number from 1"),
        ("rounds = true", "rounds: expected a whole number"),
        ("warmups = 1.5", "warmups: expected a whole number from 0"),
        ("limit = 100000", "limit: expected a whole number from 1 to 10000"),
        ('engines = ["fts"]', "no engine 'fts'\ndid you mean fts5?"),
        ('engines = ["fts5", "fts5"]', "'fts5' is named twice"),
        ("engines = []", "engines: expected a list"),
        ('engines = "fts5"', "engines: expected a list, got 'fts5'"),
        ("profiles = [1]", "profiles: expected text, got 1"),
        ("builds = 0", "builds: expected a whole number from 1"),
        ("growth = 999", "growth: expected a whole number from 1000"),
        ("queries = [1]", "queries: expected text, got 1"),
        ("sizes = [0]", "sizes: expected a whole number"),
        ('corpus = "a"\ngenerated = 5', "corpus and generated: only one"),
        ('corpus = "a"', "needs queries of your own"),
        ("rounds =", "not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InvalidRequest) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ") and message in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.toml: No such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9")
    with pytest.raises(InvalidRequest, match=r"latin\.toml: not UTF-8"):
        load(tmp_path / "latin.toml")


def test_every_engine_gets_the_same_articles_each_once(tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "one"}', '{"id": "a", "text": "two"}', "{}", '{"id": "b", "text": "three"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    corpus = prepare(Suite(corpus=(tmp_path / "a.jsonl",), queries=(tmp_path / "q",)), tmp_path)
    assert (corpus.articles, corpus.left_out) == (2, 2)
    assert corpus.path.read_text("utf-8") == '{"body":"one","id":"a"}\n{"body":"three","id":"b"}\n'
    first = corpus.first(1, tmp_path / "first.jsonl")
    assert first.path.read_text("utf-8") == '{"body":"one","id":"a"}\n' and first.digest != corpus.digest
    (tmp_path / "a.jsonl").write_text("{}", "utf-8")
    with pytest.raises(InvalidRequest, match="no articles"):
        prepare(Suite(corpus=(tmp_path / "a.jsonl",), queries=(tmp_path / "q",)), tmp_path)


def test_queries_come_from_all_files_each_once(tmp_path: Path) -> None:
    (tmp_path / "q.tsv").write_text('1\t"Ferry" (dam: why?)\n2\tferry dam, why\n3\t?!\n', "utf-8")
    (tmp_path / "q.jsonl").write_text('{"query": "+ferry +dam"}\n{"query": "ferry dam why"}\n', "utf-8")
    suite = Suite(corpus=(tmp_path,), queries=(tmp_path / "q.tsv", tmp_path / "q.jsonl"))
    assert [*map(str, questions(suite))] == ["ferry dam why", "+ferry +dam"]
    (tmp_path / "q.tsv").write_text("3\t?!\n", "utf-8")
    with pytest.raises(InvalidRequest, match="no query has a word"):
        questions(Suite(corpus=(tmp_path,), queries=(tmp_path / "q.tsv",)))
    (tmp_path / "q.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(SourceError, match="no id or no text"):
        questions(suite)


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_the_suites_that_come_along_can_be_run(path: Path) -> None:
    suite = load(path)
    assert suite.engines == DEFAULT_ENGINES, "every peer but the slow one"
    assert not suite.corpus and not suite.queries, "where these are differs from machine to machine"
