"""``check`` and ``repair``, and what a program says that has to wait."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import searchkit
from tests.cli.shell import CORPORA, Shell, load
from tests.engines.damages import flip


def test_a_program_that_waits_says_for_whom(tmp_path: Path) -> None:
    where = str(tmp_path / "x.idx")
    command = [sys.executable, "-m", "searchkit", "index", str(CORPORA / "wire.jsonl"), "-i", where]
    with searchkit.create(where) as index:
        with index.batch():
            waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            assert waiting.stderr is not None
            line = waiting.stderr.readline()
        assert line.startswith("Waiting: ") and f"(process {os.getpid()})" in line
        assert waiting.stderr.readline().split()[1] == "read:"
        assert waiting.wait() == 0
        waiting.stderr.close()
        assert index.stats()["articles"] > 0


def test_check_says_whether_an_index_is_whole(shell: Shell) -> None:
    shell("index", str(CORPORA / "wire.jsonl"))
    assert shell("check") == shell("check", "--deep") == ""
    assert load(shell("check", "--json")) == {"whole": True, "deep": False, "flaws": []}
    store = next((shell.place / "searchkit.idx" / "tantivy").glob("*.store"))
    store.write_bytes(flip(store.read_bytes(), 0))
    assert shell("check") == ""
    said = shell("check", "--deep", status=1)
    assert said.startswith(f"tantivy/{store.name}: is not what was written") and "searchkit repair" in said
    told = load(shell("check", "--deep", "--json", status=1))
    assert (told["whole"], [flaw["file"] for flaw in told["flaws"]]) == (False, [f"tantivy/{store.name}"])
    assert "not a searchkit index" in shell.error("check", "-i", "nowhere")


def test_repair_saves_what_reads_and_says_what_was_lost(shell: Shell) -> None:
    shell("index", str(CORPORA / "wire.jsonl"))
    count = load(shell("stats", "--json"))["articles"]
    told = load(shell("repair", "searchkit.idx", "whole.idx", "--json"))
    assert told == {"rescued": count, "lost": 0, "doubtful": 0, "remarks": []}
    for store in (shell.place / "searchkit.idx" / "tantivy").glob("*.store"):
        store.write_bytes(b"")
    said = shell.error("repair", "searchkit.idx", "rest.idx", status=1)
    assert f"0 rescued, 0 of them in doubt; {count} lost" in said and "nothing reads" in said
    assert "already there" in shell.error("repair", "searchkit.idx", "whole.idx")
    shell("index", str(CORPORA / "wire.jsonl"), "-i", "rest.idx")
    assert load(shell("stats", "--json", "-i", "rest.idx"))["articles"] == count
