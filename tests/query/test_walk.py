from __future__ import annotations

from searchkit.query import (
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
    Word,
    children,
    map_children,
    parse,
    walk,
)

TEXT = '+a (b OR "c d") -(e AND f*) published:2017'


def test_every_kind_of_node_is_walked_in_the_order_of_the_text() -> None:
    kinds = [type(node) for node in walk(parse(TEXT, strict=True).query)]
    assert kinds == [Row, Required, Word, Or, Word, Phrase, Not, And, Word, Prefix, Dated]


def test_leaves_have_no_children() -> None:
    leaves: list[Query] = [Everything(), Word("a"), Phrase("a b"), Prefix("a"), Dated("2017", "published")]
    assert [children(leaf) for leaf in leaves] == [()] * len(leaves)
    assert [map_children(leaf, lambda _: Everything()) for leaf in leaves] == leaves


def test_map_children_rebuilds_every_kind_of_node() -> None:
    def shout(query: Query) -> Query:
        return Word(query.text.upper()) if isinstance(query, Word) else map_children(query, shout)

    assert shout(parse(TEXT, strict=True).query) == parse('+A (B OR "c d") -(E AND f*) published:2017').query


def test_map_children_keeps_spans() -> None:
    query = parse("a (b -c)", strict=True).query
    copy = map_children(query, lambda child: child)
    assert [node.span for node in walk(copy)] == [node.span for node in walk(query)]


def test_walk_needs_no_stack() -> None:
    query: Query = Word("a")
    for _ in range(10_000):
        query = Not(query)
    assert sum(1 for _ in walk(query)) == 10_001
