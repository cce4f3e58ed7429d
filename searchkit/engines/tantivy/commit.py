"""Tantivy's ``meta.json``: an empty index's, and the segments and files that the last commit names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
import tantivy
from msgspec import Struct

from searchkit.engines.tantivy.tables import build_schema
from searchkit.temporary import in_temporary_files, temporary_folder

META: Final = "meta.json"
"""Tantivy's list of its segments, with the settings of the index."""

BLOCK: Final = 4_096
"""Bytes of articles that are compressed together, and unpacked where one of them is read. Of Tantivy's own
16,384, ten hits take nearly twice the time; the articles need an eighth less room."""
MANAGED: Final = ".managed.json"
STORE: Final = "store"
"""The ending of the files that hold the articles; what all the others hold can be made from them."""
PARTS: Final = ("idx", "pos", "term", "fieldnorm", "fast", STORE)
"""The endings of the files of a segment."""

_NAME: Final = re.compile("[0-9a-f]{32}", re.ASCII)


class Segment(Struct, frozen=True):
    """A segment: ``name`` begins the names of its files; ``size`` counts articles, the ``deleted`` too.

    ``row`` is what ``meta.json`` says of it.
    """

    name: str
    size: int
    deleted: int
    deletes: str
    row: dict[str, Any]

    @property
    def files(self) -> Iterator[str]:
        """The names of its files; the last is that of its deletions, if it has any."""
        yield from (f"{self.name}.{part}" for part in PARTS)
        if self.deletes:
            yield self.deletes


def segments(meta: bytes) -> list[Segment]:
    """The segments that ``meta.json`` names.

    :raises ValueError: if it cannot be read.
    """
    try:
        return [_segment(row) for row in orjson.loads(meta)["segments"]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"is not what Tantivy writes: {error}") from None


def _segment(row: dict[str, Any]) -> Segment:
    name, size, deletes = row["segment_id"].replace("-", ""), row["max_doc"], row["deletes"]
    deleted, file = 0, ""
    if deletes is not None:
        deleted, file = deletes["num_deleted_docs"], f"{name}.{deletes['opstamp']}.del"
        if not isinstance(deletes["opstamp"], int):
            raise ValueError(f"{deletes['opstamp']!r} is no number")
    if not _NAME.fullmatch(name):  # it names files, and might name others than an index has
        raise ValueError(f"{name!r} is no segment")
    if not (isinstance(size, int) and isinstance(deleted, int) and 0 <= deleted <= size):
        raise ValueError(f"{deleted} of {size} deleted")
    return Segment(name, size, deleted, file, row)


def is_as_written(data: bytes, *, indented: bool) -> bool:
    """Whether JSON is, byte for byte, as Tantivy writes it.

    :raises ValueError: if it is no JSON.
    """
    option = orjson.OPT_INDENT_2 if indented else 0
    return orjson.dumps(orjson.loads(data), option=option | orjson.OPT_APPEND_NEWLINE) == data


def table(meta: bytes) -> dict[str, Any]:
    """What ``meta.json`` says that is the same for all indexes of one schema: its fields, its settings."""
    return {key: value for key, value in orjson.loads(meta).items() if key not in ("segments", "opstamp")}


def own_table() -> dict[str, Any]:
    """The :func:`table` of the indexes that this version makes.

    :raises WriteFailed: if there is no place or no room for a temporary one.
    """
    with temporary_folder() as folder, in_temporary_files():
        create(folder)
        return table(read_meta(folder))


def create(folder: Path) -> None:
    """Makes an empty index in a folder. The size of its blocks can only be said where Tantivy keeps it.

    :raises OSError: if it cannot be written. :raises ValueError: if there is one.
    """
    tantivy.Index(build_schema(), str(folder))
    with (folder / META).open("r+b") as file:
        made = orjson.loads(file.read())
        made["index_settings"]["docstore_blocksize"] = BLOCK
        file.seek(0)
        file.write(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        file.truncate()
        os.fsync(file.fileno())


def read_meta(folder: Path) -> bytes:
    """The last commit, as Tantivy wrote it."""
    return (folder / META).read_bytes()
