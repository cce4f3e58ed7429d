from __future__ import annotations

from typing import Any

import pytest

from searchkit.errors import QueryError
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
    parse,
    walk,
)
from searchkit.query.limits import CLAUSES, LENGTH, NESTING, WARNINGS

A, B, C, D = (Word(letter) for letter in "abcd")


def in_headline(text: str) -> Word:
    return Word(text, "headline")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a", A),
        ("a b", Row((A, B))),
        ("a AND b AND c", And((A, B, C))),
        ("a OR b OR c", Or((A, B, C))),
        ("a b AND c OR d", Or((And((Row((A, B)), C)), D))),
        ("d OR c AND a b", Or((D, And((C, Row((A, B))))))),
        ("a AND b OR c AND d", Or((And((A, B)), And((C, D))))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("a AND (b AND c)", And((A, And((B, C))))),
        ("(a b) c", Row((Row((A, B)), C))),
        ("(((a)))", A),
        ("a AND NOT b", And((A, Not(B)))),
        ("a NOT b", Row((A, Not(B)))),
        ("NOT a b", Row((Not(A), B))),
        ("NOT (a b)", Not(Row((A, B)))),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("NOT (NOT a)", A),
        ("NOT NOT NOT a", Not(A)),
        ("+a", A),
        ("(+a)", A),
        ("+a AND b", And((A, B))),
        ("+a b", Row((Required(A), B))),
        ("+(+a) b", Row((Required(A), B))),
        ("+NOT a b", Row((Not(A), B))),
        ("NOT +a b", Row((Not(A), B))),
        ("+(a b) -c", Row((Required(Row((A, B))), Not(C)))),
        ("", Everything()),
        (" \n\t", Everything()),
        ("*", Everything()),
        ("(*)", Everything()),
        ("* -a", Row((Everything(), Not(A)))),
        ("a AND *", And((A, Everything()))),
        ("headline:a", in_headline("a")),
        ("HEADLINE:a", in_headline("a")),
        ("title:a*", Prefix("a", "headline")),
        ('by:"a b"', Phrase("a b", "byline")),
        ("headline:(a OR b c)", Or((in_headline("a"), Row((in_headline("b"), in_headline("c")))))),
        ("headline:(a byline:b)", Row((in_headline("a"), Word("b", "byline")))),
        ("headline:(+a -b)", Row((Required(in_headline("a")), Not(in_headline("b"))))),
        ("headline:(a published:2017)", Row((in_headline("a"), Dated("2017", "published")))),
        ("-headline:a", Not(in_headline("a"))),
        ("headline:-a", Not(in_headline("a"))),
        ("published:2017-12..2018", Dated("2017-12..2018", "published")),
        ("date:>=2017", Dated(">=2017", "published")),
        ("date:2017-12-11T10:30Z", Dated("2017-12-11T10:30Z", "published")),
        ('date:"last week" a', Row((Dated("last week", "published"), A))),
        ("date:(2016 OR 2017)", Or((Dated("2016", "published"), Dated("2017", "published")))),
    ],
)
def test_trees(text: str, query: Query) -> None:
    assert parse(text, strict=True).query == query
    lenient = parse(text)
    assert lenient.query == query
    assert lenient.warnings == ()


