"""Ways to damage a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

Damage: TypeAlias = Callable[[bytes], bytes | None]


def flip(data: bytes, place: int) -> bytes:
    """One bit changed."""
    changed = bytearray(data)
    changed[place] ^= 4
    return bytes(changed)


DAMAGES: Final[dict[str, Damage]] = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "garbage behind": lambda data: data + b"garbage",
    "a byte short": lambda data: data[:-1],
    "half": lambda data: data[: len(data) // 2],
    "a bit of the start": lambda data: flip(data, 0),
    "a bit of the middle": lambda data: flip(data, len(data) // 2),
    "a bit of the footer": lambda data: flip(data, -20),
    "zeros": lambda data: bytes(len(data)),
}
"""Nine ways; what is left of the bytes of a file, or None where it goes."""
