"""BLAKE2b (RFC 7693): whether a record has changed, whether an index has the fields of this version."""

from __future__ import annotations

from typing import Final

try:  # what hashlib gives: but that is slow to import, as OpenSSL comes with it
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_BYTES: Final = 8


def digest(data: bytes) -> int:
    """64 bits as a signed integer."""
    return int.from_bytes(blake2b(data, digest_size=_BYTES).digest(), "big", signed=True)


def hexadecimal(data: bytes) -> str:
    """The same 64 bits as 16 hexadecimal digits."""
    return blake2b(data, digest_size=_BYTES).hexdigest()
