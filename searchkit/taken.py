"""What is known of the files that an index has taken in, and the note that keeps it."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from msgspec import Struct
from msgspec.structs import asdict, astuple


class Taken(Struct, frozen=True):
    """A file that is in the index: the name its records go by, what it looked like, what it held.

    Unless it is ``whole``, it is to be read again: a run was interrupted in it, or it has bad records.

    :raises TypeError: if a value has the wrong type.
    """

    name: str
    size: int
    mtime_ns: int
    reading: str
    articles: int
    whole: bool

    def __post_init__(self) -> None:
        if [type(value) for value in astuple(self)] != [str, int, int, str, int, bool]:
            raise TypeError(f"not what is known of a file: {self}")

    @property
    def state(self) -> tuple[int, int, str]:
        """What tells that the file, or the way to read it, has changed: size, time of change, options."""
        return self.size, self.mtime_ns, self.reading


def dumps(known: Mapping[str, Taken]) -> bytes:
    """The note: what is known of files, by path."""
    return orjson.dumps({path: asdict(taken) for path, taken in known.items()})


def loads(note: bytes | None) -> dict[str, Taken]:
    """What the note says. One that is lost or broken knows nothing: the files are read again."""
    try:
        return {path: Taken(**known) for path, known in orjson.loads(note or b"{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}
