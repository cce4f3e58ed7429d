"""Cards in a file beside the engine's: what a list of hits shows is read without the articles.

Tantivy keeps articles in compressed blocks, and a headline takes the unpacking of one. A card lies open, and
a number in the column of its article, its place, says where it begins and what its checksum is. The file
only grows, so that every commit's cards stay where they are; those of articles that are gone are left behind
until the index is made anew. It is never the only place of anything: what is not there, or not whole, or
another's, is known from the article.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from zlib import crc32

from searchkit.card import Card, from_json

FILE: Final = "cards"
"""Its name in the folder of the index."""
_START_BITS: Final = 36
"""Of a place, the lower ones say where the card begins; above them are as many of its CRC-32 as there is
room for."""
_START: Final = (1 << _START_BITS) - 1
_CHECKSUM: Final = (1 << 63 - _START_BITS) - 1
_SIZE: Final = 2
"""Bytes before each card that say how long it is."""
_LONGEST: Final = (1 << 8 * _SIZE) - 1
_GATHERED: Final = 1 << 20
"""Bytes that are written at once."""


class CardWriter:
    """Appends cards. One at a time: the lock of the index is taken."""

    def __init__(self, path: Path) -> None:
        self._path = path / FILE
        self._gathered = bytearray()
        self._end = -1

    def append(self, card: str) -> int | None:
        """The place of a card, written by the next :meth:`sync`; None where it has no room: it is too long,
        or the file is.

        :raises OSError: if there is no room for it.
        """
        data = card.encode()
        if self._end < 0:
            self._end = self._path.stat().st_size if self._path.exists() else 0
        if len(data) > _LONGEST or self._end > _START:
            return None
        place = (crc32(data) & _CHECKSUM) << _START_BITS | self._end
        self._gathered += len(data).to_bytes(_SIZE, "big") + data
        self._end += _SIZE + len(data)
        if len(self._gathered) >= _GATHERED:
            self._write(lasting=False)
        return place

    def sync(self) -> None:
        """Makes all that was appended last: to be done before the commit that names it.

        :raises OSError: if there is no room for it.
        """
        if self._end >= 0:
            self._write(lasting=True)

    def forget(self) -> None:
        """Drops what was gathered. What was written is left behind."""
        self._gathered.clear()
        self._end = -1

    def _write(self, *, lasting: bool) -> None:
        with self._path.open("ab") as file:
            file.write(self._gathered)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        self._gathered.clear()


class Cards:
    """The cards that were there when the file was opened."""

    def __init__(self, path: Path) -> None:
        self._data: mmap.mmap | bytes = b""
        try:
            with (path / FILE).open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # none, one that may not be read, or an empty one
            return

    def read(self, places: Iterable[int | None]) -> list[Card | None]:
        """The cards at these places; None where no card is, or not the one that was put there."""
        return [None if place is None else self._card(place) for place in places]

    def _card(self, place: int) -> Card | None:
        start = place & _START
        begin = start + _SIZE
        data = self._data[begin : begin + int.from_bytes(self._data[start:begin], "big")]
        return from_json(data) if data and crc32(data) & _CHECKSUM == place >> _START_BITS else None
