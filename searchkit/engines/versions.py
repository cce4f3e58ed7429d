"""What an index was made with, held against what this version makes."""

from __future__ import annotations

import os

from searchkit import schema
from searchkit.engines.base import Settings
from searchkit.errors import SchemaMismatch


def check_version(where: str | os.PathLike[str], settings: Settings, hint: str) -> None:
    """Refuses an index that this version cannot search; ``hint`` says how to make one that it can.

    :raises SchemaMismatch: if its format is another, or if it has other fields or analyzers.
    """
    if settings.format > schema.FORMAT:
        raise SchemaMismatch(f"{where}: made by a newer searchkit", hint="upgrade: pip install -U searchkit")
    if settings.format < schema.FORMAT:
        raise SchemaMismatch(f"{where}: made by an older searchkit", hint=hint)
    if settings.fingerprint != schema.fingerprint(settings.language):
        what = "made with other fields or analyzers than this version has"
        raise SchemaMismatch(f"{where}: {what}", hint=hint)
