"""The clock: engines side by side, query by query, in the same rounds.

A noisy machine only ever adds to a time, so a query's time is the least of its rounds: the nearest to what
the engine itself takes. The tail of a distribution is then that of hard queries, not of a busy machine. The
engines take turns at each query, so that a slow moment meets all of them. In every round each engine is
opened anew, and all queries differ: what an engine remembers of the answers of an earlier round does not
count. Within a round, the tasks of one query follow each other, with the other engines in between.
"""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timezone
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

import searchkit
from searchkit.benchmark.corpus import Corpus, digest, prepare, queries
from searchkit.benchmark.peers import Peer, Searcher, load
from searchkit.benchmark.result import Measured, Result, Run, Timing
from searchkit.benchmark.suite import Suite
from searchkit.errors import InvalidRequest
from searchkit.profile import named

TASKS: Final = ("search", "fetch", "snippets")
"""The methods of a :class:`~searchkit.benchmark.peers.Searcher` that are timed."""

Step: TypeAlias = Callable[[int], None]


def measure(suite: Suite, on_search: Step = lambda _: None) -> Result:
    """Runs a suite; ``on_search`` is told the number of timed calls so far.

    :raises SourceError: if the corpus or the queries cannot be read. :raises InvalidRequest: if there are
        none, for an unknown profile, or if no engine is there.
    """
    peers, skipped = _found(suite)
    asked = queries(suite)
    started = datetime.now(timezone.utc)
    with TemporaryDirectory(prefix="searchkit-bench-", ignore_cleanup_errors=True) as folder:
        corpus = prepare(suite, Path(folder))
        bench = _Bench(suite, peers, asked, on_search)
        runs = tuple(bench.run(each) for each in _sizes(suite, corpus, Path(folder)))
    return Result(_about(suite, peers, corpus, asked, started), runs, skipped)


def _found(suite: Suite) -> tuple[list[Peer], dict[str, str]]:
    """The engines that are there, and why the others are not."""
    profiles = [named(name) for name in suite.profiles]
    names = [profile.name for profile in profiles]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InvalidRequest(f"two profiles are called {twice!r}", hint="rename one")
    peers: list[Peer] = []
    skipped: dict[str, str] = {}
    for engine in suite.engines:
        try:
            peers += load(engine, profiles)
        except ImportError as error:
            skipped[engine] = f"{error}; pip install 'searchkit[peers]'"
    if not peers:
        raise InvalidRequest(f"no engine is there: {'; '.join(skipped.values())}")
    return peers, skipped


def _sizes(suite: Suite, corpus: Corpus, folder: Path) -> Iterator[Corpus]:
    """The corpus, or its beginnings, from few articles to many."""
    for size in sorted({min(size, corpus.articles) for size in suite.sizes} or {corpus.articles}):
        yield corpus if size == corpus.articles else corpus.first(size, folder / f"{size}.jsonl")


class _Bench:
    """One suite at work."""

    def __init__(self, suite: Suite, peers: Sequence[Peer], asked: Sequence[str], on_search: Step) -> None:
        self._suite = suite
        self._peers = peers
        self._asked = asked
        self._on_search = on_search
        self._calls = 0

    def run(self, corpus: Corpus) -> Run:
        with TemporaryDirectory(prefix="searchkit-bench-", ignore_cleanup_errors=True) as place:
            folder = Path(place)
            made: dict[str, tuple[float, int]] = {}
            for peer in self._peers:
                if peer.engine not in made:
                    made[peer.engine] = _indexed(peer, corpus, folder / peer.engine)
            times = self._rounds(folder)
        engines = {peer.name: Measured(*made[peer.engine], times[peer.name]) for peer in self._peers}
        return Run(corpus.articles, engines)

    def _rounds(self, folder: Path) -> dict[str, dict[str, Timing]]:
        """The times of each peer's tasks."""
        best = {(peer.name, task): [inf] * len(self._asked) for peer in self._peers for task in TASKS}
        for number in range(-self._suite.warmups, self._suite.rounds):
            for peer, task, query, elapsed in self._round(folder, number):
                times = best[peer, task]
                if number >= 0:
                    times[query] = min(times[query], elapsed)
        return {
            peer.name: {
                task: Timing(tuple(times)) for task in TASKS if inf not in (times := best[peer.name, task])
            }
            for peer in self._peers
        }

    def _round(self, folder: Path, number: int) -> Iterator[tuple[str, str, int, float]]:
        """Every query once, from another one on in each round: peer, task, query, milliseconds."""
        count = len(self._asked)
        begin = number * count // (self._suite.rounds + self._suite.warmups)
        with _opened(self._peers, folder) as searchers:
            for step in range(count):
                query = (begin + step) % count
                for task in TASKS:
                    for name in _rotated(list(searchers), number + step):
                        elapsed = self._time(searchers[name], task, self._asked[query])
                        if elapsed is not None:
                            yield name, task, query, elapsed

    def _time(self, searcher: Searcher, task: str, query: str) -> float | None:
        call = getattr(searcher, task)
        started = time.perf_counter_ns()
        found = call(query, self._suite.limit)
        elapsed = time.perf_counter_ns() - started
        self._calls += 1
        self._on_search(self._calls)
        return None if found is None else max(round(elapsed / 1e6, 4), 0.0001)


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


def _indexed(peer: Peer, corpus: Corpus, folder: Path) -> tuple[float, int]:
    """Seconds to make the index, and its bytes."""
    gc.collect()
    started = time.perf_counter()
    peer.index(corpus.path, folder)
    seconds = time.perf_counter() - started
    return max(round(seconds, 4), 0.0001), sum(
        file.stat().st_size for file in folder.rglob("*") if file.is_file()
    )


def _rotated(names: list[str], by: int) -> list[str]:
    at = by % len(names)
    return names[at:] + names[:at]


def _about(
    suite: Suite, peers: Sequence[Peer], corpus: Corpus, asked: Sequence[str], started: datetime
) -> dict[str, Any]:
    return {
        "date": started.isoformat(timespec="seconds"),
        "searchkit": searchkit.__version__,
        "machine": machine(),
        "versions": {peer.name: peer.version for peer in peers},
        "corpus": {"name": corpus.name, "articles": corpus.articles, "digest": corpus.digest}
        | {"left_out": corpus.left_out},
        "queries": {
            "name": suite.queries.name if suite.queries else "generated",
            "count": len(asked),
            "digest": digest(asked),
        },
        "rounds": suite.rounds,
        "warmups": suite.warmups,
        "limit": suite.limit,
    }


def machine() -> dict[str, Any]:
    """Where it ran: what decides a time beside the engine."""
    return {
        "platform": platform.platform(),
        "cpu": platform.processor() or platform.machine(),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }
