"""Going through a query tree: the one place that knows which nodes have children."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from searchkit.query.ast import (
    And,
    AtLeast,
    Boosted,
    First,
    Near,
    Not,
    NotNear,
    Or,
    Query,
    Required,
    Row,
    Word,
)


def children(query: Query) -> tuple[Query, ...]:
    """The nodes directly below, in the order of the text."""
    match query:
        case Word():  # what most nodes are
            return ()
        case Row(items):
            return items
        case Required(child) | Not(child) | Boosted(child):
            return (child,)
        case AtLeast(_, child) | First(_, child):
            return (child,)
        case Near(left, right) | NotNear(left, right):
            return (left, right)
        case And(below) | Or(below):
            return below
        case _:
            return ()


def walk(query: Query) -> Iterator[Query]:
    """The query and every node below it, in the order of the text, parents first."""
    ahead = [query]
    while ahead:
        node = ahead.pop()
        yield node
        if type(node) is not Word:  # what most nodes are
            ahead.extend(reversed(children(node)))


def map_children(query: Query, f: Callable[[Query], Query]) -> Query:
    """The query with ``f`` applied to each node directly below; a leaf comes back as it is."""
    match query:
        case Required(child) | Not(child) | Boosted(child):
            return replace(query, child=f(child))
        case AtLeast(_, child) | First(_, child):
            return replace(query, child=f(child))
        case Near(left, right) | NotNear(left, right):
            return replace(query, left=f(left), right=f(right))
        case Row(items):
            return replace(query, items=tuple(map(f, items)))
        case And(below) | Or(below):
            return replace(query, children=tuple(map(f, below)))
        case _:
            return query
