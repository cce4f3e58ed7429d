"""What was done since the last commit, kept apart, so that it can be done again without what spoiled it."""

from __future__ import annotations

import marshal
import struct
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Final

from msgspec import Struct

IN_MEMORY: Final = 32 * 1024 * 1024
"""Bytes, about 10,000 articles; more than that goes to a temporary file."""

_LENGTH: Final = struct.Struct("<Q")


class Step(Struct, frozen=True):
    """An article put in, as JSON, or taken out, where ``article`` is empty.

    ``number`` counts the articles put in since the last commit, from 0 on; ``replaces`` says that there may
    be one of the same id, which goes.
    """

    identifier: str
    article: str = ""
    number: int = -1
    replaces: bool = True


class Journal:
    """The steps since the last commit, in their order."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # to the end of the writer

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return not self._file.tell()

    def append(self, step: Step) -> None:
        """Adds a step. :raises OSError: if there is no room for it."""
        data = marshal.dumps((step.identifier, step.article, step.number, step.replaces))
        self._file.write(_LENGTH.pack(len(data)) + data)

    def steps(self) -> Iterator[Step]:
        """All steps so far."""
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
            yield Step(*marshal.loads(self._file.read(length)))
        self._file.seek(end)

    def clear(self) -> None:
        """Forgets them."""
        self._file.seek(0)
        self._file.truncate()

    def close(self) -> None:
        """Frees the room that they take."""
        self._file.close()
