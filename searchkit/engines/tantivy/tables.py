"""The schema in Tantivy's terms: its fields, its tokenizers, its documents."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import orjson
import tantivy

from searchkit.analysis import chain, compose, normalise
from searchkit.schema import FIELDS, Document, Kind, Value, forms_field

GAP_WORD: Final = "¶"
"""No analyzer gives this term: no reader can search for it."""

GAP: Final = orjson.Fragment(r'{"text":"","tokens":[[0,0,0,"\u00b6",256]]}')
"""A pre-tokenised value before each part of a text, 256 positions from the part before: no phrase crosses it.
The token's offsets, position, text and length stand in a list: Tantivy reads it in half the time of an object
with their names. The word is escaped, so that a document in ASCII is handed over as it is: of any other,
Python has to make a copy in UTF-8."""

META: Final = "meta.json"
"""Tantivy's list of its segments, with the settings of the index."""

BLOCK: Final = 4_096
"""Bytes of articles that are compressed together, and unpacked where one of them is read. Of Tantivy's own
16,384, ten hits take nearly twice the time; the articles need an eighth less room."""


def build_schema() -> tantivy.Schema:
    """The table of :mod:`searchkit.schema`, column by column."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        match field.kind:
            case Kind.TEXT:
                builder.add_text_field(field.name, tokenizer_name=field.analyzer, index_option="position")
            case Kind.FORMS:
                builder.add_text_field(field.name, tokenizer_name=field.analyzer, index_option="basic")
            case Kind.KEYWORD:
                builder.add_text_field(field.name, fast=True, tokenizer_name="keyword", index_option="basic")
            case Kind.KEY:
                builder.add_text_field(field.name, fast=True, tokenizer_name="raw", index_option="basic")
            case Kind.NUMBER:
                builder.add_integer_field(field.name, indexed=True, fast=True)
            case Kind.CARD:
                builder.add_integer_field(field.name, indexed=False, fast=True)
            case Kind.STORED:
                builder.add_text_field(
                    field.name, stored=True, tokenizer_name="nothing", index_option="basic"
                )
    return builder.build()


def create(folder: Path) -> None:
    """Makes an empty index in a folder. The size of its blocks can only be said where Tantivy keeps it.

    :raises OSError: if it cannot be written. :raises ValueError: if there is one.
    """
    tantivy.Index(build_schema(), str(folder))
    with (folder / META).open("r+b") as file:
        made = orjson.loads(file.read())
        made["index_settings"]["docstore_blocksize"] = BLOCK
        file.seek(0)
        file.write(orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        file.truncate()
        os.fsync(file.fileno())


def register(index: tantivy.Index, language: str) -> None:
    """Gives the index its tokenizers, which Tantivy does not keep: to be done after every opening."""
    for name in ("stemmed", "folded", "keyword"):
        index.register_tokenizer(name, chain(name, language))
    index.register_fast_field_tokenizer("keyword", _whole().build())
    index.register_tokenizer("nothing", _whole().filter(tantivy.Filter.remove_long(1)).build())


def _whole() -> tantivy.TextAnalyzerBuilder:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())


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
