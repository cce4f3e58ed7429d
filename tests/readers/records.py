"""What the tests of reading share: sources in memory, and what came of them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from typing import Any

from searchkit.article import Article
from searchkit.readers import BadRecord, Reading, read

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
LINES = b"".join(b'{"id": %d, "title": "T%d", "text": "\xc3\xa9"}\n' % (n, n) for n in range(5))


class Pipe(io.RawIOBase):
    """A stream that cannot seek and gives a few bytes at a time, as a terminal may."""

    def __init__(self, data: bytes, size: int = 7) -> None:
        super().__init__()
        self._data = io.BytesIO(data)
        self._size = size

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any, /) -> int:
        part = self._data.read(min(self._size, len(target)))
        target[: len(part)] = part
        return len(part)


def outcome(data: bytes, name: str = "x.jsonl", **options: Any) -> list[Article | BadRecord]:
    return list(read(io.BytesIO(data), name=name, reading=Reading(**options)))


def ids(found: list[Article | BadRecord]) -> list[str]:
    return [item.id for item in found if isinstance(item, Article)]


def bad(found: list[Article | BadRecord]) -> list[tuple[int, str]]:
    return [(item.position, item.reason) for item in found if isinstance(item, BadRecord)]
