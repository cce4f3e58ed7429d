"""The making of an index, and of the small files beside it: whole or not at all, whenever a process dies."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import suppress
from errno import EEXIST, ENOSYS, ENOTEMPTY, ENOTSUP, EPERM
from pathlib import Path
from typing import Final

import orjson
from msgspec.structs import asdict

from searchkit.engines.base import Settings
from searchkit.engines.tantivy.commit import create, read_meta, segments
from searchkit.engines.tantivy.holder import NOTE
from searchkit.engines.tantivy.permission import let_read
from searchkit.errors import IndexExists
from searchkit.schema import SETTINGS_FILE

_FOLDER: Final = "tantivy"
_NO_LINKS: Final = (EPERM, ENOSYS, ENOTSUP)
"""What a file system says that knows no second name for a file."""


def make(path: Path, settings: Settings) -> None:
    """Makes a new index at ``path``: nobody takes it for one until its settings are there, the last step.

    Each step is done whole or not at all, and what somebody else has done is as good. So what a killed
    process left behind is completed, and of several that make one at a place, one succeeds without a lock.

    :raises IndexExists: if there is something else, or somebody else was quicker.
    """
    is_new = not path.exists()
    if not is_new and not is_free(path):
        raise _taken(path)
    path.mkdir(parents=True, exist_ok=True)
    folder, file = _temporary(path / _FOLDER), _temporary(path / SETTINGS_FILE)
    try:
        _write(file, orjson.dumps(asdict(settings), option=orjson.OPT_INDENT_2))
        folder.mkdir()
        create(folder)
        _move(folder, path / _FOLDER)
        _publish(file, path / SETTINGS_FILE)
    except (OSError, ValueError):
        if (path / SETTINGS_FILE).exists():  # whoever was quicker has tidied up
            raise _taken(path) from None
        raise
    finally:
        file.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        if is_new:
            with suppress(OSError):  # there is something in it, as there should be
                path.rmdir()
    _tidy(path)
    let_read(path)
    _sync(path)
    _sync(path.absolute().parent)


def write_whole(file: Path, data: bytes) -> None:
    """Writes a small file: a crash, of the machine too, leaves the old one or the new one, whole."""
    temporary = _temporary(file)
    try:
        _write(temporary, data)
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync(file.parent)


def _temporary(file: Path) -> Path:
    """A name that no other process or thread uses meanwhile."""
    return file.with_name(f"{file.name}.{os.getpid()}-{threading.get_native_id()}.tmp")


def is_free(path: Path) -> bool:
    """Whether an index can be made at a place: it holds nothing, or what the making of one left there."""
    if not path.is_dir():
        return False
    names = {each.name for each in path.iterdir()}
    if any(name not in (_FOLDER, NOTE) and not _is_left(name) for name in names):
        return False
    try:
        return _FOLDER not in names or not segments(read_meta(path / _FOLDER))
    except FileNotFoundError:
        return not any((path / _FOLDER).iterdir())
    except ValueError:
        return False


def _is_left(name: str) -> bool:
    """Whether that is the name of something that is being made, or was to be."""
    return name.endswith(".tmp") and name.startswith((f"{_FOLDER}.", f"{SETTINGS_FILE}."))


def _tidy(path: Path) -> None:
    """Removes what others left that were killed, or will find that they were not quick enough."""
    for each in path.iterdir():
        if _is_left(each.name):
            shutil.rmtree(each, ignore_errors=True)
            with suppress(OSError):  # a folder that is still being filled
                each.unlink()


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _move(made: Path, folder: Path) -> None:
    """Gives a folder its name, unless somebody else has put there one that is as good."""
    try:
        made.rename(folder)
    except OSError as error:
        if error.errno not in (EEXIST, ENOTEMPTY):
            raise


def _publish(written: Path, settings: Path) -> None:
    """Gives the settings their name, unless somebody else did.

    :raises OSError: if so.
    """
    try:
        settings.hardlink_to(written)
    except OSError as error:
        if error.errno not in _NO_LINKS or settings.exists():
            raise
        written.rename(settings)


def _sync(folder: Path) -> None:
    """Makes what a folder lists last, where the system lets one."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _taken(path: Path) -> IndexExists:
    return IndexExists(f"{path}: already there", hint="choose another place, or open it")
