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
from searchkit.engines.tantivy.damage import damage
from searchkit.engines.tantivy.holder import holder, is_surely_awaited, noted, waiting
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
    index: tantivy.Index, path: Path, settings: Settings, *, wait: float, on_wait: Callable[[str], None]
) -> Iterator[TantivyWriter]:
    """The writer of the index in the folder ``path``, see :class:`~searchkit.engines.base.Engine`."""
    writer = TantivyWriter(_acquire(index, path, wait, on_wait), path, settings)
    with noted(path):
        try:
            yield writer
            with suppress(WriteFailed):  # all is in: without room, it only stays slower to search
                writer.settle()
        except BaseException:
            with suppress(SearchkitError):
                writer.rollback()
            with suppress(SearchkitError):
                writer.close()
            raise
        writer.close()


def _acquire(
    index: tantivy.Index, path: Path, wait: float, on_wait: Callable[[str], None]
) -> tantivy.IndexWriter:
    """The writer, at once if it is free; but whoever waits already goes first."""
    are_others_first = is_surely_awaited(path)
    if not are_others_first and (writer := _try_writer(index, path)):
        return writer
    with waiting(path):
        if are_others_first:
            time.sleep(_RETRY_SECONDS)
        return _wait(index, path, wait, on_wait)


def _wait(
    index: tantivy.Index, path: Path, wait: float, on_wait: Callable[[str], None]
) -> tantivy.IndexWriter:
    """The writer, as soon as it is free.

    :raises IndexLocked: if that takes longer than ``wait`` seconds.
    """
    started = time.monotonic()
    told = False
    while (writer := _try_writer(index, path)) is None:
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


def _try_writer(index: tantivy.Index, path: Path) -> tantivy.IndexWriter | None:
    """The writer, or None while another one has the lock."""
    threads = min(os.cpu_count() or 1, MAX_THREADS)
    with damage(path, writing=True):
        try:
            return open_writer(index, HEAP_PER_THREAD * threads, threads)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
    return None
