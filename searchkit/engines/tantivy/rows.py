"""Documents in Tantivy's terms: JSON, with texts normalised and their parts kept apart."""

from __future__ import annotations

from typing import Final

import orjson

from searchkit.analysis import compose, normalise
from searchkit.schema import FIELDS, Document, Kind, Value, forms_field

GAP: Final = orjson.Fragment(r'{"text":"","tokens":[[0,0,0,"\u00b6",256]]}')
"""A pre-tokenised value before each part of a text, 256 positions from the part before: no phrase crosses it.
The token's offsets, position, text and length stand in a list: Tantivy reads it in half the time of an object
with their names. The word is escaped, so that a document in ASCII is handed over as it is: of any other,
Python has to make a copy in UTF-8."""


def encode(document: Document, card: int | None = None) -> str:
    """A document as ``add_json`` takes it: texts normalised, parts kept apart, forms beside their field.

    ``card`` is the place of its card, if it has one.
    """
    row: dict[str, object] = {}
    for name, value in document.items():
        if name in _TEXTS:
            values = [normalise(each) for each in _listed(value)]
            row[name] = [each for text in values for each in (GAP, text)]
            if (forms := _TEXTS[name]) != name:
                row[forms] = values
        elif name in _KEYWORDS:
            row[name] = [compose(each) for each in _listed(value)]
        elif name != "card":
            row[name] = value
    if card is not None:
        row["card"] = card
    return orjson.dumps(row).decode()


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


_TEXTS: Final = {field.name: forms_field(field.name) for field in FIELDS if field.kind is Kind.TEXT}
"""The TEXT fields, each with the field of its forms."""
_KEYWORDS: Final = frozenset(field.name for field in FIELDS if field.kind is Kind.KEYWORD)
