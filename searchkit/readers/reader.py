"""Sources → articles: opens, recognises the format, and makes of each record an article or a bad record."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from searchkit import limits
from searchkit.article import Article
from searchkit.errors import InvalidArticle
from searchkit.hashing import hexadecimal
from searchkit.readers import json_documents, jsonl, page, tables
from searchkit.readers.fields import build, identity_of
from searchkit.readers.reading import BadRecord, Reading
from searchkit.readers.record import Record
from searchkit.readers.sources import format_of, opened, shown
from searchkit.readers.streams import Unreadable, peek, text_stream

_RECORDS: Final[dict[str, Callable[[io.BufferedReader, Reading], Iterator[Record]]]] = {
    "page": page.records,
    "json": json_documents.records,
    "jsonl": jsonl.records,
    "csv": tables.csv_records,
    "tsv": tables.tsv_records,
}
_DEFAULT: Final = Reading()


def read(source: Path | BinaryIO, *, name: str, reading: Reading = _DEFAULT) -> Iterator[Article | BadRecord]:
    """The articles of a file or stream, and its bad records, in the order in which they stand.

    Memory is bounded by the longest record, whatever the size of the source. ``name`` is the source's name
    as shown to the reader (``-``: standard input). Every article has an ``id``: that of the record, else its
    URL, else ``name`` (a page) or ``name#position``, for standard input 16 digits of the article's digest.

    :raises SourceError: at the first item, if the source cannot be opened or is of no known format.
    """
    name = shown(name)
    with opened(source, name) as file:
        path = source.as_posix() if isinstance(source, Path) else name
        yield from _read(file, path, name, reading.at(path))


def _read(file: BinaryIO, path: str, name: str, reading: Reading) -> Iterator[Article | BadRecord]:
    number = position = 0
    try:
        stream = text_stream(file, reading.encoding)
        format_ = reading.format or format_of(path, peek(stream))
        for record in _RECORDS[format_](stream, reading):
            position = record.position
            yield _outcome(record, name, reading, name if format_ == "page" else f"{name}#{position}")
            number += 1
    except Unreadable as error:
        before = f"the rest cannot be read (records before: {number})"
        yield BadRecord(name, position + 1, _one_line(f"{error}; {before}"), _kept(error.raw))


def _outcome(record: Record, name: str, reading: Reading, identity: str) -> Article | BadRecord:
    """The article that a record is, or why it is none. ``identity`` is for one without id and URL."""
    if isinstance(record.value, str):
        reason = record.value
    else:
        try:
            article = build(record.value, reading, "" if name == "-" else _short(identity))
            return article if article.id else article.with_id(identity_of(article))
        except InvalidArticle as error:
            reason = f"{error.message}; {error.hint}" if error.hint else error.message
    return BadRecord(name, record.position, _one_line(reason), _kept(record.raw))


def _short(identity: str) -> str:
    return identity if len(identity) <= limits.ID else hexadecimal(identity.encode())


def _one_line(reason: str) -> str:
    return " ".join(reason.split())


def _kept(raw: bytes | str) -> str:
    """A bad record as text that can be printed: cut, and with a mark for each byte that is no UTF-8."""
    head = raw[: 4 * limits.KEPT]
    data = head.encode("utf-8", "surrogateescape") if isinstance(head, str) else head
    return data.decode("utf-8", "replace")[: limits.KEPT].rstrip("\r\n")
