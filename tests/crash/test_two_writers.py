"""Two programs that write by turns, to the same articles and to others, while threads and processes read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import searchkit
from searchkit.engines.tantivy.holder import NOTE, holder

BATCH: Final = 10

WRITE: Final = f"""
import random, sys, time
import searchkit
where, seconds, name = sys.argv[1], float(sys.argv[2]), sys.argv[3]
end, turn = time.monotonic() + seconds, 0
with searchkit.open(where) as index:
    while time.monotonic() < end:
        own = [dict(id=f"{{name}}-{{turn}}-{{n}}", headline="word", section=name, edition=f"{{name}}:{{turn}}") for n in range({BATCH})]
        both = [dict(id=f"both-{{n}}", headline="both", section="both", edition=f"{{name}}:{{turn}}") for n in range({BATCH})]
        report = index.add([*own, *both])
        assert (report.added, report.replaced) == ({BATCH}, {BATCH}), report
        turn += 1
        time.sleep(random.uniform(0, 0.1))
print(turn)
"""
"""Adds articles of its own and replaces those of both, by one commit a turn. Tells how many turns there were."""

READ: Final = f"""
import sys, threading, time
import searchkit
failed, searches = [], []
def read(index):
    before = {{}}
    try:
        while time.monotonic() < end:
            found = index.search("", limit=0, facets="section").facets["section"]
            counts = {{facet.value: facet.count for facet in found}}
            assert counts.pop("both") == {BATCH}, counts
            assert all(count % {BATCH} == 0 and count >= before.get(name, 0) for name, count in counts.items()), (before, counts)
            before = counts
            hits = index.search("both", limit=50)
            assert len(hits) == {BATCH} and len({{hit.article.edition for hit in hits}}) == 1, hits
            searches.append(2)
    except BaseException as error:
        failed.append(repr(error))
end = time.monotonic() + float(sys.argv[2])
with searchkit.open(sys.argv[1]) as index:
    threads = [threading.Thread(target=read, args=(index,)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
assert not failed, failed
print(sum(searches))
"""
"""Looks whether every commit is whole and none goes back. Tells how many searches there were."""


def race(where: Path, seconds: float) -> tuple[list[int], int]:
    """The turns of each writer, and the searches of all readers."""
    environment = {**os.environ, "PYTHONPATH": str(Path(searchkit.__file__).parents[1])}

    def start(code: str, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, str(where), str(seconds), *more]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    running = [start(WRITE, "left"), start(WRITE, "right"), start(READ), start(READ)]
    said: list[int] = []
    for process in running:
        out, complaint = process.communicate(timeout=seconds + 120)
        assert process.returncode == 0, complaint
        said.append(int(out))
    return said[:2], sum(said[2:])


@pytest.mark.parametrize("seconds", [4, pytest.param(300, marks=pytest.mark.long)])
def test_two_writers_lose_nothing(tmp_path: Path, seconds: float) -> None:
    where = tmp_path / "x.idx"
    with searchkit.create(where) as index:
        index.add({"id": f"both-{n}", "headline": "both", "section": "both"} for n in range(BATCH))
    turns, searches = race(where, seconds)
    sys.stdout.write(f"{seconds} s: {turns[0]} and {turns[1]} commits, {searches:,} searches\n")
    assert min(*turns, searches) > 0
    with searchkit.open(where) as index:
        found = {hit.id: hit.article.edition for hit in index.iterate()}
        wanted = {
            f"{name}-{turn}-{n}": f"{name}:{turn}"
            for name, count in zip(("left", "right"), turns, strict=True)
            for turn in range(count)
            for n in range(BATCH)
        }
        both = {edition for identifier, edition in found.items() if identifier not in wanted}
        assert {**wanted, **{f"both-{n}": min(both) for n in range(BATCH)}} == found
        assert both <= {f"left:{turns[0] - 1}", f"right:{turns[1] - 1}"}
        assert holder(where) is None and not (where / NOTE).exists()
        assert index.delete("both-0") == 1
    assert all(flaw.harmless for flaw in searchkit.check(where, deep=True))
