from __future__ import annotations

import pytest

from searchkit.query import (
    And,
    Compare,
    Dated,
    Everything,
    Exists,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Wildcard,
    Word,
    children,
    map_children,
    parse,
    walk,
)

TEXT = '+a (b OR "c d") -(e AND f*) published:2017'
PRESS = "(a w/3 b~1 NOT w/s c)^2 atleast3(wom?n) first/50(d) exists:byline words:>5"


def test_every_kind_of_node_is_walked_in_the_order_of_the_text() -> None:
    kinds = [type(node) for node in walk(parse(TEXT, strict=True).query)]
    assert kinds == [Row, Required, Word, Or, Word, Phrase, Not, And, Word, Prefix, Dated]


def test_the_press_operators_are_walked_too() -> None:
    kinds = [type(node).__name__ for node in walk(parse(PRESS, strict=True).query)]
    expected = "Row Boosted NotNear Near Word Fuzzy Word AtLeast Wildcard First Word Exists Compare"
    assert kinds == expected.split()


def test_leaves_have_no_children() -> None:
    leaves: list[Query] = [Everything(), Word("a"), Phrase("a b"), Prefix("a"), Dated("2017", "published")]
    leaves += [Wildcard("a*b"), Fuzzy("a"), Exists("byline"), Compare("words", 1, None)]
    assert [children(leaf) for leaf in leaves] == [()] * len(leaves)
    assert [map_children(leaf, lambda _: Everything()) for leaf in leaves] == leaves


def test_map_children_rebuilds_every_kind_of_node() -> None:
    def shout(query: Query) -> Query:
        return Word(query.text.upper()) if isinstance(query, Word) else map_children(query, shout)

    loud = PRESS.replace("a w/3", "A w/3").replace("w/s c", "w/s C").replace("(d)", "(D)")
    assert shout(parse(PRESS).query) == parse(loud).query
    assert shout(parse(TEXT, strict=True).query) == parse('+A (B OR "c d") -(E AND f*) published:2017').query


@pytest.mark.parametrize("text", ["a (b -c)", PRESS])
def test_map_children_keeps_spans(text: str) -> None:
    query = parse(text, strict=True).query
    copy = map_children(query, lambda child: child)
    assert [node.span for node in walk(copy)] == [node.span for node in walk(query)]


def test_walk_needs_no_stack() -> None:
    query: Query = Word("a")
    for _ in range(10_000):
        query = Not(query)
    assert sum(1 for _ in walk(query)) == 10_001
