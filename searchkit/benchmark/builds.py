"""Indexes made: each in a process of its own, which takes the time of its work and tells its memory."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import orjson

from searchkit.benchmark.apart import apart
from searchkit.benchmark.corpus import Corpus
from searchkit.benchmark.peers import Peer, Updating, load
from searchkit.benchmark.result import Indexing
from searchkit.profile import NEWS


def build(peers: Sequence[Peer], corpus: Corpus, folder: Path, times: int) -> dict[str, Indexing]:
    """Every engine's index in a folder of its name, and how it was made: ``times`` times, in turns."""
    engines = list(dict.fromkeys(peer.engine for peer in peers))
    updating = {peer.engine for peer in peers if isinstance(peer, Updating)}
    found: dict[str, list[Indexing]] = {engine: [] for engine in engines}
    for _ in range(times):
        for engine in engines:
            place = folder / engine
            rmtree(place, ignore_errors=True)
            found[engine].append(_built(engine, corpus, place, updates=engine in updating))
    return {engine: _least(each) for engine, each in found.items()}


def _built(engine: str, corpus: Corpus, place: Path, *, updates: bool) -> Indexing:
    seconds, peak = apart(made, engine, corpus.path, place)
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    if not updates:
        return Indexing(seconds, size, peak)
    same_file, _ = apart(updated, engine, corpus.path, place)
    with _longer(corpus.path):
        same_records, _ = apart(updated, engine, corpus.path, place)
    return Indexing(seconds, size, peak, same_file, same_records)


def _least(found: list[Indexing]) -> Indexing:
    """The least seconds, as a noisy machine only adds to them; the most memory."""
    first = found[0]
    return Indexing(
        min(each.seconds for each in found),
        first.size_bytes,
        max((each.peak_bytes for each in found if each.peak_bytes is not None), default=None),
        min((each.same_file for each in found if each.same_file is not None), default=None),
        min((each.same_records for each in found if each.same_records is not None), default=None),
    )


def made(engine: str, corpus: Path, place: Path) -> float:
    """The seconds that it takes to make an index. The same for all profiles."""
    (peer,) = load(engine, [NEWS])
    gc.collect()
    started = time.perf_counter()
    own = peer.index(corpus, place)
    return _rounded(time.perf_counter() - started if own is None else own)


def updated(engine: str, corpus: Path, place: Path) -> float:
    """The seconds that it takes to bring one up to its file."""
    (peer,) = load(engine, [NEWS])
    assert isinstance(peer, Updating)
    gc.collect()
    started = time.perf_counter()
    peer.update(corpus, place)
    return _rounded(time.perf_counter() - started)


@contextmanager
def _longer(corpus: Path) -> Iterator[None]:
    """The file with one more article at its end."""
    size = corpus.stat().st_size
    with corpus.open("ab") as file:
        file.write(orjson.dumps({"id": "one more than there were", "body": "one more"}) + b"\n")
    try:
        yield
    finally:
        with corpus.open("r+b") as file:
            file.truncate(size)


def _rounded(seconds: float) -> float:
    return max(round(seconds, 6), 1e-6)
