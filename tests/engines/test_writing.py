"""Who writes next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.engines.tantivy import writing
from searchkit.engines.tantivy.holder import waiting

KEEPS_WRITING = """
import sys
import searchkit
with searchkit.open(sys.argv[1]) as index:
    turn = 0
    while index.get("enough") is None:
        turn += 1
        index.add([{"id": "theirs", "headline": f"turn {turn}"}])
        print(turn, flush=True)
"""

needs_flock = pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell who waits")


@needs_flock
def test_who_comes_while_others_wait_lets_them_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    try_writer = writing._try_writer

    def tries(*given: Any) -> Any:
        done.append("tries")
        return try_writer(*given)

    monkeypatch.setattr("time.sleep", lambda _: done.append("sleeps"))
    monkeypatch.setattr(writing, "_try_writer", tries)
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([{"headline": "a"}])
        assert done[0] == "tries"
        done.clear()
        with waiting(tmp_path / "x.idx"):
            index.add([{"headline": "b"}])
        assert done[:2] == ["sleeps", "tries"]


@needs_flock
def test_a_program_that_keeps_writing_lets_others_in(tmp_path: Path) -> None:
    """Without regard to who waits, it writes dozens of times before another one is let in."""
    with searchkit.create(tmp_path / "x.idx") as index:
        command = [sys.executable, "-c", KEEPS_WRITING, str(tmp_path / "x.idx")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            other.stdout.readline()
            for turn in range(20):
                index.add([{"id": "ours", "headline": f"turn {turn}"}])
            index.add([{"id": "enough", "headline": "enough"}])
            turns = int(other.communicate()[0].split()[-1])
    assert 10 < turns < 60


def test_what_two_writers_drop_is_removed(tmp_path: Path) -> None:
    """Each knows the files of the other, whenever it was opened."""
    with searchkit.create(tmp_path / "x.idx") as site:
        for turn in range(12):
            with searchkit.open(tmp_path / "x.idx") as job:
                job.add([{"id": str(n), "headline": f"job {turn}"} for n in range(20)])
            site.add([{"id": "note", "headline": f"site {turn}"}])
        assert site.check() == []
