"""Work done in a process of its own, so that its memory can be told from that of the rest."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

_STATUS: Final = Path("/proc/self/status")
_HIGHEST: Final = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def apart(work: Callable[..., T], *arguments: object) -> tuple[T, int | None]:
    """What ``work`` returns, and the most memory, in bytes, that it took.

    It must be a function of a module, and arguments and value what can be pickled.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(watched, work, *arguments).result()


def watched(work: Callable[..., T], *arguments: object) -> tuple[T, int | None]:
    """The same in this process, whose memory at its highest it is then."""
    return work(*arguments), peak_bytes()


def peak_bytes() -> int | None:
    """The most memory that this process has had, and its greatest child; None where the system tells none.

    Linux says it of the process alone in ``proc(5)``: what ``getrusage(2)`` says includes the memory that
    the process had before its program was started, which is its parent's.
    """
    if sys.platform == "win32":
        return None
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    if _STATUS.exists() and (found := _HIGHEST.search(_STATUS.read_text())):
        own = int(found[1]) * 1024
    return own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
