"""What an index was made with: read, and held against what this version makes."""

from __future__ import annotations

from pathlib import Path

from msgspec import json
from msgspec.structs import astuple

from searchkit import schema
from searchkit.engines.base import Settings
from searchkit.engines.versions import check_version
from searchkit.errors import IndexDamaged, IndexNotFound, SchemaMismatch


def read_settings(path: Path) -> Settings:
    """The settings of the index at ``path``.

    :raises IndexNotFound: if there are none. :raises IndexDamaged: if they cannot be read.
    :raises SchemaMismatch: if a newer version wrote them, perhaps in another way.
    """
    file = path / schema.SETTINGS_FILE
    try:
        known = json.decode(file.read_bytes())
        _check_format(path, known)
        settings = Settings(**known)
        if [type(value) for value in astuple(settings)] != [str, str, int, str]:
            raise TypeError("not the settings of an index")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFound(f"{path}: not a searchkit index", hint=how_to_make(path)) from None
    except (ValueError, TypeError, RecursionError) as error:
        raise IndexDamaged(f"{file}: {error}", hint="restore it from a copy") from None
    return settings


def check_settings(path: Path, settings: Settings) -> None:
    """Refuses an index that this version cannot search.

    :raises SchemaMismatch: if its format is another, or if it has other fields or analyzers.
    """
    hint = f"make a new one of its articles: searchkit repair {path} {path}.new"
    check_version(path, settings, hint)


def _check_format(path: Path, known: object) -> None:
    number = known.get("format") if isinstance(known, dict) else None
    if isinstance(number, int) and number > schema.FORMAT:
        raise SchemaMismatch(f"{path}: made by a newer searchkit", hint="upgrade: pip install -U searchkit")


def how_to_make(path: Path) -> str:
    """The command that makes an index there."""
    return f"make one: searchkit index SOURCE -i {path}"
