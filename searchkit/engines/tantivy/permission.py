"""Who may write to an index in a folder, and who may read it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from typing import Final

from searchkit.schema import SETTINGS_FILE

_LOCKS: Final = (".tantivy-meta.lock", ".tantivy-writer.lock")
EFFECTIVE: Final = os.access in os.supports_effective_ids
"""Whether the system can say what the user that this process runs for may do."""


def is_writable(folder: Path) -> bool:
    """Whether Tantivy can lock the index in that folder: even a reader locks it while it opens files."""
    files = [folder, *(lock for name in _LOCKS if (lock := folder / name).exists())]
    return all(os.access(file, os.W_OK, effective_ids=EFFECTIVE) for file in files)


def let_read(path: Path) -> None:
    """Lets those read the index who may read its settings: Tantivy writes its list of files for one alone."""
    with suppress(OSError):  # what was written stands all the same
        mode = S_IMODE((path / SETTINGS_FILE).stat().st_mode)
        (path / "tantivy" / "meta.json").chmod(mode)
