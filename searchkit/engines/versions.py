"""What an index was made with, held against what this version makes."""

from __future__ import annotations

import os

from searchkit import schema
from searchkit.engines.base import Settings
from searchkit.errors import SchemaMismatch


def is_current(settings: Settings) -> bool:
    """Whether an index has the format, the fields and the analyzers of this version."""
    return (settings.format, settings.fingerprint) == (schema.FORMAT, schema.fingerprint(settings.language))


def check_version(where: str | os.PathLike[str], settings: Settings, hint: str) -> None:
    """Refuses an index that this version cannot search; ``hint`` says how to make one that it can.

    :raises SchemaMismatch: if its format is another, or if it has other fields or analyzers.
    """
    if settings.format > schema.FORMAT:
        raise SchemaMismatch(f"{where}: made by a newer searchkit", hint="upgrade: pip install -U searchkit")
    if not is_current(settings):
        older = settings.format < schema.FORMAT
        what = "by an older searchkit" if older else "with other fields or analyzers than this version has"
        raise SchemaMismatch(f"{where}: made {what}", hint=hint)
