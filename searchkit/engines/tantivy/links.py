"""An index that cannot be written: searched through a folder of links to its files."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from typing import Final, TypeVar

from searchkit.errors import IndexReadOnly
from searchkit.schema import SETTINGS_FILE

T = TypeVar("T")

_LOCKS: Final = (".tantivy-meta.lock", ".tantivy-writer.lock")
_EFFECTIVE: Final = os.access in os.supports_effective_ids
_TRIES: Final = 20
_RETRY_SECONDS: Final = 0.05


def is_writable(folder: Path) -> bool:
    """Whether Tantivy can lock the index in that folder: even a reader locks it while it opens files."""
    files = [folder, *(lock for name in _LOCKS if (lock := folder / name).exists())]
    return all(os.access(file, os.W_OK, effective_ids=_EFFECTIVE) for file in files)


def let_read(path: Path) -> None:
    """Lets those read the index who may read its settings: Tantivy writes its list of files for one alone."""
    with suppress(OSError):  # what was written stands all the same
        mode = S_IMODE((path / SETTINGS_FILE).stat().st_mode)
        (path / "tantivy" / "meta.json").chmod(mode)


class Links:
    """A temporary folder of links to the files of the engine's ``folder``: where the locks can lie.

    It goes when it is removed, collected or at the end of the process.

    :raises IndexReadOnly: if there is no place for it.
    """

    def __init__(self, folder: Path) -> None:
        self._source = folder.resolve()
        self.folder = _temporary(folder)
        self.remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

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
        return os.access(self._source / "meta.json", os.R_OK, effective_ids=_EFFECTIVE)


def _temporary(folder: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="searchkit-"))
    except OSError as error:
        raise IndexReadOnly(
            f"{folder.parent}: to search what cannot be written takes a temporary folder: {error.strerror}",
            hint="let TMPDIR name a folder that can be written",
        ) from error
