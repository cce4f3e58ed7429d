"""What an index was made with: read, and held against what this version makes."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import orjson

from searchkit import schema
from searchkit.engines.base import Settings
from searchkit.errors import IndexDamaged, IndexNotFound, SchemaMismatch


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


def check_version(path: Path, settings: Settings) -> None:
    """Refuses an index that this version cannot search.

    :raises SchemaMismatch: if its format is another, or if it has other fields or analyzers.
    """
    if settings.format > schema.FORMAT:
        raise SchemaMismatch(f"{path}: made by a newer searchkit", hint="upgrade: pip install -U searchkit")
    hint = "export it with the version that made it, and index the export again"
    if settings.format < schema.FORMAT:
        raise SchemaMismatch(f"{path}: made by an older searchkit", hint=hint)
    if settings.fingerprint != schema.fingerprint(settings.language):
        what = "made with other fields or analyzers than this version has"
        raise SchemaMismatch(f"{path}: {what}", hint=hint)


def how_to_make(path: Path) -> str:
    """The command that makes an index there."""
    return f"make one: searchkit index SOURCE -i {path}"
