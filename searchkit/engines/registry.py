"""Where → engine."""

from __future__ import annotations

import os
from pathlib import Path

from searchkit.engines.base import Engine, Settings
from searchkit.engines.tantivy import TantivyEngine
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


def _folder(where: str | os.PathLike[str]) -> Path:
    place = os.fspath(where)
    if "://" in place:
        scheme = place.partition("://")[0]
        raise IndexNotFound(f"{place}: no engine for {scheme}://", hint="give the path of a folder")
    return Path(place)
