"""What lasts no longer than the work that it is for: where it lies, and what is said if it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from searchkit.errors import WriteFailed


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes with the end of the block.

    :raises WriteFailed: if there is no place for it.
    """
    with in_temporary_files():
        place = TemporaryDirectory(prefix="searchkit-", ignore_cleanup_errors=True)
    with place as name:
        yield Path(name)


@contextmanager
def in_temporary_files() -> Iterator[None]:
    """Says what to do where the block, which writes temporary files alone, cannot.

    :raises WriteFailed: where it cannot.
    """
    try:
        yield
    except (OSError, ValueError) as error:  # Tantivy raises the latter
        raise WriteFailed(
            f"temporary files: {getattr(error, 'strerror', '') or error}",
            hint="let TMPDIR name a folder that can be written and has room",
        ) from error
