"""A full disk loses nothing that was committed, says what to do, and the same command completes the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit
from searchkit.engines.tantivy import journal

SMALL = """
import subprocess, sys
from pathlib import Path
import searchkit
from searchkit import Reading, WriteFailed
from searchkit import ingest
from searchkit.engines.tantivy import journal
from tests.crash.history import edition, write

ingest.BATCH = 10
journal.IN_MEMORY = int(sys.argv[2])
place = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", place / "disk"], check=True)
source, where, wanted = write(place / "source", 2), place / "disk" / "x.idx", edition(2)

def found():
    with searchkit.open(where) as index:
        return {hit.id: hit.article for hit in index.iterate()}

with searchkit.create(where) as index:
    run = ingest.Ingest(index, Reading())
    try:
        run.run([source])
        raise AssertionError("the disk is not full")
    except WriteFailed as error:
        assert "make room" in error.hint, error
        print(error)
    done = run.report.added
    assert 0 < done < len(wanted), done
    assert index.search("").total.value == done
kept = found()
assert kept == {key: wanted[key] for key in list(wanted)[:done]}
assert all(flaw.harmless for flaw in searchkit.check(where, deep=True))
subprocess.run(["mount", "-o", "remount,size=100m", place / "disk"], check=True)
with searchkit.open(where) as index:
    report = ingest.Ingest(index, Reading()).run([source])
    assert (report.unchanged, report.added) == (done, len(wanted) - done), report
assert found() == wanted
assert searchkit.check(where, deep=True) == []
print("completed after", done)
"""


@pytest.mark.parametrize("in_memory", [journal.IN_MEMORY, 0], ids=["Tantivy's files", "the journal"])
def test_a_full_disk(tmp_path: Path, in_memory: int) -> None:
    """On a disk of 300 kilobytes, which only this test sees; whatever it is that has no room."""
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if not shutil.which("unshare") or subprocess.run([*apart, "true"], capture_output=True).returncode:
        pytest.skip("no disk can be made here: it takes unshare, and the right to use it")
    (tmp_path / "disk").mkdir()
    root = Path(searchkit.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [*apart, sys.executable, "-c", SMALL, str(tmp_path), str(in_memory)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (done.stdout, done.stderr[-3000:])
    assert "make room on the disk" in done.stdout and "completed after" in done.stdout
