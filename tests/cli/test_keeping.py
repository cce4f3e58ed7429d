"""``check`` and ``repair``, and what a program says that has to wait."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import searchkit
from tests.cli.shell import CORPORA


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
