"""Canonical trees, printed and read again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    map_children,
    parse,
    print_query,
    walk,
)
from searchkit.query.lexer import has_word


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a   b", "a b"),
        ("((a) OR (b))", "a OR b"),
        ("(a OR b) AND c", "(a OR b) AND c"),
        ("a AND (b AND c)", "a AND (b AND c)"),
        ("(a AND b) OR c", "a AND b OR c"),
        ("(a b) OR c", "a b OR c"),
        ("a AND -b", "a AND NOT b"),
        ("a NOT b", "a -b"),
        ("-(a OR b)", "NOT (a OR b)"),
        ("+(a b) c", "+(a b) c"),
        ("“a b” «c d»", '"a b" "c d"'),
        (r'"say \"no\""', r'"say \"no\""'),
        ("title:a", "headline:a"),
        ("title:(a OR b)", "headline:(a OR b)"),
        ("title:a OR headline:b", "headline:(a OR b)"),
        ("title:a OR c", "headline:a OR c"),
        ("title:(a OR -by:c)", "headline:a OR NOT byline:c"),
        ('date:"2017"', "published:2017"),
        ('date:"last  week"', 'published:"last  week"'),
        ("date:(2016 OR 2017)", "published:(2016 OR 2017)"),
        (r"F\*ck", r"F\*ck"),
        (r"\-5", r"\-5"),
        (r"\AND", r"\AND"),
        (r"\w/5", r"\w/5"),
        (r"headline\:a", r"headline\:a"),
        ("AC\\DC", "AC\\DC"),
        ("http://x.y/z?a=b", "http://x.y/z?a=b"),
        ("who won?", "who won?"),
        ("", "*"),
    ],
)
def test_printed(text: str, printed: str) -> None:
    assert print_query(parse(text, strict=True).query) == printed


def test_a_group_in_a_field_is_printed_once_with_its_field() -> None:
    words = "headline:(" + " ".join(["drought"] * 900) + ")"
    assert print_query(parse(words, strict=True).query) == words


_SIGNS = "abz9é北'’-+*?~^:\\/\"“»()&|!.,<>=[]{}_@#\0"
_TEXT = st.text(st.sampled_from(_SIGNS), min_size=1, max_size=6) | st.text(
    st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=8
)
_ODD = st.sampled_from(
    (
        r"AND OR NOT w/5 NOT- pre/3 &&a headline:x zzz:x http://x* a~1 x^2 *a* wom?n won? -a +a --a C++ a* "
        r'\a a\ \\ a"b 12:30 \AND a(b'
    ).split()
)
_WORDS = (_TEXT | _ODD).map(lambda text: "".join(text.split())).filter(has_word)
_PHRASES = st.lists(_WORDS | st.sampled_from(["—", "\\", '"']), min_size=1, max_size=3).map(" ".join)
_FIELDS = st.sampled_from([None, None, "headline", "byline", "text", "extra.story-id_2", "extra.Ort"])
_DATES = st.dates().map(str) | st.sampled_from(
    [
        ">=2017",
        "<2017-12-11",
        "2016..2017",
        "2017..",
        "..2017",
        "2017-12-11T10:30Z",
        "last week",
        "30d",
        "1 May 1890",
    ]
)
_LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Word, _WORDS, _FIELDS),
    st.builds(Prefix, _WORDS, _FIELDS),
    st.builds(Phrase, _PHRASES.map(str.strip).filter(has_word), _FIELDS),
    st.builds(Dated, _DATES, st.just("published")),
    st.just(Everything()),
)


def _negated(query: Query) -> Query:
    return query.child if isinstance(query, Not) else Not(query)


def _required(query: Query) -> Query:
    return query if isinstance(query, Not) else Required(query)


def _row(items: list[Query]) -> Query:
    """A row as the parser builds it: ``*`` only beside required and excluded items."""
    free = [item for item in items if not isinstance(item, Required | Not)]
    kept = [item for item in items if len(free) == 1 or not isinstance(item, Everything)]
    return Row(tuple(kept)) if len(kept) > 1 else _alone(kept[0] if kept else Everything())


def _alone(query: Query) -> Query:
    return query.child if isinstance(query, Required) else query


def _grown(below: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(below, min_size=2, max_size=4)
    items = st.lists(below | below.map(_negated) | below.map(_required), min_size=2, max_size=4)
    return st.one_of(
        several.map(tuple).map(And), several.map(tuple).map(Or), items.map(_row), below.map(_negated)
    )


QUERIES = st.recursive(_LEAVES, _grown, max_leaves=12)


@settings(deadline=None, max_examples=600)
@given(QUERIES)
def test_what_is_printed_is_read_as_the_same_tree(query: Query) -> None:
    assert parse(print_query(query), strict=True).query == query


@settings(deadline=None, max_examples=300)
@given(QUERIES)
def test_printing_is_canonical(query: Query) -> None:
    text = print_query(query)
    parsed = parse(f"  ({text}) ")
    assert parsed.query == query
    assert parsed.warnings == ()
    assert print_query(parsed.query) == text


@settings(deadline=None, max_examples=300)
@given(QUERIES, st.sampled_from(["headline", "byline"]))
def test_a_field_reaches_every_leaf_that_has_none(query: Query, field: str) -> None:
    def pushed(query: Query) -> Query:
        if isinstance(query, Word | Phrase | Prefix) and query.field is None:
            return replace(query, field=field)
        return map_children(query, pushed)

    parsed = parse(f"{field}:({print_query(query)})")
    assert parsed.query == pushed(query)
    alone = any(isinstance(node, Everything) for node in walk(query))
    assert bool(parsed.warnings) == alone
