"""The schema in OpenSearch's terms: its mapping, its documents.

A text goes to the cluster as the terms that searchkit's own analysis made of it, parted by blanks, and the
cluster only parts them again. So terms are the same on every engine and in every version of it, in all
languages; no analyzer of the cluster has to agree with ours letter by letter.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import orjson
from msgspec.structs import asdict

from searchkit.analysis import analyzer, compose
from searchkit.engines.base import Settings
from searchkit.engines.opensearch.address import Address
from searchkit.schema import BY_NAME, FIELDS, Document, Field, Kind, Value, forms_field

GAP: Final = 256
"""Positions between two parts of a text, so that no phrase crosses them."""
GAP_WORD: Final = "¶"
"""The term before each part; no analyzer gives it. It counts in a text's length, as it does
on the embedded engine, and tells that an article has the field."""
LONGEST: Final = 255
"""Bytes of a term of a TEXT field: where OpenSearch parts words by blanks, it cuts longer ones."""
LONGEST_VALUE: Final = 8_191
"""Characters of a word form or filter value that is indexed: Lucene takes 32,766 bytes."""
WINDOW: Final = 50_000
"""Hits of one answer: what a request may ask for, and whole ties beyond it."""
TERMS: Final = 1_000_000
"""Terms of one :class:`~searchkit.plan.OneOf`."""
PATTERN: Final = 100_000
"""Characters of a regular expression, by which a facet's values are chosen."""


def index_body(settings: Settings, address: Address) -> dict[str, Any]:
    """What makes an index: as many shards as the address says, BM25 as Tantivy has it, the fields.

    New articles become visible by commits only, not from time to time.
    """
    copies: dict[str, Any] = {"auto_expand_replicas": "0-1"}
    if address.replicas is not None:
        copies = {"number_of_replicas": address.replicas}
    return {
        "settings": {
            "number_of_shards": address.shards,
            **copies,
            "refresh_interval": "-1",
            "max_result_window": WINDOW,
            "max_terms_count": TERMS,
            "max_regex_length": PATTERN,
            "similarity": {"press": {"type": "LegacyBM25", "k1": 1.2, "b": 0.75}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"searchkit": asdict(settings)},
            "_source": {"includes": ["article"]},
            "properties": {name: kind for field in FIELDS for name, kind in _mapped(field).items()},
        },
    }


def listing(name: str) -> str:
    """The field in which the terms of a FORMS field, or of an unstemmed TEXT field, are counted."""
    return name if BY_NAME[name].kind is Kind.FORMS else f"{name}_forms"


def written(name: str) -> str:
    """The field that holds the values of a KEYWORD field as they were written."""
    return f"{name}_written"


def term_of(term: str) -> str:
    """A term of a TEXT field as the cluster knows it: one that is too long by its digest."""
    if len(term) <= LONGEST // 4 or len(data := term.encode()) <= LONGEST:
        return term
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def encode(document: Document, language: str) -> bytes:
    """A document as JSON: texts analysed, their forms and filter values beside them."""
    row: dict[str, object] = {}
    for name, value in document.items():
        field = BY_NAME[name]
        match field.kind:
            case Kind.TEXT:
                row |= _text(field, _listed(value), language)
            case Kind.KEYWORD:
                values = [compose(each) for each in _listed(value)]
                row[written(name)] = values
                row[name] = ["".join(analyzer("keyword", language).word(each)) for each in values]
            case Kind.CARD:
                continue
            case _:
                row[name] = value
    return orjson.dumps(row)


def _text(field: Field, values: list[str], language: str) -> dict[str, object]:
    analyse = analyzer(field.analyzer, language)
    parts = [" ".join((GAP_WORD, *map(term_of, analyse.terms(value)))) for value in values]
    folded = analyzer("folded", language)
    forms = {form for value in values for form in folded.terms(value)}
    return {field.name: parts, f"{field.name}_forms": list(forms)}


def _mapped(field: Field) -> dict[str, dict[str, Any]]:
    keyword = {"type": "keyword", "ignore_above": LONGEST_VALUE}
    scored = {"similarity": "press", "norms": True}
    match field.kind:
        case Kind.TEXT:
            text = {"type": "text", "analyzer": "whitespace", "position_increment_gap": GAP} | scored
            return {field.name: text} | (
                {listing(field.name): keyword} if forms_field(field.name) == field.name else {}
            )
        case Kind.FORMS:
            return {field.name: keyword}
        case Kind.KEYWORD:
            return {
                field.name: keyword | scored | {"doc_values": False},
                written(field.name): keyword | {"index": False},
            }
        case Kind.KEY:
            return {field.name: {"type": "keyword"}}
        case Kind.NUMBER:
            return {field.name: {"type": "long"}}
        case Kind.CARD:
            return {}
        case Kind.STORED:
            return {field.name: {"type": "keyword", "index": False, "doc_values": False}}


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
