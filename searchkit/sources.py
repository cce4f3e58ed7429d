"""The note beside an index that says which files are in it, and the names that their records go by."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from searchkit.index import Index
from searchkit.readers import shown
from searchkit.regex import regex
from searchkit.taken import Taken, dumps, loads

NOTE: Final = "sources.json"
"""The note beside the index that says which files are in it."""

_HIDDEN_BYTE: Final = regex(r"\\u(dc[89a-f][0-9a-f])")
"""What :func:`~searchkit.readers.shown` makes of a byte that is no UTF-8."""


class Sources:
    """The files that an index has taken in, by absolute path, and the names they go by."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._note: bytes | None = None
        self._taken: dict[str, Taken] = {}
        self._look()
        self._name_of = {path: taken.name for path, taken in self._taken.items()}
        self._path_of = {name: path for path, name in self._name_of.items()}

    def find(self, path: Path) -> Taken | None:
        """What is known of a file."""
        return self._taken.get(shown(path))

    def name(self, path: Path, top: Path) -> str:
        """What identifies a file's records: its path from the folder that was named on, with that folder.

        A file keeps its first name however it is reached later. Where another file has that name already, it
        goes by its whole path; a file that is no longer there leaves its name to the next, so that a folder
        may be moved.
        """
        key = shown(path)
        if key not in self._name_of:
            name = shown(path.relative_to(top.parent).as_posix())
            holder = self._path_of.get(name)
            name = shown(path.as_posix()) if holder and _is_there(holder) else name
            self._name_of[key] = name
            self._path_of[name] = key
        return self._name_of[key]

    def save(self, done: dict[Path, Taken]) -> None:
        """Adds files to the note as it is by now, and takes out those that left their name to them.

        To be called when what the files hold is committed, and in a batch of the index: its lock keeps two
        programs from writing the note at once.
        """
        names = {taken.name for taken in done.values()}
        self._look()
        others = {path: taken for path, taken in self._taken.items() if taken.name not in names}
        self._taken = others | {shown(path): taken for path, taken in done.items()}
        self._name_of = {path: taken.name for path, taken in others.items()} | self._name_of
        self._path_of = {taken.name: path for path, taken in others.items()} | self._path_of
        self._write()

    def reread(self) -> None:
        """Has every file read again by the next run, as some of what they hold is no longer in the index."""
        self._look()
        self._taken = {path: replace(taken, whole=False) for path, taken in self._taken.items()}
        self._write()

    def _write(self) -> None:
        self._note = dumps(self._taken)
        self._index.engine.write_note(NOTE, self._note)

    def _look(self) -> None:
        """Reads the note, if it is another one by now."""
        note = self._index.engine.read_note(NOTE)
        if note != self._note:
            self._note, self._taken = note, loads(note)


def _is_there(path: str) -> bool:
    """Whether there still is a file of the note."""
    real = _HIDDEN_BYTE.sub(lambda match: chr(int(match[1], 16)), path)
    return os.path.exists(real)  # noqa: PTH110  # unlike Path.exists, it never raises
