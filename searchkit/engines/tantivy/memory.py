"""What the C library keeps of the memory that Tantivy's threads have given back."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Final

_TRIM: Final[Callable[[int], int] | None] = getattr(ctypes.pythonapi, "malloc_trim", None)
"""glibc's ``malloc_trim(3)``; other C libraries have none."""


def give_back() -> None:
    """Returns to the system what is free.

    glibc keeps the memory of threads that have ended for others to come, and Tantivy starts its threads anew
    with every commit: after a few, twice as much would be kept as is ever in use.
    """
    if _TRIM:
        _TRIM(0)
