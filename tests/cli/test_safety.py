"""What stands in articles, in file names and in notes is data: it steers no terminal and runs in no spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from searchkit import Article
from searchkit.present.text import clean, escaped
from tests.cli.shell import Shell

EVIL = "\x1b[31mred\x1b]0;title\x07\x9b2J\u202edrow\u2066\r\x08\x7f"
HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "\ufeff=1", "\x00=1")


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """An index of articles that mean harm in every field, from a file with such a name."""
    shell = Shell(tmp_path_factory.mktemp("evil"))
    (shell.place / "in").mkdir()
    bad = Article(
        id=f"id{EVIL}",
        headline=f"harm {EVIL}",
        standfirst=EVIL,
        body=f"harm done by {EVIL} here",
        publication=f"Paper {EVIL}",
        section=EVIL,
        url=f"javascript:alert(1)//{EVIL}",
        tags=(EVIL,),
        extra={EVIL: EVIL},
    )
    cells = [Article(id=f"{text} {n}", headline=f"{text} cell", body="x") for n, text in enumerate(FORMULAS)]
    lines = [each.to_json() + b"\n" for each in (bad, *cells)]
    broken = [f'{{"title": "x", "date": "{"z" * 9}\\u001b[31m"}}'.encode(), b'{"\x1b[31m": ']
    name = "wire\x1b[31m\u202e.jsonl"
    (shell.place / "in" / name).write_bytes(b"".join(lines) + b"\n".join(broken))
    (shell.place / "in" / "x\x1b[2J.csv").write_bytes("sum\x1b[31m,\x9b2J\n1,2\n".encode())
    return shell


COMMANDS = [
    ["index", "in"],
    ["search", "harm"],
    ["search", "harm", "--layout", "page", "--explain", "--facet", "publication", "--facet", "tag"],
    ["search", "harm", "--csv"],
    ["search", "harm", "--json", "--explain"],
    ["search", "harm", "--jsonl"],
    ["search", EVIL.replace("\x00", "")],
    ["search", "harm", "--strict", "--in", f"no{EVIL}=x"],
    ["show", f"id{EVIL}"],
    ["show", f"id{EVIL}", "--json"],
    ["show", EVIL],
    ["stats"],
    ["stats", "--json"],
    ["delete", "--query", "harm", "--dry-run"],
    ["index", f"nothing{EVIL}"],
    ["index", "in", "--again", "--json"],
    ["stats", "-i", f"nowhere{EVIL}"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_that_is_shown_steers_a_terminal(evil: Shell, command: list[str]) -> None:
    done = evil.run(*command)
    assert done.stdout or done.stderr
    assert b"Traceback" not in done.stderr
    for shown in (done.stdout, done.stderr):
        assert not HARMFUL.search(shown.decode()), shown


def test_what_a_check_finds_steers_none_either(evil: Shell) -> None:
    (evil.place / "searchkit.idx" / "sources\x1b[31m.json").write_bytes(b"{")
    done = evil.run("check")
    assert b"is not JSON" in done.stdout and b"\x1b" not in done.stdout


def test_json_means_what_it_meant(evil: Shell) -> None:
    assert json.loads(evil("show", f"id{EVIL}", "--json"))["headline"] == f"harm {EVIL}"
    exported = [json.loads(line) for line in evil("export").split("\n") if line]
    assert {each["id"] for each in exported} >= {f"id{EVIL}"}
    assert json.loads(escaped(json.dumps(EVIL, ensure_ascii=False))) == EVIL


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of that kind")
def test_an_export_to_a_terminal_is_harmless(evil: Shell) -> None:
    reader, writer = os.openpty()
    command = [sys.executable, "-m", "searchkit", "export", "harm"]
    process = subprocess.Popen(command, cwd=evil.place, stdout=writer, stderr=writer)
    assert process.wait(timeout=60) == 0
    os.close(writer)
    shown = os.read(reader, 100_000).decode()
    os.close(reader)
    assert "harm" in shown and not HARMFUL.search(shown.replace("\r\n", "\n"))


def test_no_cell_of_a_table_is_a_formula(evil: Shell) -> None:
    rows = list(csv.reader(io.StringIO(evil("search", "cell", "--csv", "-n", "50"))))
    assert len(rows) == len(FORMULAS) + 1
    assert not [cell for row in rows[1:] for cell in row if cell.startswith(tuple("=+-@\t\r\n＝\ufeff"))]


def test_a_letter_that_a_terminal_does_not_have_is_no_error(
    evil: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("PYTHONUTF8", "0")
    assert "\\u" in evil("search", "harm")


def test_clean_leaves_text_alone() -> None:
    text = "Ça va?\tשלום\n\u200fعربي \U0001f600 …"
    assert clean(text) == text
