"""Bytes of any origin → one buffered stream of UTF-8 without compression, in bounded memory.

Each step is a generator of chunks; :class:`_Pipe` makes a stream of it that can be peeked into, whether or
not the source can seek.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Protocol

from searchkit.readers.reading import is_utf8

CHUNK: Final = 256 * 1024
"""Bytes read at once, and what a peek sees of a source."""

_BOM_16_32: Final = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_PACKED: Final[dict[bytes, Callable[[io.BufferedReader], gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]]] = {
    rb"\x1f\x8b": gzip.open,
    rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)": bz2.open,
    rb"\xfd7zXZ\x00": lzma.open,
}


class Unreadable(Exception):
    """Nothing from this point of the stream on can be read. ``raw`` is what begins here, if known."""

    def __init__(self, reason: str, raw: bytes = b"") -> None:
        super().__init__(reason)
        self.raw = raw


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def text_stream(source: _Readable, encoding: str) -> io.BufferedReader:
    """The text of ``source`` as UTF-8, without compression and byte order mark.

    Compression (gzip, bzip2, xz) is known by the first bytes. Reading raises :class:`Unreadable` where the
    source, its compression or its encoding fails, after everything before that place was given.
    """
    stream = _buffered(_unpacked(_buffered(_chunks(source))))
    if not is_utf8(encoding):
        stream = _buffered(_recoded(stream, encoding))
    head = peek(stream)
    for mark, name in _BOM_16_32.items():
        if head.startswith(mark):
            raise Unreadable(
                f"not UTF-8: the byte order mark says {name.upper()}; use --encoding {name}, or iconv"
            )
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    return stream


def peek(stream: io.BufferedReader) -> bytes:
    """The first bytes of a stream of :func:`text_stream`, up to :data:`CHUNK`, left where they are."""
    return stream.peek(CHUNK)


def explain_bytes(data: bytes, encoding: str) -> str:
    """Why ``data`` (from a :func:`text_stream`) is no UTF-8 and what to do; empty if it is UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if not is_utf8(encoding):
            return f"not {encoding}: byte {_escaped(data, error.start):#04x} means nothing there"
        fault = f"not UTF-8: byte {data[error.start]:#04x} at offset {error.start}"
        guess = "UTF-16" if data.count(0) > len(data) // 4 else "Windows-1252"
        return f"{fault}; if it is {guess}, use --encoding {guess.lower()}, or convert with iconv"
    return ""


class _Pipe(io.RawIOBase):
    """Chunks as a raw stream.

    It fills the whole buffer that it is given, so that a peek sees as much; a failure is told only after
    all that was read before it, and then every time.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = memoryview(b"")
        self._failure = ""

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview, /) -> int:  # type: ignore[override]
        filled = 0
        while filled < len(target) and self._more():
            part = self._rest[: len(target) - filled]
            target[filled : filled + len(part)] = part
            self._rest = self._rest[len(part) :]
            filled += len(part)
        if not filled and self._failure:
            raise Unreadable(self._failure)
        return filled

    def _more(self) -> bool:
        if not self._rest and not self._failure:
            try:
                self._rest = memoryview(next(self._chunks, b""))
            except EOFError:
                self._failure = "cut off: the compressed data ends too early"
            except (Unreadable, OSError, lzma.LZMAError, zlib.error, UnicodeError) as error:
                self._failure = str(error)
        return bool(self._rest)


def _buffered(chunks: Iterator[bytes]) -> io.BufferedReader:
    return io.BufferedReader(_Pipe(chunks), CHUNK)


def _chunks(source: _Readable) -> Iterator[bytes]:
    return iter(partial(source.read, CHUNK), b"")


def _unpacked(stream: io.BufferedReader) -> Iterator[bytes]:
    head = peek(stream)
    unpack = next((unpack for mark, unpack in _PACKED.items() if re.match(mark, head)), None)
    if unpack is None:
        yield from _chunks(stream)
        return
    with unpack(stream) as packed:
        # read1: what was unpacked before a failure is given before it.
        yield from iter(partial(packed.read1, CHUNK), b"")


def _recoded(stream: io.BufferedReader, encoding: str) -> Iterator[bytes]:
    """``stream`` in UTF-8. Bytes without a meaning become half surrogate pairs, which no reader accepts."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    for chunk in _chunks(stream):
        if text := decoder.decode(chunk):
            yield text.encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def _escaped(data: bytes, start: int) -> int:
    """The byte that :func:`_recoded` made a half surrogate pair of."""
    return ord(data[start : start + 3].decode("utf-8", "surrogatepass")) & 0xFF
