"""The schema in Tantivy's terms: its fields and its tokenizers."""

from __future__ import annotations

from typing import Final

import tantivy

from searchkit.analysis import chain
from searchkit.schema import FIELDS, Kind

GAP_WORD: Final = "¶"
"""No analyzer gives this term: no reader can search for it."""


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


def register(index: tantivy.Index, language: str) -> None:
    """Gives the index its tokenizers, which Tantivy does not keep: to be done after every opening."""
    for name in ("stemmed", "folded", "keyword"):
        index.register_tokenizer(name, chain(name, language))
    index.register_fast_field_tokenizer("keyword", _whole().build())
    index.register_tokenizer("nothing", _whole().filter(tantivy.Filter.remove_long(1)).build())


def _whole() -> tantivy.TextAnalyzerBuilder:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
