"""What was done since the last commit, kept apart, so that it can be done again without what spoiled it."""

from __future__ import annotations

import marshal
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from sys import getsizeof
from tempfile import SpooledTemporaryFile
from typing import Final

from msgspec import Struct
from msgspec.structs import astuple

IN_MEMORY: Final = 32 * 1024 * 1024
"""Bytes, about 10,000 articles; whenever there are more, they go to a file."""

_LENGTH: Final = struct.Struct("<Q")


class Step(Struct, frozen=True, gc=False):
    """An article put in, as JSON, or taken out, where ``article`` is empty.

    ``number`` counts the articles put in since the last commit, from 0 on; ``replaces`` says that there may
    be one of the same id, which goes.
    """

    identifier: str
    article: str = ""
    number: int = -1
    replaces: bool = True


class Journal:
    """The steps since the last commit, in their order.

    Its file lies in ``folder``, the index's: there must be room for the articles there, not elsewhere too. It
    has no name, so that it goes with the process, whatever ends it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begin()

    def _begin(self) -> None:
        self._file = SpooledTemporaryFile(max_size=1, dir=str(self._folder))  # noqa: SIM115  # made by a write
        self._latest: list[Step] = []
        self._size = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return not self._latest and not self._file.tell()

    def append(self, step: Step) -> None:
        """Adds a step. :raises OSError: if there is no room for it."""
        self._latest.append(step)
        self._size += getsizeof(step.article)
        if self._size > IN_MEMORY:
            self._write()

    def steps(self) -> Iterator[Step]:
        """All steps so far."""
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
            yield Step(*marshal.loads(self._file.read(length)))
        yield from self._latest

    def clear(self) -> None:
        """Forgets them."""
        self.close()
        self._begin()

    def close(self) -> None:
        """Frees the room that they take."""
        self._latest.clear()
        with suppress(OSError):  # of what there was no room for: nobody wants it any more
            self._file.close()

    def _write(self) -> None:
        for step in self._latest:
            data = marshal.dumps(astuple(step))
            self._file.write(_LENGTH.pack(len(data)) + data)
        self._file.flush()
        self._latest.clear()
        self._size = 0
