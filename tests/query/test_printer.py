"""Canonical trees, printed and read again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchkit.query import (
    And,
    AtLeast,
    Boosted,
    Compare,
    Dated,
    Everything,
    Exists,
    First,
    Fuzzy,
    Near,
    Not,
    NotNear,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Wildcard,
    Word,
    map_children,
    parse,
    print_query,
)
from searchkit.query.words import has_word


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a   b", "a b"),
        ("((a) OR (b))", "a OR b"),
        ("(a OR b) AND c", "(a OR b) AND c"),
        ("a AND (b AND c)", "a AND (b AND c)"),
        ("a AND b OR c", "(a AND b) OR c"),
        ("a b OR c", "(a b) OR c"),
        ("a b AND c", "(a b) AND c"),
        ("a AND NOT b OR c -d", "(a AND NOT b) OR (c -d)"),
        ("title:a AND title:b OR c", "headline:(a AND b) OR c"),
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
        ("a NEAR/5 (b)", "a w/5 b"),
        ("a onear/5 b", "a pre/5 b"),
        ("a W/S b w/p c", "(a w/s b) w/p c"),
        ("(a near/3 b) w/3 c", "a w/3 b w/3 c"),
        ("a w/3 b pre/3 c", "(a w/3 b) pre/3 c"),
        ("a w/3 b AND c", "(a w/3 b) AND c"),
        ("a w/3 (b w/3 c)", "a w/3 (b w/3 c)"),
        ("a w/3 b c", "(a w/3 b) c"),
        ("a (b OR c) NOT w/2 d", "a ((b OR c) NOT w/2 d)"),
        ("-(a w/3 b)", "NOT (a w/3 b)"),
        ("c -(a w/3 b)", "c -(a w/3 b)"),
        ("title:(a w/3 b)", "headline:(a w/3 b)"),
        ("TITLE(a)", "headline:a"),
        ("atleast3 a", "atleast3(a)"),
        ("headline:atleast3(a)", "atleast3(headline:a)"),
        ("a/F50/", "first/50(a)"),
        ("putin~", "putin~1"),
        ("a**b?", "a*b"),
        ('"a b"~0', '"a b"'),
        ('"a b*"~03^2.50', '"a b*"~3^2.5'),
        (r'"a b\*"', r'"a b\*"'),
        ("-a^2", "NOT a^2"),
        ("(NOT a)^2", "(NOT a)^2"),
        ("(a^2)^3", "(a^2)^3"),
        ("(http://x)^2", "(http://x)^2"),
        ("headline:(a OR b)^2", "headline:(a OR b)^2"),
        (r"x\^2 x\~1 x\/F5/", r"x\^2 x\~1 x\/F5\/"),
        (r"\atleast3", r"\atleast3"),
        ("exists:by AND headline:*", "exists:byline AND exists:headline"),
        ("length:>1,200", "words:>=1201"),
        ("words:(5 OR ..2)", "words:(5..5 OR <=2)"),
        ("since:2017", "published:2017.."),
        ('until:"last week"', 'published:"..last week"'),
        ('"oil* g?s"~2', '"oil* g?s"~2'),
        ('title:"oil** g?s"', 'headline:"oil* g?s"'),
        (r'"oil\* price"', r'"oil\* price"'),
        (r'"F\*ck \"it\""', r'"F\*ck \"it\""'),
        ('"who won? me"', '"who won? me"'),
        ("atleast2(first/50(a))", "atleast2(first/50(a))"),
        (r"oil \w5 gas", r"oil \w5 gas"),
        (r"oil w/ \5 gas", r"oil \w/ 5 gas"),
        (r"oil AND \not gas", r"oil AND (not gas)"),
        (r"oil \not w/5 gas", r"oil (not w/5 gas)"),
        (r"(oil \or gas) AND price", r"(oil \or gas) AND price"),
        (r"\hd=oil", r"\hd=oil"),
        (r"\withdr!", r"\withdr!"),
        ("help! me", "help! me"),
        ("oil near 5 gas", "oil near 5 gas"),
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
        r'\a a\ \\ a"b 12:30 \AND a(b '
        "w/ 5 w5 near5 pre5 adj5 /5 /5n/ n/5 w/five w/sent w/seg w/3.5 w/5gas near 5 within words NEAR ADJ SAME same "
        "not and or NOTw/5 withdr! Yahoo! wom!n hd= hd=x wc>5 words>5 length > date after 2017 from to since=2 "
        "TI ti: atl5 oil^x oil~x oil/F50 site:x w/ (5)"
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
_NOISE = st.text(st.sampled_from("-+'’~^/:&.\\"), max_size=2)


def _wildcard(start: str, parts: list[str], end: str) -> str:
    return start + "xy".join(parts) + end


_GAPPED = st.builds(
    _wildcard,
    _NOISE,
    st.lists(st.sampled_from(["*", "?", "?*"]), min_size=2, max_size=2),
    st.sampled_from(["a", "é9", "-", "/F5/", "^2", ""]),
).filter(lambda text: not re.match(r"[a-z]+://|www\\.", text) and text[-1] not in "?.,;:!")
_GAPPED_PHRASES = st.permutations(["won?", "oil", "el*", "wom?n", "*gate", "a-b*", "(x"]).map(
    lambda words: " ".join(words[:6])
)
_TEXT_FIELDS = _FIELDS.filter(lambda field: not (field or "").startswith("extra"))
_SLOPS = st.sampled_from([0, 0, 1, 3, 255])


def _operand_leaves(fields: st.SearchStrategy[str | None]) -> st.SearchStrategy[Query]:
    phrases = _PHRASES.map(str.strip).filter(has_word)
    opened = phrases.filter(lambda text: has_word(text.split()[-1]) and text[-1] != "*")
    return st.one_of(
        st.builds(Word, _WORDS, fields),
        st.builds(Prefix, _WORDS, fields),
        st.builds(Phrase, phrases, fields, _SLOPS),
        st.builds(Phrase, opened, fields, _SLOPS, st.just(True)),
        st.builds(Phrase, _GAPPED_PHRASES, fields, _SLOPS, st.just(False), st.just(True)),
        st.builds(Wildcard, _GAPPED, fields),
        st.builds(Fuzzy, _WORDS, st.sampled_from([1, 2]), fields),
    )


_DISTANCES: st.SearchStrategy[int | str] = st.integers(1, 255) | st.sampled_from(["s", "p"])


def _operands(field: str | None) -> st.SearchStrategy[Query]:
    """What stands beside ``w/5``, in one field."""
    return st.recursive(
        _operand_leaves(st.just(field)),
        lambda below: st.one_of(
            st.lists(below, min_size=2, max_size=3).map(tuple).map(Or),
            st.builds(Near, below, below, _DISTANCES, st.booleans()),
        ),
        max_leaves=4,
    )


def _close(field: str | None) -> st.SearchStrategy[Query]:
    operands = _operands(field)
    return st.one_of(
        st.builds(Near, operands, operands, _DISTANCES, st.booleans()),
        st.builds(NotNear, operands, operands, _DISTANCES),
        st.builds(AtLeast, st.integers(1, 255), operands | st.builds(First, st.integers(1, 99), operands)),
        st.builds(First, st.integers(1, 10_000), operands),
    )


_NUMBERS = st.sampled_from([(0, 0), (1, 5), (None, 7), (1201, None), (0, 999_999_999)])
_LEAVES: st.SearchStrategy[Query] = st.one_of(
    _operand_leaves(_FIELDS),
    _TEXT_FIELDS.flatmap(_close),
    st.builds(Dated, _DATES, st.just("published")),
    st.builds(Exists, st.sampled_from(["byline", "words", "published", "extra.Story-id_2"])),
    st.builds(lambda field, ends: Compare(field, *ends), st.sampled_from(["words", "page"]), _NUMBERS),
    st.just(Everything()),
)
_FACTORS = st.integers(1, 100_000).map(lambda thousandths: thousandths / 1000)


def _negated(query: Query) -> Query:
    return query.child if isinstance(query, Not) else Not(query)


def _boosted(query: Query, factor: float) -> Query:
    return query if isinstance(query, Everything) else Boosted(query, factor)


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
        several.map(tuple).map(And),
        several.map(tuple).map(Or),
        items.map(_row),
        below.map(_negated),
        st.builds(_boosted, below, _FACTORS),
    )


QUERIES = st.recursive(_LEAVES, _grown, max_leaves=12)


@settings(deadline=None, max_examples=400)
@given(QUERIES)
def test_what_is_printed_is_read_as_the_same_tree(query: Query) -> None:
    assert parse(print_query(query), strict=True).query == query


@settings(deadline=None, max_examples=150)
@given(QUERIES)
def test_printing_is_canonical(query: Query) -> None:
    text = print_query(query)
    parsed = parse(f"  ({text}) ", strict=True)
    assert parsed.query == query
    assert print_query(parsed.query) == text


@settings(deadline=None, max_examples=150)
@given(QUERIES, st.sampled_from(["headline", "byline"]))
def test_a_field_reaches_every_leaf_that_has_none(query: Query, field: str) -> None:
    def pushed(query: Query) -> Query:
        if isinstance(query, Word | Phrase | Prefix | Wildcard | Fuzzy) and query.field is None:
            return replace(query, field=field)
        if isinstance(query, Everything):
            return Exists(field)
        return map_children(query, pushed)

    assert parse(f"{field}:({print_query(query)})", strict=True).query == pushed(query)
