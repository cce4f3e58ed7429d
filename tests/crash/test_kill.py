"""A process that is killed at any moment leaves its last commit, and the same command completes it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from tests.crash.history import BATCH, begin, check_whole, complete, edition, kill, write

STEPS: Final = {
    "lock": "flock",
    "write": "write",
    "last": "fsync,fdatasync",
    "change its name": "?rename,?renameat,?renameat2",
    "go": "?unlink,?unlinkat",
    "make a folder": "?mkdir,?mkdirat",
    "be published": "?link,?linkat",
}
"""What happens to files, and the system calls by which it does."""
OLD, NEW = edition(1), edition(2)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source with its second edition, and an index of the first, of so many segments that the next merges."""
    place = tmp_path_factory.mktemp("crash")
    write(place / "source", 1)
    process = begin(place / "source", place / "old.idx")
    assert process.communicate()[1].startswith(b"140 read") and process.returncode == 0
    write(place / "source", 2)
    return place


@pytest.fixture
def seconds(place: Path) -> float:
    """How long the whole run takes on this machine by now."""
    started = time.monotonic()
    assert Attempt(place, -1, anew=True).after(600) == len(NEW) // BATCH * BATCH
    return time.monotonic() - started


class Attempt:
    """An index that is to be made, or brought to the second edition, by a process that is killed."""

    def __init__(self, place: Path, number: int, *, anew: bool) -> None:
        self.source = place / "source"
        self.where = place / f"{number}-{anew}.idx"
        self._old = {} if anew else OLD
        if not anew:
            shutil.copytree(place / "old.idx", self.where)

    def check(self) -> int:
        """Whether all is there, and can be completed. Returns how many new articles were there before."""
        count = check_whole(self.where, self._old, NEW)
        complete(self.source, self.where, NEW, count)
        shutil.rmtree(self.where)
        return count

    def after(self, seconds: float) -> int:
        """A kill at a moment; the number of new articles that the index had by then."""
        process = begin(self.source, self.where)
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            kill(process)
        return self.check()

    def before(self, step: str, nth: int) -> bool:
        """A kill before the ``nth`` such call of a thread; whether there was one."""
        calls = STEPS[step]
        tracer = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}")
        process = begin(self.source, self.where, *tracer, "-e", f"inject={calls}:signal=KILL:when={nth}")
        _, said = process.communicate(timeout=120)
        if process.returncode > 0:
            pytest.skip(f"strace cannot trace here: {said.decode()}")
        self.check()
        return process.returncode < 0


def moments(place: Path, count: int, seconds: float, seed: int) -> Counter[int]:
    """How many of the kills left so many batches of new articles."""
    chance = random.Random(seed)
    left = Counter[int]()
    for number in range(count):
        attempt = Attempt(place, number, anew=number % 3 == 0)
        left[attempt.after(chance.uniform(0.2, 1.0) * seconds) // BATCH] += 1
    return left


def test_ten_kills_at_random_moments(place: Path, seconds: float) -> None:
    assert moments(place, 10, seconds, seed=6).total() == 10


@pytest.mark.long
def test_two_hundred_kills_at_random_moments(place: Path, seconds: float) -> None:
    left = moments(place, 200, seconds, seed=66)
    sys.stdout.write(f"batches kept by how many kills: {sorted(left.items())}\n")
    assert len(left) > 5, "the moments were not spread over the run"


def traced() -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not here")


@pytest.mark.parametrize(
    ("step", "nth", "anew"),
    [
        ("lock", 1, False),
        ("write", 3, False),
        ("last", 2, False),
        ("change its name", 1, False),
        ("change its name", 2, True),
        ("change its name", 3, True),
        ("go", 1, False),
        ("go", 5, False),
        ("make a folder", 1, True),
        ("be published", 1, True),
    ],
)
def test_a_kill_at_each_step(place: Path, step: str, nth: int, anew: bool) -> None:
    traced()
    assert Attempt(place, nth, anew=anew).before(step, nth)


@pytest.mark.long
@pytest.mark.parametrize("anew", [True, False])
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_before_every_call(place: Path, step: str, anew: bool) -> None:
    """Before each thread's first call, then its second, until no thread makes so many."""
    traced()
    nth = 1
    while Attempt(place, nth, anew=anew).before(step, nth):
        nth += 1
    sys.stdout.write(f"{step}: {nth - 1} kills{' of a new index' if anew else ''}\n")
