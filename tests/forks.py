"""What a forked process does."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable

import pytest

SECONDS = 60

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")


def fork() -> int:
    """As ``os.fork``, but in the child an alarm ends what hangs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Python 3.12 on, where there are threads
        child = os.fork()
    if not child:
        signal.alarm(SECONDS)
    return child


def in_child(action: Callable[[], str]) -> str:
    """What an action returns in a forked process, or the name of the error that it raises there."""
    reads, writes = os.pipe()
    if not (child := fork()):
        try:
            said = action()
        except BaseException as error:
            said = type(error).__name__
        os.write(writes, said.encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as told:
        said = told.read()
    os.waitpid(child, 0)
    return said
