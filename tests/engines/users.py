"""Other users of the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, if it is root that runs the tests: as a user to whom no file belongs."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has other permissions")
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
