"""The footer of Tantivy's files, by which damage is found (``src/directory/footer.rs``).

A file ends in a JSON object with the version that wrote it and the CRC32 of all that stands before, the
length of that object, and a magic number, both as little-endian 32-bit integers.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, Final

import orjson
from msgspec import Struct

_TAIL: Final = struct.Struct("<II")
_MAGIC: Final = 1337
_LONGEST: Final = 50_000
_CHUNK: Final = 1 << 20


class Footer(Struct, frozen=True):
    """What a file says of itself: who wrote it, the checksum of its body, and how long that is in bytes."""

    version: bytes
    crc: int
    length: int


def read_footer(file: Path) -> Footer:
    """The footer of a file.

    :raises FileNotFoundError: if there is no file. :raises ValueError: if it has no footer; says why.
    """
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        if size == 0:
            raise ValueError("is empty")
        footer = _footer(stream, size)
        if footer is None:
            raise ValueError("is cut short or overwritten: it does not end as it should")
        return footer


def has_its_checksum(file: Path, footer: Footer) -> bool:
    """Whether a file's body is what was written. Reads it all: about 0.3 to 1 GB a second."""
    crc, left = 0, footer.length
    with file.open("rb") as stream:
        while left and (chunk := stream.read(min(_CHUNK, left))):
            crc = zlib.crc32(chunk, crc)
            left -= len(chunk)
    return crc == footer.crc


def articles_in(file: Path, footer: Footer) -> int:
    """The number of articles in the segment of a ``.fieldnorm`` file: a byte of each for every field.

    After these bytes stands a table, which begins with the number of fields, and the length of the table
    (``src/directory/composite_file.rs``).
    """
    with file.open("rb") as stream:
        stream.seek(footer.length - 4)
        end = footer.length - 4 - int.from_bytes(stream.read(4), "little")
        stream.seek(max(end, 0))
        return end // max(stream.read(1)[0] & 0x7F, 1)


def _footer(stream: BinaryIO, size: int) -> Footer | None:
    start = size - _TAIL.size
    stream.seek(max(start, 0))
    tail = stream.read()
    if len(tail) != _TAIL.size:
        return None
    length, magic = _TAIL.unpack(tail)
    if magic != _MAGIC or not 0 < length <= min(_LONGEST, start):
        return None
    stream.seek(start - length)
    return _parsed(stream.read(length), start - length)


def _parsed(data: bytes, length: int) -> Footer | None:
    """The footer in ``data``, if it is written exactly as Tantivy does."""
    try:
        known = orjson.loads(data)
        footer = Footer(orjson.dumps(known["version"]), known["crc"], length)
    except (ValueError, TypeError, KeyError):
        return None
    return footer if orjson.dumps(known) == data and known.keys() == {"version", "crc"} else None
