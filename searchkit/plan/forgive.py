"""What no reader can have meant: stop words among others, and exclusions of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from msgspec.structs import replace

from searchkit.analysis import is_stop_word, words
from searchkit.query import Not, Query, Row, Word, map_children


def is_bare(query: Query) -> TypeGuard[Word]:
    """Whether a query is a word without a field."""
    return isinstance(query, Word) and query.field is None


def is_stop(query: Query, language: str) -> bool:
    """Whether a query is a bare stop word."""
    if not is_bare(query):
        return False
    found = words(query.text)
    return len(found) == 1 and is_stop_word(found[0], language)


def content(items: Sequence[Query], language: str) -> list[Query]:
    """The items of a row without its stop words, or all where nothing else is left.

    In capitals among words that are not, such a word is a name: WHO, IT.
    """
    if not any(is_stop(item, language) for item in items):
        return list(items)
    shouted = all(_in_capitals(item) for item in items if isinstance(item, Word))
    kept: list[Query] = [
        item for item in items if not is_stop(item, language) or (not shouted and _in_capitals(item))
    ]
    return kept or list(items)


def _in_capitals(item: Query) -> bool:
    return isinstance(item, Word) and len(item.text) > 1 and item.text.isupper()


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
                warnings.append(f"{item.child.text!r} is too common to leave out (ignored)")
        return replace(node, items=kept) if len(kept) > 1 else next(iter(kept), node)

    return mended(query), tuple(warnings)
