"""CSV and TSV with a header row (RFC 4180, as the csv module reads it)."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from threading import Lock
from typing import Final

from searchkit import limits
from searchkit.readers.reading import Reading
from searchkit.readers.record import Record
from searchkit.readers.streams import Unreadable, explain_bytes, peek
from searchkit.regex import regex

_QUOTED = regex(r'"[^"]*"')
_FIELD_LIMIT: Final = Lock()
_LINE: Final = 100
"""Characters that take as long to read again as a line to begin."""


def csv_records(stream: io.BufferedReader, reading: Reading) -> Iterator[Record]:
    """The rows of a file whose header shows how its columns are parted: by ``,``, ``;``, ``|`` or a tab."""
    lines = peek(stream).decode(errors="replace").lstrip().splitlines()
    counts = Counter(_QUOTED.sub("", lines[0]) if lines else "")
    return _records(stream, reading, max(",;\t|", key=lambda mark: counts[mark]))


def tsv_records(stream: io.BufferedReader, reading: Reading) -> Iterator[Record]:
    """The rows of a file whose columns are parted by tabs."""
    return _records(stream, reading, "\t")


def _records(stream: io.BufferedReader, reading: Reading, delimiter: str) -> Iterator[Record]:
    """A record a row, numbered by the line on which it starts; empty rows are passed over."""
    lines = _Lines(stream, delimiter)
    rows = csv.reader(lines, delimiter=delimiter)
    header: list[str] = []
    while (row := _next_row(rows, lines)) is not None:
        if isinstance(row, list) and not any(map(str.strip, row)):
            continue
        first, raw = lines.first, "".join(lines.taken)
        fault = row if isinstance(row, str) else _fault(raw, lines, reading)
        if not header:
            header = [name.strip() or f"column {n}" for n, name in enumerate(row, start=1)]
            if fault := fault or _header_fault(header, reading):
                yield Record(first, f"{fault}; the file was not read", raw)
                return
        elif fault or len(row) != len(header):
            yield Record(first, fault or f"{len(row)} fields, but the header names {len(header)}", raw)
        else:
            yield Record(first, dict(zip(header, row, strict=True)), raw)


def _fault(raw: str, lines: _Lines, reading: Reading) -> str:
    """What is wrong with a row before its fields are looked at; then the lines after its first are free."""
    if lines.ended:
        lines.give_back()
        return "a quotation mark is never closed"
    return "" if raw.isascii() else explain_bytes(raw.encode("utf-8", "surrogateescape"), reading.encoding)


def _next_row(rows: Iterator[list[str]], lines: _Lines) -> list[str] | str | None:
    """The next row, the reason why it cannot be read, or None at the end.

    The csv module keeps one limit on the length of a field for the whole program: it is ours only here.
    """
    lines.start()
    with _FIELD_LIMIT:
        limit = csv.field_size_limit(limits.RECORD)
        try:
            return next(rows, None)
        except csv.Error as error:
            return f"not CSV: {error}"
        finally:
            csv.field_size_limit(limit)


def _header_fault(header: list[str], reading: Reading) -> str:
    if twice := [name for name, count in Counter(header).items() if count > 1]:
        return f"the header names {twice[0]!r} twice"
    if reading.has({"headline", "body"}, header):
        return ""
    columns = ", ".join(header)[:200]
    return f"no column is known as headline or body among {columns}; use --map headline=COLUMN"


class _Lines:
    """The lines of a stream, for the csv module: remembers those that made the row at hand."""

    def __init__(self, stream: io.BufferedReader, delimiter: str) -> None:
        # Any of the three line ends, also within quotes; bytes that are not UTF-8 spoil their row alone.
        self._text = io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline="")
        self._again: deque[str] = deque()
        self._number = 0
        self._size = 0
        self._reread = 0
        self._delimiter = delimiter
        self.taken: list[str] = []
        self.ended = False

    @property
    def first(self) -> int:
        """The number of the line on which the row at hand starts."""
        return self._number - len(self.taken) + 1

    def start(self) -> None:
        """A new row begins."""
        self.taken = []
        self._size = 0
        self.ended = False

    def give_back(self) -> None:
        """All lines of the row at hand but its first are to be read again.

        :raises Unreadable: if that has been too much, for such rows may be many.
        """
        self._reread += self._size + _LINE * len(self.taken)
        if self._reread > limits.REREAD:
            raise Unreadable("quotation marks are opened in row after row and never closed")
        self._again.extendleft(reversed(self.taken[1:]))
        self._number -= len(self.taken) - 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        """The next line; at the end, or where the row gets too long, ``ended`` becomes true.

        The csv module asks for a line after the first only within quotes.
        """
        line = self._again.popleft() if self._again else self._text.readline(limits.RECORD)
        self.ended = not line or self._size > limits.RECORD
        if self.ended:
            if line:
                self._again.appendleft(line)
            raise StopIteration
        if line.count(self._delimiter) > limits.VALUES:
            raise csv.Error(f"a row of more than {limits.VALUES} fields")
        self._size += len(line)
        self._number += 1
        self.taken.append(line)
        return line
