"""Processes that are forked off: they have our objects, but none of the other threads that use them."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from weakref import WeakMethod


def renewed(method: Callable[[], None]) -> None:
    """Calls a method, and again in each process that is forked off while its object is in use.

    It makes what is of no use to such a process as it is: locks that nobody will ever free, open connections.
    """
    method()
    _methods.add(WeakMethod(method, _methods.discard))


def _renew() -> None:
    for reference in list(_methods):
        if method := reference():
            method()


_methods: set[WeakMethod[Any]] = set()
if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_renew)
