"""Which files there are, and what is in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISDIR
from typing import BinaryIO, Final

from searchkit.errors import SourceError
from searchkit.readers.reading import FORMATS
from searchkit.schema import SETTINGS_FILE

_FORMAT_OF: Final = {
    ".txt": "page",
    ".text": "page",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
}
IGNORE_FILE: Final = ".searchkitignore"
_PACKED: Final = frozenset((".gz", ".bz2", ".xz"))
_FOREIGN: Final = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "RTF",
    b"<?xml": "XML",
    b"<!doctype html": "HTML",
    b"<html": "HTML",
}


def files(source: Path) -> Iterator[Path]:
    """The file itself, or every file of a known kind in a folder and below it, in order of their names.

    Hidden files and folders are left out, and so are indexes and what a ``.searchkitignore`` in the folder
    names; links to folders are not followed. A folder that cannot be opened is given like a file, so that
    :func:`~searchkit.readers.read` says why it cannot be read.

    :raises SourceError: if there is nothing at ``source``, or it cannot be looked at.
    """
    try:
        is_folder = S_ISDIR(source.stat().st_mode)
    except (OSError, ValueError) as error:
        raise _source_error(shown(source), error) from None
    yield from _below(source) if is_folder else (source,)


def _below(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    if any(entry.name == SETTINGS_FILE for entry in entries):
        return
    ignored = _ignored(folder)
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or any(fnmatchcase(entry.name, pattern) for pattern in ignored):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path)
        elif is_known(path) and entry.is_file():
            yield path


def _ignored(folder: Path) -> list[str]:
    """The patterns of a folder: a name or a shell pattern a line; ``#`` begins a comment."""
    try:
        lines = (folder / IGNORE_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def is_known(path: Path) -> bool:
    """Whether the name ends as those of the formats do, with or without .gz, .bz2 or .xz behind it."""
    return bool(format_of_name(path.name))


def format_of_name(name: str) -> str:
    """The format that the ending of a file's name says, or nothing."""
    path = Path(name.lower())
    return _FORMAT_OF.get(Path(path.stem if path.suffix in _PACKED else path.name).suffix, "")


def format_of(name: str, head: bytes) -> str:
    """The format of a source by its name, then by its first bytes.

    :raises SourceError: if it is of another kind.
    """
    if by_name := format_of_name(name):
        return "json" if by_name == "jsonl" and head.lstrip().startswith(b"[") else by_name
    start = head[:64].lstrip().lower()
    kind = next((kind for mark, kind in _FOREIGN.items() if start.startswith(mark.lower())), "")
    kind = "a tar archive" if head[257:262] == b"ustar" else kind
    if kind or _is_binary(head):
        raise SourceError(
            f"{name}: {f'this is {kind}' if kind else 'not text'}, which is not read",
            hint=f"convert it to text, or say what it is with --format {'|'.join(FORMATS)}",
        )
    return "json" if start.startswith((b"{", b"[")) else "page"


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: many of them are control characters other than NUL."""
    controls = sum(head.count(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls * 20 > len(head)


@contextmanager
def opened(source: Path | BinaryIO, name: str) -> Iterator[BinaryIO]:
    """``source`` open for reading; a stream is left open.

    :raises SourceError: if the file cannot be opened.
    """
    if not isinstance(source, Path):
        yield source
        return
    try:
        file = source.open("rb")
    except (OSError, ValueError) as error:
        raise _source_error(name, error) from None
    with file:
        yield file


def _source_error(name: str, error: OSError | ValueError) -> SourceError:
    match error:
        case FileNotFoundError():
            return SourceError(f"{name}: no such file or folder", hint="check the path")
        case IsADirectoryError():
            return SourceError(f"{name}: a folder, where a file is expected", hint="read the files below it")
        case PermissionError():
            return SourceError(
                f"{name}: no permission to read it", hint="run as a user who may, or ask its owner"
            )
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return SourceError(f"{name}: cannot be read: {reason or error}", hint="check the path")


def shown(path: Path | str) -> str:
    """A path as text that can be printed and stored: bytes that are no UTF-8 are written as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()
