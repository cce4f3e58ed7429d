"""Readers in threads and processes, while others write: whole commits only, and none that goes back."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

import searchkit

WRITE: Final = """
import sys, time
import searchkit
from searchkit import Article
with searchkit.open(sys.argv[1]) as index:
    end, edition = time.monotonic() + float(sys.argv[2]), int(sys.argv[3])
    while time.monotonic() < end:
        index.add(Article(id=str(n), headline="word", body=f"edition {edition}", edition=f"{edition:09}") for n in range(40))
        edition += 2
    print(edition)
"""
READ: Final = """
import sys, threading, time
import searchkit
failed = []
seen = []
def read(index):
    try:
        while time.monotonic() < end:
            hits = index.search("word", limit=50)
            editions = {hit.article.edition for hit in hits}
            assert len(hits) == hits.total.value == 40, (len(hits), hits.total)
            assert len(editions) == 1, editions
            mine = editions.pop()
            seen.append(mine)
            facets = index.search("", limit=0, facets="edition").facets["edition"]
            assert [facet.count for facet in facets] == [40], facets
            assert index.get("7").edition >= mine or two
    except BaseException as error:
        failed.append(repr(error))
end, two = time.monotonic() + float(sys.argv[2]), len(sys.argv) > 3
with searchkit.open(sys.argv[1]) as index:
    threads = [threading.Thread(target=read, args=(index,)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
assert not failed, failed
print(len(seen), len(set(seen)))
"""


def race(where: Path, seconds: float, writers: int) -> tuple[int, int]:
    """How many searches there were, and how many commits were seen by one process at most."""
    environment = {**os.environ, "PYTHONPATH": str(Path(searchkit.__file__).parents[1])}

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, str(where), str(seconds), *arguments]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    with searchkit.create(where) as index:
        index.add({"id": str(n), "headline": "word", "edition": "0" * 9} for n in range(40))
    running = [start(WRITE, str(number)) for number in range(writers)]
    running += [start(READ, *["two"] * (writers > 1)) for _ in range(2)]
    outcomes = [process.communicate(timeout=seconds + 120) for process in running]
    for process, (said, complained) in zip(running, outcomes, strict=True):
        assert process.returncode == 0, (said, complained)
    counts = [tuple(map(int, said.split())) for said, _ in outcomes[writers:]]
    assert all(flaw.harmless for flaw in searchkit.check(where, deep=True))
    return sum(count for count, _ in counts), max(commits for _, commits in counts)


def test_readers_see_whole_commits(tmp_path: Path) -> None:
    searches, commits = race(tmp_path / "x.idx", 6, writers=1)
    assert searches > commits > 3


@pytest.mark.long
@pytest.mark.parametrize("writers", [1, 2])
def test_readers_see_whole_commits_for_minutes(tmp_path: Path, writers: int) -> None:
    started = time.monotonic()
    searches, commits = race(tmp_path / "x.idx", 300 / writers, writers)
    sys.stdout.write(
        f"{writers} writers, {time.monotonic() - started:.0f} s: {searches:,} searches saw {commits} commits\n"
    )
    assert searches > commits > 100


def test_a_program_holds_the_lock_only_while_it_adds(tmp_path: Path) -> None:
    """A server that stays open does not keep others from writing, nor does a source that is slow."""
    with searchkit.create(tmp_path / "x.idx") as server:
        server.add([{"id": "a", "headline": "word"}])
        server.search("word")
        code = "import sys, searchkit\nwith searchkit.open(sys.argv[1]) as i: print(i.add([{'id': 'b', 'headline': 'word'}]).added)"
        environment = {**os.environ, "PYTHONPATH": str(Path(searchkit.__file__).parents[1])}
        other = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "x.idx")],
            env=environment,
            capture_output=True,
            text=True,
        )
        assert other.stdout == "1\n", other.stderr
        assert server.search("word").total.value == 2
