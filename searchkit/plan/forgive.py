"""What no reader can have meant: mended before a query is lowered, where it is not read strictly."""

from __future__ import annotations

from dataclasses import replace

from searchkit.analysis import analyzer, is_stop_word
from searchkit.query import Not, Query, Row, Word, map_children


def is_stop(query: Query, language: str) -> bool:
    """Whether a query is a bare stop word."""
    if not isinstance(query, Word) or query.field:
        return False
    terms = analyzer("folded", language).terms(query.text)
    return len(terms) == 1 and is_stop_word(terms[0], language)


def without_idle_exclusions(query: Query, language: str) -> tuple[Query, tuple[str, ...]]:
    """The query without exclusions of stop words in rows, and a warning for each.

    ``What NOT To Say`` is a headline: without the articles that have a "to", next to none are left.
    """
    warnings: list[str] = []

    def is_idle(item: Query) -> bool:
        return isinstance(item, Not) and is_stop(item.child, language)

    def mended(node: Query) -> Query:
        node = map_children(node, mended)
        if not isinstance(node, Row) or not any(map(is_idle, node.items)):
            return node
        kept = tuple(item for item in node.items if not is_idle(item))
        for item in node.items:
            if isinstance(item, Not) and is_idle(item) and isinstance(item.child, Word):
                warnings.append(f"to leave out {item.child.text!r} would leave nearly nothing (ignored)")
        return replace(node, items=kept) if len(kept) > 1 else next(iter(kept), node)

    return mended(query), tuple(warnings)
