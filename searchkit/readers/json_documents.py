"""JSON documents: an object, a list of objects, or a list within an object; also JSON lines in disguise."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from searchkit.readers import jsonl, names
from searchkit.readers.json_values import STRING, values
from searchkit.readers.reading import Reading
from searchkit.readers.record import Record, parse_json
from searchkit.readers.streams import peek
from searchkit.regex import regex

_WRAPPERS: Final = frozenset(
    ("articles", "results", "docs", "documents", "items", "data", "hits", "records", "response")
)
"""Names under which services keep the articles of an answer, or the object that keeps them."""

_SHARED: Final = frozenset(("publication", "language"))
"""What is said beside a list of articles and is true of each."""

_TOKEN = regex(rb"(?P<name>" + STRING + rb")\s*:|" + STRING + rb"|[{}\[\]\"]", re.DOTALL)
_LIST_OF_OBJECTS = regex(rb"\[\s*[{\]]")


def records(stream: io.BufferedReader, reading: Reading) -> Iterator[Record]:
    """The records of a ``.json`` file, by number; of JSON lines, by lines."""
    head = peek(stream)
    found = jsonl.records(stream, reading) if _is_lines(head) else _from_values(stream, head, reading)
    for record in found:
        yield record._replace(value=_source(record.value))


def _from_values(stream: io.BufferedReader, head: bytes, reading: Reading) -> Iterator[Record]:
    start, depth = _list_start(head, reading)
    shared = _shared(parse_json(head[:start] + b"]" + depth * b"}"))
    stream.read(start)
    number = 0
    for raw in values(stream, in_list=start > 0, alone=depth == 0):
        for record in _unwrapped(Record(0, parse_json(raw, reading.encoding), raw), reading):
            number += 1
            yield Record(number, _with(shared, record.value), record.raw)


def _is_lines(head: bytes) -> bool:
    """Whether there are several lines of which the first, or any two, are objects of their own."""
    lines = [line for line in head.split(b"\n", 20)[:20] if line.strip()]
    whole = [isinstance(parse_json(line), Mapping) for line in lines]
    return len(lines) > 1 and (whole[0] or sum(whole) > 1)


def _list_start(head: bytes, reading: Reading) -> tuple[int, int]:
    """Where the list of records begins, behind its bracket, and in how many objects; 0 if in no list."""
    if head.lstrip().startswith(b"["):
        return head.index(b"[") + 1, 0
    path: list[str] = []
    name = ""
    for token in _TOKEN.finditer(head):
        if token["name"]:
            name = token["name"][1:-1].decode(errors="replace").lower()
            if len(path) == 1 and reading.has({"body"}, [name]):
                break  # the object is an article itself
        elif _LIST_OF_OBJECTS.match(head, token.start()) and _WRAPPERS.issuperset((*path[1:], name)):
            return token.end(), len(path)
        if token[0] == b'"':
            break  # a text that goes on: whatever looks for its end again would look at all of it again
        if token[0] in b"{[":
            path.append(name)
            name = ""
        elif token[0] in b"}]":
            path = path[:-1]
    return 0, 0


def _unwrapped(record: Record, reading: Reading) -> Iterator[Record]:
    """The record itself, or those in its first list of articles if it is none."""
    value = _source(record.value)
    if isinstance(value, str) or _is_article(value, reading) or not (inner := _first_list(value, reading)):
        yield record
    else:
        shared = _shared(value)
        for each in inner:
            yield Record(0, _with(shared, each), _dumped(each))


def _source(value: Any) -> Mapping[str, Any] | str:
    """The record within a hit of Elasticsearch, which keeps it under ``_source`` and its ``_id`` outside."""
    if not isinstance(value, Mapping):
        return value if isinstance(value, str) else "expected an object"
    source = value.get("_source")
    return {**value, "_source": None, **source} if isinstance(source, Mapping) else value


def _first_list(value: Mapping[str, Any], reading: Reading, depth: int = 3) -> list[Any]:
    for inner in value.values() if depth else ():
        if isinstance(inner, list) and any(isinstance(e, Mapping) and _is_article(e, reading) for e in inner):
            return inner
        if isinstance(inner, Mapping) and (found := _first_list(inner, reading, depth - 1)):
            return found
    return []


def _is_article(value: Mapping[str, Any], reading: Reading) -> bool:
    return "_source" in value or reading.has({"headline", "body"}, value)


def _shared(outside: Mapping[str, Any] | str) -> dict[str, str]:
    """What an object around a list of articles says of them all, by field."""
    said = {} if isinstance(outside, str) else outside
    return {f: v for name, v in said.items() if isinstance(v, str) and (f := names.find(name)[0]) in _SHARED}


def _with(shared: Mapping[str, str], value: Any) -> Any:
    if not shared or not isinstance(value, Mapping):
        return value
    own = {names.find(name)[0] for name, part in value.items() if part}
    return {**value, **{field: text for field, text in shared.items() if field not in own}}


def _dumped(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # orjson reads deeper nesting than it writes
        return b""
