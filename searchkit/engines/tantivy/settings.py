"""What an index was made with: read, and held against what this version makes."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import orjson

from searchkit import schema
from searchkit.engines.base import Settings
from searchkit.engines.versions import check_version
from searchkit.errors import IndexDamaged, IndexNotFound


def read_settings(path: Path) -> Settings:
    """The settings of the index at ``path``.

    :raises IndexNotFound: if there are none. :raises IndexDamaged: if they cannot be read.
    """
    file = path / schema.SETTINGS_FILE
    try:
        settings = Settings(**orjson.loads(file.read_bytes()))
        if [type(value) for value in astuple(settings)] != [str, str, int, str]:
            raise TypeError("not the settings of an index")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFound(f"{path}: not a searchkit index", hint=how_to_make(path)) from None
    except (ValueError, TypeError) as error:
        raise IndexDamaged(f"{file}: {error}", hint="restore it from a copy") from None
    return settings


def check_settings(path: Path, settings: Settings) -> None:
    """Refuses an index that this version cannot search.

    :raises SchemaMismatch: if its format is another, or if it has other fields or analyzers.
    """
    check_version(path, settings, "export it with the version that made it, and index the export again")


def how_to_make(path: Path) -> str:
    """The command that makes an index there."""
    return f"make one: searchkit index SOURCE -i {path}"
