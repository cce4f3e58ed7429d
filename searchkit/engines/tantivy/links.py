"""An index that cannot be written: searched through a folder of links to its files."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from searchkit.engines.tantivy.permission import EFFECTIVE
from searchkit.errors import IndexReadOnly

T = TypeVar("T")

_TRIES: Final = 20
_RETRY_SECONDS: Final = 0.05


class Links:
    """A temporary folder of links to the files of the engine's ``folder``: where the locks can lie.

    It goes when it is removed, collected or at the end of the process.

    :raises IndexReadOnly: if there is no place for it.
    """

    def __init__(self, folder: Path) -> None:
        self._source = folder.resolve()
        self.folder = _temporary(folder)
        self.remove = weakref.finalize(self, _remove, self.folder, os.getpid())

    def read(self, action: Callable[[], T]) -> T:
        """What ``action`` reads through the links.

        A writer that may write there does not see our lock, and drops or closes files under our hands: then
        it is done again with what is there by now.
        """
        for attempt in range(_TRIES):
            stamp = self._stamp()
            self._refresh()
            try:
                return action()
            except (ValueError, OSError):
                if attempt == _TRIES - 1 or (self._stamp() == stamp and self._is_readable()):
                    raise
                time.sleep(_RETRY_SECONDS)
        raise AssertionError("the last attempt returns or raises")

    def _refresh(self) -> None:
        there = {name for name in os.listdir(self._source) if not name.startswith(".")}  # noqa: PTH208
        here = {name for name in os.listdir(self.folder) if not name.startswith(".")}  # noqa: PTH208
        for name in here - there:
            (self.folder / name).unlink()
        for name in there - here:
            (self.folder / name).symlink_to(self._source / name)

    def _stamp(self) -> tuple[int, int]:
        status = (self._source / "meta.json").stat()
        return status.st_mtime_ns, status.st_ino

    def _is_readable(self) -> bool:
        return os.access(self._source / "meta.json", os.R_OK, effective_ids=EFFECTIVE)


def _remove(folder: Path, maker: int) -> None:
    """Removes it in the process that made it: one that it has forked off leaves it to that."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


def _temporary(folder: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="searchkit-"))
    except OSError as error:
        raise IndexReadOnly(
            f"{folder.parent}: to search what cannot be written takes a temporary folder: {error.strerror}",
            hint="let TMPDIR name a folder that can be written",
        ) from error