FAULTS: list[tuple[str, str, str, Query, str]] = [
    # query, the part at fault, what is said of it, what lenient mode reads, as what
    ('a "b c', '"b c', "unclosed quote: '\"b c'", Row((A, B, C)), "what follows read as words"),
    ('a""', '""', "no word between the quotes of", A, "ignored"),
    ('a "..."', '"..."', "no word between the quotes of", A, "ignored"),
    ("(a b", "(", "'(' without ')'", Row((A, B)), "closed at the end"),
    ("-(a b", "(", "'(' without ')'", Not(Row((A, B))), "closed at the end"),
    ("a) b", ")", "')' without '('", Row((A, B)), "ignored"),
    ("a () b", "()", "nothing to search for between parentheses", Row((A, B)), "ignored"),
    ("AND a", "AND", "'AND' has nothing before it", A, "ignored"),
    ("a OR", "OR", "'OR' has nothing after it", A, "ignored"),
    ("a OR AND b", "AND", "'AND' has nothing before it", Or((A, B)), "ignored"),
    ("(a OR) b", "OR", "'OR' has nothing after it", Row((A, B)), "ignored"),
    ("a NOT", "NOT", "'NOT' has nothing after it", A, "ignored"),
    ("a -AND b", "-", "'-' has nothing after it", And((A, B)), "ignored"),
    ("--a", "--", "several signs in a row: '--'", A, "ignored"),
    (
        "headlne:a",
        "headlne",
        "unknown field 'headlne': did you mean headline?",
        Row((Word("headlne"), A)),
        "word",
    ),
    ("-headlne:a", "headlne", "unknown field 'headlne'", Not(A), "ignored"),
    (
        "a OR zzz:(b c)",
        "zzz",
        "unknown field 'zzz'",
        Or((A, Row((Word("zzz"), Row((B, C)))))),
        "a plain word",
    ),
    ("Zzz: a", "Zzz", "unknown field 'Zzz'", Row((Word("Zzz"), A)), "a plain word"),
    (
        "headline: a",
        "headline:",
        "has nothing directly after it",
        in_headline("a"),
        "is searched in headline",
    ),
    (
        "a headline:",
        "headline:",
        "'headline:' has nothing after it",
        Row((A, Word("headline"))),
        "a plain word",
    ),
    ("headline:byline:a", "headline:", "stands before another field", Word("a", "byline"), "ignored"),
    ("headline:*", "*", "'*' alone in the field headline is not supported yet", Everything(), "ignored"),
    ("date:soon", "soon", "'soon' is not a date", Word("soon"), "read as plain words"),
    ("date:2017*", "2017*", "'2017*' is not a date", Prefix("2017"), "read as plain words"),
    ("date:2018..2017", "2018..2017", "ends before it starts", Word("2018..2017"), "read as plain words"),
    ("date:11/12/2017", "11/12/2017", "cannot be told apart", Word("11/12/2017"), "read as plain words"),
    ("a *", "*", "'*' beside other words", A, "ignored"),
    ("* *", "*", "'*' beside other words", Everything(), "ignored"),
    ("wom?n", "wom?n", "the only wildcard yet is * at the end", Word("wom?n"), "read as the word 'wom?n'"),
    ("*gate", "*gate", "the only wildcard yet is * at the end", Word("gate"), "read as the word 'gate'"),
    ("putin~1", "putin~1", "fuzzy words (~) and weights (^) are not", Word("putin"), "the word 'putin'"),
    ("a^2 b", "a^2", "fuzzy words (~) and weights (^) are not", Row((A, B)), "read as the word 'a'"),
    ('"a b"~3', "~3", "a sign behind a phrase or group", Phrase("a b"), "ignored"),
    ("a w/5 b", "w/5", "words near each other are not supported yet: 'w/5'", Row((A, B)), "ignored"),
    ("a NOT w/5 b", "NOT w/5", "words near each other", Row((A, B)), "ignored"),
    ("a(b)", "a(", "a parenthesis directly behind a word: 'a('", Row((A, B)), "read apart"),
    ("???", "???", "no word to search for in '???'", Everything(), "every article is meant"),
    ("a\ud800b", "\ud800", "half a surrogate pair at character 1", Row((A, B)), "read as a space"),
]


@pytest.mark.parametrize(("text", "part", "message", "query", "reading"), FAULTS)
def test_a_fault_is_an_error_with_its_place_or_a_warning_with_the_reading(
    text: str, part: str, message: str, query: Query, reading: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, strict=True)
    assert text[slice(*caught.value.span)] == part
    assert message in caught.value.message
    assert caught.value.query == text
    parsed = parse(text)
    assert parsed.query == query
    warning = next(warning for warning in parsed.warnings if message in warning)
    assert reading in warning.removeprefix(message)


@pytest.mark.parametrize("text", ["a - b", "a + b", "- -a"])
def test_a_sign_standing_alone_is_an_error_only_in_strict_mode(text: str) -> None:
    assert parse(text).warnings == ()
    with pytest.raises(QueryError, match="a sign standing alone"):
        parse(text, strict=True)


def test_errors_carry_hints() -> None:
    with pytest.raises(QueryError) as caught:
        parse("headline(Syria)", strict=True)
    assert caught.value.hint == "put a space before the parenthesis, or write headline:(…)"
    with pytest.raises(QueryError) as caught:
        parse("zzz:Syria", strict=True)
    assert "headline, " in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        *("a", "(a b)", "-a", "NOT a", "+a b", "a b AND c", "a OR b AND -c", '"a b" OR (c d*)', "* -a"),
        *("((a OR b)) AND (c)", "NOT (a -b)", "  a  AND  b  ", "“a b” c?", r"\-5 x", "a (b OR (c d)) -(b c)"),
    ],
)
def test_the_span_of_a_node_is_its_text(text: str) -> None:
    for node in walk(parse(text, strict=True).query):
        again = parse(text[slice(*node.span)], strict=True).query
        assert again == (node.child if isinstance(node, Required) else node)
        assert text[slice(*node.span)].strip() == text[slice(*node.span)]


