"""A record, as every format gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import orjson

from searchkit import limits
from searchkit.readers.streams import explain_bytes

_KINDS: Final = {list: "a list", str: "text", bool: "true or false", type(None): "null"}


class Record(NamedTuple):
    """``value``: its fields, or the reason why it has none; ``raw``: the record as it stood there."""

    position: int
    value: Mapping[str, Any] | str
    raw: bytes | str


def parse_json(data: bytes, encoding: str = "utf-8") -> Mapping[str, Any] | str:
    """The object that ``data`` holds, or the reason why there is none."""
    if len(data) > limits.VALUES and data.count(b",") > limits.VALUES:
        return f"more than {limits.VALUES} values"
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return explain_bytes(data, encoding) or f"not JSON: {error.msg}, at character {error.pos + 1}"
    if isinstance(value, dict):
        return value
    return f"expected an object, got {_KINDS.get(type(value), 'a number')}"
