"""Who writes to an index: a note beside the lock, there as long as the lock is held; who waits."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson
from msgspec import Struct
from msgspec.structs import asdict, astuple

from searchkit.schema import SETTINGS_FILE

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK: Final = ".tantivy-writer.lock"
"""Tantivy's own, in the engine's folder."""
NOTE: Final = "writer.json"
"""The file that says so, in the folder of the index."""


class Holder(Struct, frozen=True):
    """A program that writes to an index, and since when, in local time."""

    program: str
    pid: int
    host: str
    since: str

    @classmethod
    def myself(cls) -> Holder:
        """This process, from now on."""
        now = datetime.now().astimezone().isoformat(" ", "seconds")
        return cls(_program(), os.getpid(), socket.gethostname(), now)

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs; of one on another machine, nobody here can say that it does not."""
        if self.host != socket.gethostname() or os.name == "nt":  # where a signal 0 is Ctrl-C
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):  # another user's
            return True
        return True

    def __str__(self) -> str:
        where = "" if self.host == socket.gethostname() else f" on {self.host}"
        who = "this program" if self.pid == os.getpid() and not where else self.program
        return f"{who} (process {self.pid}{where}) has been writing to it since {self.since}"


def holder(path: Path) -> Holder | None:
    """Who says to be writing to the index at ``path``, unless the process has died, or has no lock."""
    found = _noted_at(path)
    return found if found and found.is_alive and _is_locked(path / "tantivy" / LOCK) else None


def _noted_at(path: Path) -> Holder | None:
    try:
        found = Holder(**orjson.loads((path / NOTE).read_bytes()))
    except (OSError, ValueError, TypeError):  # none, or one that is just being written
        return None
    is_one = [type(value) for value in astuple(found)] == [str, int, str, str]
    return found if is_one else None


def _is_locked(lock: Path) -> bool:
    """Whether somebody has the lock: a note may outlive its process, whose number another one may have."""
    if fcntl is None:
        return True
    with suppress(OSError), lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
    return True  # as far as anybody here can say


@contextmanager
def noted(path: Path) -> Iterator[None]:
    """Says that this process writes to the index at ``path``, as long as the block runs."""
    myself = Holder.myself()
    with suppress(OSError):  # a note is a courtesy: a full disk is told of by the commit
        (path / NOTE).write_bytes(orjson.dumps(asdict(myself)))
    try:
        yield
    finally:
        is_ours = os.getpid() == myself.pid and _noted_at(path) == myself
        if is_ours:  # not the next one's, who has the lock by now, and not that of who forked us off
            with suppress(OSError):
                (path / NOTE).unlink()


@contextmanager
def waiting(path: Path) -> Iterator[None]:
    """Has :func:`is_awaited` say that somebody waits to write, as long as the block runs."""
    with ExitStack() as stack:
        if fcntl is not None:
            with suppress(OSError):
                file = stack.enter_context((path / SETTINGS_FILE).open("rb"))
                fcntl.flock(file, fcntl.LOCK_SH)  # which several may have, and which ends with its process
        yield


def is_awaited(path: Path) -> bool:
    """Whether somebody waits to write to the index at ``path``; where the system cannot tell, it may be."""
    if fcntl is None:
        return True
    with suppress(OSError), (path / SETTINGS_FILE).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    return True


def is_surely_awaited(path: Path) -> bool:
    """:func:`is_awaited`, but false where the system cannot tell."""
    return fcntl is not None and is_awaited(path)


def _program() -> str:
    """What this process was started as: ``searchkit``, for ``python -m searchkit`` too."""
    started = Path(sys.argv[0] if sys.argv else "")
    name = started.parent.name if started.name == "__main__.py" else started.name
    return name if name.strip("-") not in ("", "c") else "python"
