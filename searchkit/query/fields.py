"""``field:`` before an item: its words are searched there, its dates and numbers read."""

from __future__ import annotations

from msgspec.structs import replace

from searchkit.query.ast import (
    AtLeast,
    Everything,
    Exists,
    First,
    Fuzzy,
    Near,
    NotNear,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from searchkit.query.faults import Faults, quoted
from searchkit.query.names import DATES
from searchkit.query.tokens import NAME
from searchkit.query.values import TextLeaf, compared, dated, is_comparison, written
from searchkit.query.walk import map_children, walk
from searchkit.regex import regex
from searchkit.schema import COMPARABLE, SEARCHABLE, TEXTS, find, suggest

_NAME = regex(NAME)


def within(field: str, query: Query, faults: Faults) -> Query:
    """The query with its field pushed down to the leaves; a field further inside holds.

    :raises QueryError: in strict mode, for what is no date, number or field where one must be.
    """
    match query:
        case Near() | NotNear() | AtLeast() | First():
            return _words_within(field, query, faults)
        case (
            Word(field=None)
            | Phrase(field=None)
            | Prefix(field=None)
            | Wildcard(field=None)
            | Fuzzy(field=None)
        ):
            return _leaf(field, query, faults)
        case Everything(span) if find(field):
            return Exists(field, span)
        case Everything(span):
            faults.add(span, f"'*' behind {field}:", hint="headline:* finds what has a headline")
            return query
        case _:
            return map_children(query, lambda child: within(field, child, faults))


def holds_text(field: str | None) -> bool:
    """Whether there are words in a row in that field; None is the text of the article."""
    return field is None or field in TEXTS


def _words_within(field: str, query: Query, faults: Faults) -> Query:
    """Words near each other, counted, or among the first: only where there is text."""
    free = [node for node in walk(query) if isinstance(node, TextLeaf) and node.field is None]
    numbers = [leaf for leaf in free if field in COMPARABLE and is_comparison(leaf)]
    if holds_text(field) and not numbers:
        return _pushed(field, query)
    message = f"words are not counted or near each other in the field {field}"
    hint = f"write it apart from the field: (dam w/5 flood) AND {field}:…"
    faults.add(numbers[0].span if numbers else query.span, message, "searched in the text", hint=hint)
    return query


def _pushed(field: str, query: Query) -> Query:
    if isinstance(query, TextLeaf) and query.field is None:
        return replace(query, field=field)
    return map_children(query, lambda child: _pushed(field, child))


def _leaf(field: str, leaf: TextLeaf, faults: Faults) -> Query:
    match field:
        case _ if field in DATES:
            return dated(field, leaf, faults)
        case "exists":
            return _existing(leaf, faults)
        case "words":
            return compared(field, leaf, faults)
        case "page" if is_comparison(leaf):
            return compared(field, leaf, faults)
        case _:
            return replace(leaf, field=field)


def _existing(leaf: TextLeaf, faults: Faults) -> Query:
    name = written(leaf, faults)
    field = find(name) if _NAME.fullmatch(name) else None
    if field:
        return Exists(field, leaf.span)
    near = suggest(name)
    message = f"unknown field {quoted(name)}" + (f": did you mean {near}?" if near else "")
    faults.add(leaf.span, message, "read as a plain word", hint=f"fields: {', '.join(SEARCHABLE)}")
    return leaf
