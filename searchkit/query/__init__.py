"""What the reader said: query text ↔ tree."""

from searchkit.query.ast import (
    And,
    Dated,
    Everything,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Span,
    Word,
)
from searchkit.query.parser import Parsed, parse
from searchkit.query.printer import print_query
from searchkit.query.walk import children, map_children, walk

__all__ = [
    "And",
    "Dated",
    "Everything",
    "Not",
    "Or",
    "Parsed",
    "Phrase",
    "Prefix",
    "Query",
    "Required",
    "Row",
    "Span",
    "Word",
    "children",
    "map_children",
    "parse",
    "print_query",
    "walk",
]
