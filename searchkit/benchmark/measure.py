"""A suite → its result."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import searchkit
from searchkit.benchmark.builds import build
from searchkit.benchmark.corpus import Corpus, digest, prepare, questions
from searchkit.benchmark.peers import FLOOR, INSTALL, OWN, Peer, load
from searchkit.benchmark.question import Question
from searchkit.benchmark.result import Measured, Result, Run
from searchkit.benchmark.rounds import Rounds, Step
from searchkit.benchmark.suite import Suite
from searchkit.errors import InvalidRequest
from searchkit.profile import named
from searchkit.temporary import temporary_folder


def measure(suite: Suite, on_search: Step = lambda _: None) -> Result:
    """Runs a suite; ``on_search`` is told the number of timed calls so far, anew for each size.

    :raises SourceError: if the corpus or the queries cannot be read. :raises InvalidRequest: if there are
        none, for an unknown profile, or if no engine is there.
    """
    peers, skipped = _found(suite)
    asked = questions(suite)
    started = datetime.now(timezone.utc)
    corpus, runs = _runs(suite, peers, asked, on_search)
    grown: tuple[Run, ...] = ()
    if suite.growth:
        beside = _growing(suite)
        _, grown = _runs(beside, [p for p in peers if p.engine in (OWN, FLOOR)], questions(beside), on_search)
    return Result(_about(suite, peers, corpus, asked, started), runs, skipped, grown)


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
            skipped[engine] = f"{error}; {INSTALL[engine]}" if engine in INSTALL else str(error)
    if not peers:
        raise InvalidRequest(f"no engine is there: {'; '.join(skipped.values())}")
    return peers, skipped


def _growing(suite: Suite) -> Suite:
    """The suite on made-up articles, of three sizes."""
    sizes = (suite.growth // 100, suite.growth // 10, suite.growth)
    return replace(suite, corpus=(), queries=(), generated=suite.growth, sizes=sizes, growth=0)


def _runs(
    suite: Suite, peers: Sequence[Peer], asked: Sequence[Question], on_search: Step
) -> tuple[Corpus, tuple[Run, ...]]:
    with temporary_folder() as place:
        corpus = prepare(suite, place)
        sizes = _sizes(suite, corpus, place)
        return corpus, tuple(_run(suite, peers, asked, each, on_search) for each in sizes)


def _sizes(suite: Suite, corpus: Corpus, folder: Path) -> Iterator[Corpus]:
    """The corpus, or its beginnings, from few articles to many."""
    for size in sorted({min(size, corpus.articles) for size in suite.sizes} or {corpus.articles}):
        yield corpus if size == corpus.articles else corpus.first(size, folder / f"{size}.jsonl")


def _run(
    suite: Suite, peers: Sequence[Peer], asked: Sequence[Question], corpus: Corpus, on_search: Step
) -> Run:
    with temporary_folder() as place:
        made = build(peers, corpus, place, suite.builds)
        rounds = Rounds(suite, peers, asked, place, on_search)
        rounds.run()
    return Run(
        corpus.articles,
        {
            peer.name: Measured(made[peer.engine], rounds.tasks(peer.name), rounds.threads(peer.name))
            for peer in peers
        },
    )


def _about(
    suite: Suite, peers: Sequence[Peer], corpus: Corpus, asked: Sequence[Question], started: datetime
) -> dict[str, Any]:
    return {
        "date": started.isoformat(timespec="seconds"),
        "searchkit": searchkit.__version__,
        "machine": machine(),
        "versions": {peer.name: peer.version for peer in peers},
        "corpus": {"name": corpus.name, "articles": corpus.articles, "digest": corpus.digest}
        | {"left_out": corpus.left_out},
        "queries": {
            "name": ", ".join(path.name for path in suite.queries) or "generated",
            "count": len(asked),
            "kinds": [each.kind for each in asked],
            "digest": digest(map(str, asked)),
        },
        "rounds": suite.rounds,
        "warmups": suite.warmups,
        "builds": suite.builds,
        "limit": suite.limit,
    }


def machine() -> dict[str, Any]:
    """Where it ran: what decides a time beside the engine."""
    return {
        "platform": platform.platform(),
        "cpu": _processor(),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def _processor() -> str:
    """The processor's own name, where the system tells it."""
    table = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*: (.+)$", table.read_text(), re.MULTILINE) if table.exists() else None
    return named[1] if named else platform.processor() or platform.machine()
