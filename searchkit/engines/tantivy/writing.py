"""How a Tantivy index comes to have a writer: one at a time, whoever waits is told for whom."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import tantivy

from searchkit.engines.base import Settings
from searchkit.engines.tantivy.commit import MANAGED
from searchkit.engines.tantivy.damage import damage
from searchkit.engines.tantivy.holder import holder, is_surely_awaited, noted, waiting
from searchkit.engines.tantivy.tables import build_schema, register
from searchkit.engines.tantivy.writer import TantivyWriter, open_writer
from searchkit.errors import IndexLocked, SearchkitError, WriteFailed

HEAP_PER_THREAD: Final = 100_000_000
"""Bytes of postings that one indexing thread gathers before it writes a segment: about 20,000 articles."""
MAX_THREADS: Final = 4
_RETRY_SECONDS: Final = 0.01
"""How often a writer that waits looks whether it is its turn."""
_PATIENCE_SECONDS: Final = 2.0
"""After how long a writer that waits for another one says so."""


@contextmanager
def writing(
    path: Path, settings: Settings, *, wait: float, on_wait: Callable[[str], None]
) -> Iterator[TantivyWriter]:
    """The writer of the index in the folder ``path``, see :class:`~searchkit.engines.base.Engine`."""
    process = os.getpid()
    writer = TantivyWriter(_acquire(path, settings, wait, on_wait), path, settings)
    with noted(path):
        try:
            yield writer
            with suppress(WriteFailed):  # all is in: without room, it only stays slower to search
                writer.settle()
        except BaseException:
            if (
                os.getpid() != process
            ):  # forked off, where nothing is left of Tantivy's threads but their names
                raise
            with suppress(SearchkitError):
                writer.rollback()
            with suppress(SearchkitError):
                writer.close()
            raise
        writer.close()


def _acquire(
    path: Path, settings: Settings, wait: float, on_wait: Callable[[str], None]
) -> tantivy.IndexWriter:
    """The writer, at once if it is free; but whoever waits already goes first."""
    are_others_first = is_surely_awaited(path)
    if not are_others_first and (writer := _try_writer(path, settings.language)):
        return writer
    with waiting(path):
        if are_others_first:
            time.sleep(_RETRY_SECONDS)
        return _wait(path, settings, wait, on_wait)


def _wait(path: Path, settings: Settings, wait: float, on_wait: Callable[[str], None]) -> tantivy.IndexWriter:
    """The writer, as soon as it is free.

    :raises IndexLocked: if that takes longer than ``wait`` seconds.
    """
    started = time.monotonic()
    told = False
    while (writer := _try_writer(path, settings.language)) is None:
        waited = time.monotonic() - started
        who = str(holder(path) or "another program is writing to it")
        if waited >= wait:
            hint = "wait until it is done; searching goes on meanwhile"
            raise IndexLocked(f"{path}: {who}", hint=hint)
        if waited >= _PATIENCE_SECONDS and not told:
            on_wait(who)
            told = True
        time.sleep(_RETRY_SECONDS)
    return writer


def _try_writer(path: Path, language: str) -> tantivy.IndexWriter | None:
    """The writer, or None while another one has the lock.

    An index that was opened earlier would forget the files that others have made since, and nobody would ever
    remove them: Tantivy reads the list of its files when it opens an index, and writes it as it knows it.
    """
    threads = min(os.cpu_count() or 1, MAX_THREADS)
    folder = path / "tantivy"
    with damage(path, writing=True):
        listed = _listed(folder)
        index = tantivy.Index(build_schema(), str(folder), reuse=True)
        register(index, language)
        try:
            writer = open_writer(index, HEAP_PER_THREAD * threads, threads)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            return None
        if _listed(folder) == listed:
            return writer
        writer.wait_merging_threads()  # which frees the lock: somebody has written in between
    return None


def _listed(folder: Path) -> bytes:
    with suppress(FileNotFoundError):
        return (folder / MANAGED).read_bytes()
    return b""
