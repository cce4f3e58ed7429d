"""JSON text in chunks → the text of each value, in bounded memory.

The text is cut at the brackets and commas between values; what is within a value is not looked at, so that
one that is broken inside does not spoil the others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from searchkit import limits
from searchkit.readers.streams import CHUNK, Unreadable
from searchkit.regex import regex

STRING: Final = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
"""A regular expression for a text in quotation marks, which may hold escaped ones."""

_MARK = regex(STRING + rb'|[{}\[\],"]', re.DOTALL)
_MARKS: Final = 4
"""Brackets and commas that a value comes with, at most: of more, it is not worth to look for the end."""
_IN_QUOTES = regex(rb'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)


def values(stream: io.BufferedReader, *, in_list: bool, alone: bool) -> Iterator[bytes]:
    """The text of each value: of a list whose opening bracket is read, or one after another to the end.

    ``alone``: nothing may follow the list.
    """
    cutter = _Cutter(in_list)
    while not cutter.closed and (chunk := stream.read1(CHUNK)):
        yield from filter(None, cutter.feed(chunk))
        if len(cutter.rest) > limits.RECORD or cutter.depth > limits.DEPTH:
            what = f"{limits.RECORD} bytes or {limits.DEPTH} brackets within brackets"
            raise Unreadable(f"a record of more than {what}", cutter.rest)
        if cutter.marks > _MARKS * limits.VALUES:
            raise Unreadable(f"a record of more than {limits.VALUES} values", cutter.rest)
    if in_list and not cutter.closed:
        raise Unreadable("the list is not closed: a record is broken, or the file is cut off", cutter.rest)
    if cutter.closed and alone and (cutter.rest + stream.read(CHUNK)).strip():
        raise Unreadable("there is text after the end of the list")
    if not in_list and (last := cutter.rest.strip()):
        yield last


class _Cutter:
    """Cuts JSON that comes in chunks into its values, by brackets, commas and quotation marks alone."""

    _STEPS: Final = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}

    def __init__(self, in_list: bool) -> None:
        self.depth = 0
        self.closed = False
        self.marks = 0
        self._in_list = in_list
        self._data = b""
        self._begin = 0
        self._at = 0
        self._quoted = False

    @property
    def rest(self) -> bytes:
        """What is not cut off yet."""
        return self._data[self._begin :]

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The values that end within ``chunk``."""
        self._at -= self._begin
        self._data = self.rest + chunk
        self._begin = 0
        while not self.closed and (mark := self._next_mark()):
            step = self._STEPS.get(mark, 0)
            self.depth += step
            self.marks += 1
            if self._in_list:
                self.closed = self.depth < 0
                if self.closed or (self.depth == 0 and mark == b","):
                    yield self._cut(self._at - 1)
            elif step < 0 and self.depth <= 0:
                self.depth = 0
                yield self._cut(self._at)

    def _cut(self, end: int) -> bytes:
        value = self._data[self._begin : end]
        self._begin = self._at
        self.marks = 0
        return value.strip() if self._in_list else value.strip(b", \t\r\n")

    def _next_mark(self) -> bytes:
        """The next bracket or comma outside quotation marks; empty if it is not there yet."""
        while True:
            if self._quoted:
                text = _IN_QUOTES.match(self._data, self._at)
                self._at = text.end() if text else self._at
                if self._data[self._at : self._at + 1] != b'"':
                    return b""  # the text, or an escape in it, goes on in the next chunk
                self._quoted = False
                self._at += 1
            mark = _MARK.search(self._data, self._at)
            if mark is None:
                self._at = len(self._data)
                return b""
            self._at = mark.end()
            if len(mark[0]) == 1 and mark[0] != b'"':
                return mark[0]
            self._quoted = len(mark[0]) == 1
