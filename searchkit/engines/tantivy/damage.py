"""What Tantivy and the file system raise → the errors of searchkit."""

from __future__ import annotations

import os
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path
from types import TracebackType
from typing import Final

from msgspec import Struct

from searchkit.errors import IndexDamaged, IndexNotFound, IndexReadOnly, SearchkitError, WriteFailed

_FULL: Final = (ENOSPC, EDQUOT, EFBIG)
_LONGEST: Final = 300
"""Characters of a reason."""


class damage(Struct, frozen=True):  # noqa: N801  # it is used as a function is, and a search enters it a score of times
    """Translates what goes wrong with the files of the index in the folder ``path`` while the block runs.

    Only calls of Tantivy and of the file system belong into the block: any ``ValueError`` there is damage.

    :raises IndexNotFound: if nothing is at ``path``, or can be. :raises IndexDamaged: if there is something
        that cannot be read. :raises IndexReadOnly: if the block is ``writing`` and may not.
        :raises WriteFailed: if it is, and there is no room.
    """

    path: Path
    writing: bool = False

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, SearchkitError) and is_fault(error):
            raise _explained(self.path, error, self.writing) from error


def is_fault(error: BaseException) -> bool:
    """Whether Tantivy or the file system raised it.

    What Rust panics with derives from BaseException, and has no module that it could be imported from.
    """
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"


def is_full(error: BaseException) -> bool:
    """Whether it says that the disk is full, or the user's share of it."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return any(f"os error {code})" in str(error) for code in _FULL)


def reason_of(error: BaseException) -> str:
    """What went wrong, cut to what can be read: panics may hold the bytes of a whole text."""
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…"


def _explained(path: Path, error: BaseException, writing: bool) -> SearchkitError:
    reason = reason_of(error)
    if writing and is_full(error):
        return WriteFailed(f"{path}: {reason}", hint="make room on the disk, and run it again")
    if not os.path.exists(path):  # noqa: PTH110  # unlike Path.exists, it never raises
        return IndexNotFound(f"{path}: {reason}", hint="check the path, and that you may write there")
    if _is_forbidden(error):
        if writing:
            return IndexReadOnly(
                f"{path}: can be searched, but not written",
                hint="run as a user who may write there, or work on a copy that is yours",
            )
        return IndexDamaged(
            f"{path}: cannot be opened without permission to read all of it",
            hint="run as a user who may, or have its owner allow it: chmod -R a+rX",
        )
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return IndexDamaged(f"{path}: {reason}", hint="see whether the disk is full or failing")
    rescue = f"searchkit repair {path} {path}.new"
    return IndexDamaged(f"{path}: {reason}", hint=f"restore it from a copy, or rescue what reads: {rescue}")


def _is_forbidden(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in (EACCES, EPERM, EROFS)
    return any(kind in str(error) for kind in ("PermissionDenied", "ReadOnlyFilesystem"))
