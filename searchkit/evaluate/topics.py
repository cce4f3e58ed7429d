"""Queries to evaluate with: JSON lines, TSV or TREC topics, known by how the file begins."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

import orjson

from searchkit.errors import SourceError
from searchkit.evaluate.lines import fault, numbered, read_text
from searchkit.regex import regex

Topics: TypeAlias = dict[str, str]
"""Queries by their ids, in the order of the file."""

_IDS: Final = ("id", "_id", "qid", "query_id")
_TEXTS: Final = ("text", "query", "title")

_TOPIC = regex(r"<top>(.*?)(?=<top>|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBER = regex(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
_TITLE = regex(r"<title>\s*(?:Topic:)?([^<]*)", re.IGNORECASE)


def read_topics(path: Path) -> Topics:
    """The queries of a file, each with an id and a text.

    JSON lines have ``id`` and ``text`` (or ``query``, ``title``); TSV has both in two columns, with or
    without a header. Of TREC topics, ``<top> <num> … <title> …``, the titles are the queries.

    :raises SourceError: if the file cannot be read, or a line of it, or if two queries have one id.
    """
    text = read_text(path)
    topics: Topics = {}
    for number, identifier, query in _rows(path, text):
        if not identifier.strip() or not query.strip():
            raise fault(path, number, f"a query without {'text' if identifier.strip() else 'an id'}")
        if identifier in topics:
            raise fault(path, number, f"a second query has the id {identifier!r}", "ids are unique")
        topics[identifier] = query
    if not topics:
        raise SourceError(f"{path}: no queries", hint="expected JSON lines, TSV or TREC topics")
    return topics


def read_queries(path: Path) -> list[str]:
    """The texts alone, from files as :func:`read_topics` takes them; JSON lines need no ids here.

    :raises SourceError: if the file cannot be read, or a line of it.
    """
    text = read_text(path)
    rows = _json_rows(path, text, ids=False) if text.lstrip()[:1] == "{" else _rows(path, text)
    queries = [query for _, _, query in rows]
    if not queries:
        raise SourceError(f"{path}: no queries", hint="expected JSON lines, TSV or TREC topics")
    return queries


def _rows(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    match text.lstrip()[:1]:
        case "{":
            return _json_rows(path, text)
        case "<":
            return _trec_rows(path, text)
        case _:
            return _tsv_rows(path, text)


def _json_rows(path: Path, text: str, *, ids: bool = True) -> Iterator[tuple[int, str, str]]:
    for number, line in numbered(text):
        try:
            row = orjson.loads(line)
        except ValueError as error:
            raise fault(path, number, f"not JSON: {error}") from None
        if not isinstance(row, dict):
            raise fault(path, number, "not a JSON object", 'expected {"id": "1", "text": "ferry inquiry"}')
        identifier, query = _first(row, _IDS), _first(row, _TEXTS)
        if isinstance(identifier, int) or not ids:
            identifier = str(identifier)
        if not isinstance(identifier, str) or not isinstance(query, str):
            raise fault(path, number, "no id or no text", 'expected {"id": "1", "text": "ferry inquiry"}')
        yield number, identifier, query


def _first(row: dict[str, object], names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if name in row), None)


def _tsv_rows(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    for at, (number, line) in enumerate(numbered(text)):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 2:
            raise fault(path, number, f"{len(cells)} columns", "expected an id, a tab and the query")
        if at or cells[0].casefold() not in _IDS or cells[1].casefold() not in _TEXTS:
            yield number, cells[0], cells[1]


def _trec_rows(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    """SGML without end tags, as the topics of TREC-1 to TREC-8 have it, or with them."""
    for topic in _TOPIC.finditer(text):
        number = text.count("\n", 0, topic.start()) + 1
        identifier, title = _NUMBER.search(topic[1]), _TITLE.search(topic[1])
        if not identifier or not title:
            raise fault(path, number, "a topic without <num> or <title>")
        yield number, identifier[1], " ".join(html.unescape(title[1]).split())
