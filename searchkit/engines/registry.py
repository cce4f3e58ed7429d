"""Where → engine."""

from __future__ import annotations

import os
from pathlib import Path

from searchkit.engines.base import Engine, Flaw, Rescue, Settings
from searchkit.engines.tantivy import TantivyEngine
from searchkit.engines.tantivy.rescue import rescue
from searchkit.errors import IndexNotFound


def open_engine(where: str | os.PathLike[str]) -> Engine:
    """The engine of the index at a folder.

    :raises IndexNotFound: if there is none, or for an address of an engine that is not known.
    """
    return TantivyEngine.open(_folder(where))


def create_engine(where: str | os.PathLike[str], settings: Settings) -> Engine:
    """The engine of a new index.

    :raises IndexExists: if there is something already.
    """
    return TantivyEngine.create(_folder(where), settings)


def check_engine(where: str | os.PathLike[str], *, deep: bool = False) -> list[Flaw]:
    """What is not as it should be with the index at a folder, even if it cannot be opened.

    Missing and truncated files, notes and settings that cannot be read, a schema that does not match, files
    that belong to nothing, counts that disagree; ``deep`` also compares the checksums of all files and reads
    every article.

    :raises IndexNotFound: if there is none.
    """
    return TantivyEngine.examine(_folder(where), deep=deep)


def rescue_engine(where: str | os.PathLike[str]) -> Rescue:
    """What can be saved of the index at a folder, even if it cannot be opened.

    :raises IndexNotFound: if there is none. :raises IndexDamaged: if its settings cannot be read.
    :raises SchemaMismatch: if a newer version made it. :raises IndexLocked: if something writes to it.
    """
    return rescue(_folder(where))


def _folder(where: str | os.PathLike[str]) -> Path:
    place = os.fspath(where)
    if "://" in place:
        scheme = place.partition("://")[0]
        raise IndexNotFound(f"{place}: no engine for {scheme}://", hint="give the path of a folder")
    return Path(place)
