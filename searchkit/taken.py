"""What is known of the files that an index has taken in, and the note that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, json


class Taken(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A file that is in the index: the name its records go by, what it looked like, what it held.

    Unless it is ``whole``, it is to be read again: a run was interrupted in it, or it has bad records.
    """

    name: str
    size: int
    mtime_ns: int
    reading: str
    articles: int
    whole: bool

    @property
    def state(self) -> tuple[int, int, str]:
        """What tells that the file, or the way to read it, has changed: size, time of change, options."""
        return self.size, self.mtime_ns, self.reading


def dumps(known: Mapping[str, Taken]) -> bytes:
    """The note: what is known of files, by path."""
    return json.encode(known)


def loads(note: bytes | None) -> dict[str, Taken]:
    """What the note says. One that is lost or broken knows nothing: the files are read again."""
    try:
        return _DECODER.decode(note or b"{}")
    except ValueError:
        return {}


_DECODER: Final = json.Decoder(dict[str, Taken])
