"""Threads that do something one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that tells whether anybody waits for it. A thread that has it may take it again."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._waiting: list[None] = []  # one for each thread that waits: a list changes in one step

    @property
    def is_awaited(self) -> bool:
        """Whether a thread waits for its turn."""
        return bool(self._waiting)

    @contextmanager
    def take(self) -> Iterator[None]:
        """A turn, for as long as the block runs; waited for if need be."""
        if not self._lock.acquire(blocking=False):
            self._waiting.append(None)
            try:
                self._lock.acquire()
            finally:
                self._waiting.pop()
        try:
            yield
        finally:
            self._lock.release()
