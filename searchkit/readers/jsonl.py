"""JSON lines: one object a line (https://jsonlines.org). A bad line spoils only itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

from searchkit import limits
from searchkit.readers.reading import Reading
from searchkit.readers.record import Record, parse_json


def records(stream: io.BufferedReader, reading: Reading) -> Iterator[Record]:
    """A record a line, numbered by lines; blank lines count and are passed over."""
    for number, line in enumerate(iter(partial(stream.readline, limits.RECORD), b""), start=1):
        if len(line) == limits.RECORD and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Record(number, f"a line of more than {limits.RECORD} bytes", line)
        elif not line.isspace():
            yield Record(number, parse_json(line, reading.encoding), line)


def _skip_line(stream: io.BufferedReader) -> None:
    while (part := stream.readline(limits.RECORD)) and not part.endswith(b"\n"):
        pass
