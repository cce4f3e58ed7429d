"""``searchkit bench`` as a shell runs it, on few articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import CORPORA, Shell, load

SMALL = (
    "--rounds",
    "1",
    "--engine",
    "tantivy",
    "--engine",
    "fts5",
    "--engine",
    "searchkit",
    "--profile",
    "bm25",
)
OWN = ("--corpus", str(CORPORA), "--queries", str(CORPORA / "queries.jsonl"))


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with ``before.json``. Not to be changed."""
    shell = Shell(tmp_path_factory.mktemp("measured"))
    shell("bench", *OWN, *SMALL, "-o", "before.json", "--html", "page.html")
    return shell


def test_json_has_the_promised_shape(measured: Shell) -> None:
    found = load(measured("bench", "before.json", "--json"))
    reached = found.pop("targets")
    assert {"target", "bound", "at_least", "engine", "value", "met"} == {*reached[0]}
    assert {each["engine"] for each in reached} == {"searchkit:bm25"}
    assert found == json.loads((measured.place / "before.json").read_text("utf-8"))
    assert [*found] == [
        "format",
        "date",
        "searchkit",
        "machine",
        "versions",
        "corpus",
        "queries",
        "rounds",
        "warmups",
        "builds",
        "limit",
        "skipped",
        "runs",
        "growth",
    ]
    (run,) = found["runs"]
    assert run["articles"] == found["corpus"]["articles"] > 50
    assert [*run["engines"]] == ["tantivy", "fts5", "searchkit:bm25"]
    for engine in run["engines"].values():
        assert [task for task in engine if task not in ("threads", "cold")] == [
            "index",
            "search",
            "fetch",
            "snippets",
        ]
        assert [*engine["index"]] == [
            "seconds",
            "per_second",
            "bytes",
            "peak_bytes",
            "same_file_seconds",
            "same_records_seconds",
        ]
        assert [*engine["search"]] == ["median_ms", "p99_ms", "per_second", "times_ms"]
        assert len(engine["search"]["times_ms"]) == found["queries"]["count"] == 30


def test_tables_for_a_person_and_a_page(measured: Shell) -> None:
    shown = measured("bench", "before.json")
    blocks = {block.split()[0]: block.splitlines() for block in shown.split("\n\n")}
    assert [line.split()[0] for line in blocks["index"]] == [
        "index",
        "tantivy",
        "fts5",
        "searchkit:bm25",
    ]
    assert (measured.place / "page.html").read_text("utf-8").count("<svg") == 10
    assert "| tantivy | 30 |" in measured("bench", "before.json", "--markdown")


def test_two_results_are_compared(measured: Shell) -> None:
    done = measured.run("bench", "before.json", "--compare", "before.json", "--json")
    (first, *_) = load(done.stdout.decode())["comparison"]
    assert (first["engine"], first["search"]) == ("tantivy", {"median_ms": 1.0, "p99_ms": 1.0})
    assert done.stderr == b""
    arguments = ("--generated", "5", *SMALL, "--compare", "before.json")
    assert b"the two results have different articles" in measured.run("bench", *arguments).stderr


def test_a_suite_and_options_that_say_otherwise(measured: Shell) -> None:
    suite = 'generated = 9\nengines = ["fts5", "tantivy"]\nrounds = 3\nsizes = [4, 8]\n'
    (measured.place / "suite.toml").write_text(suite, "utf-8")
    found = load(measured("bench", "suite.toml", "--engine", "fts5", "--rounds", "1", "--json"))
    assert [run["articles"] for run in found["runs"]] == [4, 8] and found["rounds"] == 1
    assert all([*run["engines"]] == ["fts5"] for run in found["runs"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.toml",), "none.toml: No such file"),
        (("none.json",), "none.json: No such file"),
        (("page.html",), "page.html: not TOML"),
        (("before.json", "--rounds", "2"), "a result, which is only shown"),
        (("--engine", "lucine"), "no engine 'lucine'"),
        (("--growth", "5"), "growth: expected a whole number from 1000"),
        (("--profile", "newz"), "no profile 'newz'"),
        (("--rounds", "0"), "rounds: expected a whole number"),
        (("--generated", "0"), "generated: expected a whole number"),
        (("--corpus", "x"), "needs queries of your own"),
        ((*OWN, "--generated", "5"), "--corpus and --generated"),
        (("--corpus", "none.jsonl", *OWN[2:]), "none.jsonl"),
        (("-o", "none/x.json"), "none/x.json: cannot be written"),
        (("--html", "."), ".: cannot be written"),
        (("--compare", "page.html"), "page.html: not JSON"),
    ],
)
def test_errors_say_what_is_wrong(measured: Shell, arguments: tuple[str, ...], message: str) -> None:
    assert message in measured.error("bench", *arguments)


def test_bad_records_are_told(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "ferry"}\n{}\n', "utf-8")
    (tmp_path / "q.tsv").write_text("1\tferry\n", "utf-8")
    arguments = ("--corpus", "a.jsonl", "--queries", "q.tsv", "--rounds", "1", "--engine", "fts5")
    assert b"left out: 1" in shell.run("bench", *arguments).stderr
