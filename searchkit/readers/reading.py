"""What goes into reading and, beside articles, comes out of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from searchkit.errors import InvalidRequest
from searchkit.readers import names
from searchkit.readers.published import date_from_path, path_pattern

FORMATS: Final = ("page", "jsonl", "json", "csv", "tsv")


class BadRecord(Struct, frozen=True):
    """A record that is no article: a value, so that one bad line never stops a million good ones.

    ``source`` is the file's name as shown to the reader (``-``: standard input), ``position`` the line on
    which the record starts (JSON lines, CSV) or its number (JSON; 1 for a page), ``reason`` one line, and
    ``record`` the record as it stood there, cut to 64 Ki characters.
    """

    source: str
    position: int
    reason: str
    record: str = ""


class Reading(Struct, frozen=True, kw_only=True):
    """How to read: what the source does not say.

    ``format`` is one of :data:`FORMATS`, or empty: by name, then by content. ``mapping`` gives the name in
    the record for a field of the article. ``published`` and ``publication`` fill in where the record has
    none; so does ``date_from_path``, a ``strptime`` pattern, before ``published``.

    :raises InvalidRequest: for a format, encoding, field or pattern that is not known.
    """

    format: str = ""
    encoding: str = "utf-8"
    mapping: Mapping[str, str] = field(default_factory=dict)
    published: date | datetime | None = None
    publication: str = ""
    date_from_path: str = ""

    def __post_init__(self) -> None:
        if self.format and self.format not in FORMATS:
            raise InvalidRequest(f"no format {self.format!r}", hint=f"formats: {', '.join(FORMATS)}")
        if unknown := [name for name in self.mapping if name not in names.ALIASES]:
            raise InvalidRequest(
                f"an article has no field {unknown[0]!r}", hint=f"fields: {', '.join(names.ALIASES)}"
            )
        if self.date_from_path:
            path_pattern(self.date_from_path)
        _check_encoding(self.encoding)

    def at(self, path: str) -> Reading:
        """The same for the file at ``path``, whose date may stand in its path."""
        day = date_from_path(path, self.date_from_path) if self.date_from_path else None
        return replace(self, published=day) if day else self

    def has(self, fields: Set[str], record_names: Iterable[str]) -> bool:
        """Whether any of a record's names stands for one of ``fields``."""
        mapped = {names.fold(name) for known, name in self.mapping.items() if known in fields}
        return any(names.find(n)[0] in fields or names.fold(n) in mapped for n in record_names)


def is_utf8(encoding: str) -> bool:
    """Whether ``encoding`` is one of Python's names for UTF-8, with or without a mark at the beginning."""
    return codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}


def _check_encoding(encoding: str) -> None:
    try:
        codecs.getincrementaldecoder(encoding)
        # Python looks at the name only when there are bytes: four zeros are text in every encoding.
        bytes(4).decode(encoding, "surrogateescape")
    except (LookupError, ValueError):
        hint = "for example utf-8, windows-1252, utf-16"
        raise InvalidRequest(f"no encoding {encoding!r}", hint=hint) from None
