"""The text files of an evaluation, line by line; every fault names its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from searchkit.errors import SourceError


def read_text(path: Path) -> str:
    """The whole text, its lines parted by line feeds.

    :raises SourceError: if the file cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        fault = f"{path}: not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}"
        raise SourceError(fault, hint="convert it, with iconv for example") from None


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its number from 1 on."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def fault(path: Path, number: int, message: str, hint: str = "") -> SourceError:
    """An error in a line of a file."""
    return SourceError(f"{path}:{number}: {message}", hint=hint)