def test_spans_within_fields() -> None:
    text = 'a headline:(b OR "c d") -by:e date:2017'
    spans = {
        type(node).__name__ + str(node.span): text[slice(*node.span)] for node in walk(parse(text).query)
    }
    assert list(spans.values()) == [
        text,
        "a",
        'headline:(b OR "c d")',
        "b",
        '"c d"',
        "-by:e",
        "by:e",
        "date:2017",
    ]


class TestLimits:
    def test_length(self) -> None:
        text = "a" * LENGTH
        assert parse(text, strict=True).query == Word(text)
        with pytest.raises(QueryError, match=r"10,001 characters, at most 10,000") as caught:
            parse(text + "b", strict=True)
        assert caught.value.span == (LENGTH, LENGTH + 1)
        assert parse(text + "b").query == Word(text)

    def test_a_long_query_is_cut_between_words(self) -> None:
        parsed = parse("word " * 200 + "x" * LENGTH)
        assert parsed.query == Row((Word("word"),) * 200)
        assert "the rest ignored" in parsed.warnings[0]
        assert len(parsed.warnings) == 1

    def test_clauses(self) -> None:
        text = "a " * CLAUSES
        assert parse(text, strict=True).query == Row((A,) * CLAUSES)
        with pytest.raises(QueryError, match="1,001 words and phrases") as caught:
            parse(text + "b", strict=True)
        assert caught.value.span == (len(text), len(text) + 1)
        parsed = parse(text + "b")
        assert parsed.query == Row((A,) * CLAUSES)
        assert len(parsed.warnings) == 1

    def test_nesting(self) -> None:
        assert parse("(" * NESTING + "a" + ")" * NESTING, strict=True).query == A
        text = "(" * (NESTING + 1) + "a" + ")" * (NESTING + 1)
        with pytest.raises(QueryError, match="more than 100 parentheses") as caught:
            parse(text, strict=True)
        assert caught.value.span == (NESTING, NESTING + 1)
        parsed = parse(text + " b")
        assert parsed.query == Row((A, B))
        assert len(parsed.warnings) == 1

    def test_depth_of_the_tree(self) -> None:
        text = "(a OR b AND c -" * 60 + "a" + ")" * 60
        with pytest.raises(QueryError, match="operators nested more than 100 deep"):
            parse(text, strict=True)
        parsed = parse(text)
        assert any("operators nested more than 100 deep" in warning for warning in parsed.warnings)
        assert depth(parsed.query) <= NESTING + 4

    def test_warnings(self) -> None:
        unknown = "".join(chr(ord("a") + n) for n in range(26))
        parsed = parse(" ".join(f"z{letter}{letter}:x" for letter in unknown))
        assert len(parsed.warnings) == WARNINGS + 1
        assert parsed.warnings[-1] == "… and 6 more"

    def test_the_same_warning_comes_once(self) -> None:
        assert parse("a) b) c)").warnings == ("')' without '(' before it (ignored)",)


def depth(query: Query) -> int:
    return 1 + max(map(depth, children(query)), default=0)


ADVERSARIES: list[str] = [
    *("(" * 100_000, ")" * 100_000, "(" * 4_000 + "a" + ")" * 4_000, "NOT " * 100_000, "* " * 10_000),
    *("*" * 10_000, '"' * 9_999, "\\" * 9_999, "a" + "?" * 9_000, "?" * 9_000 + "a", "~" * 9_000 + "a"),
    *("a" + "~" * 9_000, "-" * 9_000 + "a", "- " * 5_000, "-a" * 5_000, "a:" * 5_000, "headline:" * 1_100),
    *("headline:(x " * 800, "(a OR b AND -" * 700, "+(a OR (b AND " * 700, '"a"~' * 2_500, "NOT w/" * 1_600),
    *("NOT" + " " * 9_000, "w/5 " * 2_500, "published:2017.. " * 580, "a(b)" * 2_400, "^1" * 5_000),
    *(
        "\0" * 10_000,
        "\ud800" * 10_000,
        "«" * 10_000,
        "a.b:" * 2_500,
        "\\*" * 5_000,
        " " * 100_000,
        "x" * 10**6,
    ),
]


@pytest.mark.parametrize("text", ADVERSARIES, ids=lambda text: f"{text[:8]!r}")
def test_no_query_is_too_much_for_lenient_mode(text: str) -> None:
    parsed = parse(text)
    assert len(parsed.warnings) <= WARNINGS + 1
    assert sum(1 for _ in walk(parsed.query)) < 5 * CLAUSES
    assert_usable(parsed.query)


def assert_usable(query: Any) -> None:
    """What programs do with a tree does not exhaust the stack."""
    assert query == query
    assert hash(query) == hash(query)
    assert repr(query)
