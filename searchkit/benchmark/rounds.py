"""The clock: engines side by side, query by query, in the same rounds.

A noisy machine only ever adds to a time, so a query's time is the least of its rounds: the nearest to what
the engine itself takes. The tail of a distribution is then that of hard queries, not of a busy machine. The
engines take turns at each query, so that a slow moment meets all of them, in an order that is drawn anew each
time, as who is asked right behind its like finds code and data in the processor's caches. All queries differ,
and for every task of every round each engine is opened anew: what it remembers of its answers does not count.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from math import inf
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from searchkit.benchmark.peers import Afar, Peer, Searcher, Shared, Starting
from searchkit.benchmark.question import Question
from searchkit.benchmark.result import Timing
from searchkit.benchmark.suite import Suite
from searchkit.errors import SearchkitError

TASKS: Final = ("search", "fetch", "snippets")
"""The methods of a :class:`~searchkit.benchmark.peers.Searcher` that are timed."""
COLD: Final = "cold"
"""The task of a program that starts, opens, searches and shows the hits."""
TITLES: Final = {
    "search": "search: the best hits, no text read",
    "fetch": "fetch: and id, headline, paper and date of each",
    "snippets": "snippets: and a passage of each",
    COLD: "cold: a program that starts, searches and shows them",
}
"""What each task is."""
COLD_QUERIES: Final = 10
"""How many queries, spread over all, it is started with."""
THREADS: Final = (1, 4)

T = TypeVar("T")
Step: TypeAlias = Callable[[int], None]


class Rounds:
    """One size of a corpus at work: ``folder`` holds the engines' indexes."""

    def __init__(
        self, suite: Suite, peers: Sequence[Peer], asked: Sequence[Question], folder: Path, on_search: Step
    ) -> None:
        self._suite = suite
        self._peers = peers
        self._asked = asked
        self._folder = folder
        self._on_search = on_search
        self._calls = 0
        self._chance = random.Random(0)  # the same order in every run
        self._environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._best = {(p.name, task): [inf] * len(asked) for p in peers for task in (*TASKS, COLD)}
        self._threads: dict[str, dict[int, float]] = {peer.name: {} for peer in peers}

    def run(self) -> None:
        """Asks everything, as often as the suite says."""
        count = self._suite.rounds + self._suite.warmups
        for peer in self._peers:
            self._start(peer, self._asked[0])  # which compiles it, as an installed program is
        for number in range(count):
            counts = number >= self._suite.warmups
            for name, task, query, elapsed in self._round(number, count):
                if counts:
                    times = self._best[name, task]
                    times[query] = min(times[query], elapsed)
            if counts:
                self._share()

    def tasks(self, name: str) -> dict[str, Timing]:
        """The times of the tasks that an engine has."""
        found = {}
        for task in (*TASKS, COLD):
            times = tuple(None if each == inf else each for each in self._best[name, task])
            if any(each is not None for each in times):
                found[task] = Timing(times)
        return found

    def threads(self, name: str) -> dict[int, float]:
        """Queries a second by number of threads, where threads may share an engine's searcher."""
        return self._threads[name]

    def _round(self, number: int, count: int) -> Iterator[tuple[str, str, int, float]]:
        """Each task of every query, from another one on in each round: engine, task, query, milliseconds."""
        queries = len(self._asked)
        begin = number * queries // count
        for task in TASKS:
            with _opened(self._peers, self._folder) as searchers:
                for step in range(queries):
                    query = (begin + step) % queries
                    for name in self._drawn(list(searchers)):
                        elapsed = self._time(searchers[name], task, self._asked[query])
                        if elapsed is not None:
                            yield name, task, query, elapsed
        for query in sorted({at * queries // COLD_QUERIES for at in range(COLD_QUERIES)}):
            for peer in self._drawn(self._peers):
                elapsed = self._start(peer, self._asked[query])
                if elapsed is not None:
                    yield peer.name, COLD, query, elapsed

    def _time(self, searcher: Searcher, task: str, asked: Question) -> float | None:
        call = getattr(searcher, task)
        started = time.perf_counter_ns()
        found = call(asked, self._suite.limit)
        elapsed = time.perf_counter_ns() - started
        self._calls += 1
        self._on_search(self._calls)
        if found is None:
            return None
        return _milliseconds(searcher.took * 1e9 if isinstance(searcher, Afar) else elapsed)

    def _start(self, peer: Peer, asked: Question) -> float | None:
        """A program from its start to its end. Statuses 0 and 1 are those of hits and none."""
        if not isinstance(peer, Starting):
            return None
        command = peer.command(self._folder / peer.engine, asked, self._suite.limit)
        if command is None:
            return None
        started = time.perf_counter_ns()
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=self._environment
        )
        elapsed = time.perf_counter_ns() - started
        if done.returncode not in (0, 1):
            raise SearchkitError(
                f"{peer.name}: a search ended with {done.returncode}: {done.stderr.decode()}"
            )
        return _milliseconds(elapsed)

    def _share(self) -> None:
        """All queries, handed out to one thread, then to several: the highest rates of all rounds."""
        for peer in self._drawn(self._peers):
            for count in THREADS:
                with _opened([peer], self._folder) as searchers:
                    if isinstance(searcher := searchers[peer.name], Shared):
                        rate = self._rate(searcher, count)
                        self._threads[peer.name][count] = max(rate, self._threads[peer.name].get(count, 0.0))

    def _drawn(self, items: Sequence[T]) -> list[T]:
        """The items in an order drawn by lot."""
        return self._chance.sample(items, len(items))

    def _rate(self, searcher: Searcher, count: int) -> float:
        handed = iter(self._asked)  # the next of a list is one step for all threads

        def work() -> None:
            for asked in handed:
                searcher.search(asked, self._suite.limit)

        started = time.perf_counter()
        with ThreadPoolExecutor(count) as pool:
            for done in [pool.submit(work) for _ in range(count)]:
                done.result()
        return round(len(self._asked) / (time.perf_counter() - started), 1)


@contextmanager
def _opened(peers: Sequence[Peer], folder: Path) -> Iterator[dict[str, Searcher]]:
    """Each peer opened anew. What is in memory by then is kept out of their garbage collection."""
    with ExitStack() as stack:
        searchers = {}
        for peer in peers:
            searchers[peer.name] = searcher = peer.open(folder / peer.engine)
            stack.callback(searcher.close)
        gc.collect()
        gc.freeze()
        stack.callback(gc.unfreeze)
        yield searchers


def _milliseconds(nanoseconds: float) -> float:
    return max(round(nanoseconds / 1e6, 4), 0.0001)
