from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Any

import pytest

from searchkit.errors import QueryError
from searchkit.limits import (
    CHAIN,
    CLAUSES,
    GAPPED_LETTERS,
    GAPPED_WORDS,
    LENGTH,
    NESTING,
    OPEN_WORDS,
    POSITIONAL,
    WARNINGS,
)
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
    children,
    parse,
    walk,
)

A, B, C, D = (Word(letter) for letter in "abcd")


def in_headline(text: str) -> Word:
    return Word(text, "headline")


PRESS: list[tuple[str, Query]] = [
    ("a w/5 b", Near(A, B, 5)),
    ("a near/5 b", Near(A, B, 5)),
    ("a PRE/5 b", Near(A, B, 5, ordered=True)),
    ("a onear/5 b", Near(A, B, 5, ordered=True)),
    ("a w/s b", Near(A, B, "s")),
    ("a pre/p b", Near(A, B, "p", ordered=True)),
    ("a NOT w/5 b", NotNear(A, B, 5)),
    ("a NOT near/s b", NotNear(A, B, "s")),
    ("a w/3 b c", Row((Near(A, B, 3), C))),
    ("a b w/3 c", Row((A, Near(B, C, 3)))),
    ("a AND b w/3 c OR d", Or((And((A, Near(B, C, 3))), D))),
    ("a w/3 b w/4 c", Near(Near(A, B, 3), C, 4)),
    ("a w/3 (b w/4 c)", Near(A, Near(B, C, 4), 3)),
    ("a w/3 b NOT w/4 c", NotNear(Near(A, B, 3), C, 4)),
    ("(a OR b) w/3 (c OR d)", Near(Or((A, B)), Or((C, D)), 3)),
    ('a* w/3 "b c" pre/2 d~', Near(Near(Prefix("a"), Phrase("b c"), 3), Fuzzy("d"), 2, ordered=True)),
    ("(a OR b w/2 c) w/3 d", Near(Or((A, Near(B, C, 2))), D, 3)),
    ("headline:(a w/3 b)", Near(in_headline("a"), in_headline("b"), 3)),
    ("headline:a w/3 title:b", Near(in_headline("a"), in_headline("b"), 3)),
    ("headline:(a AND (b w/3 c))", And((in_headline("a"), Near(in_headline("b"), in_headline("c"), 3)))),
    ("-(a w/3 b) c", Row((Not(Near(A, B, 3)), C))),
    ("+(a w/3 b) c", Row((Required(Near(A, B, 3)), C))),
    ("atleast3(a)", AtLeast(3, A)),
    ("ATLEAST3 (a OR b)", AtLeast(3, Or((A, B)))),
    ("atleast3 a b", Row((AtLeast(3, A), B))),
    ("atleast3(a w/3 b)", AtLeast(3, Near(A, B, 3))),
    ("headline:atleast3(a)", AtLeast(3, in_headline("a"))),
    ("atleast3(headline:a)", AtLeast(3, in_headline("a"))),
    ("headline(atleast3(a))", AtLeast(3, in_headline("a"))),
    ("-atleast3(a)^2", Not(Boosted(AtLeast(3, A), 2))),
    ("first/50(a)", First(50, A)),
    ("first/50 (a w/3 b)", First(50, Near(A, B, 3))),
    ("a/F50/", First(50, A)),
    ('"a b"/F50/', First(50, Phrase("a b"))),
    ("(a OR b)/f50/^2", Boosted(First(50, Or((A, B))), 2)),
    ("lead(a) AND Headline(b c)", And((Word("a", "lead"), Row((in_headline("b"), in_headline("c")))))),
    ("published(2017)", Dated("2017", "published")),
    ("-by(a)", Not(Word("a", "byline"))),
    ("wom?n", Wildcard("wom?n")),
    ("headline:*gate", Wildcard("*gate", "headline")),
    ("putin~2", Fuzzy("putin", 2)),
    ("by:putin~", Fuzzy("putin", 1, "byline")),
    ('"a b"~3', Phrase("a b", slop=3)),
    ('"a* b"~3', Phrase("a* b", slop=3, gaps=True)),
    ('"oil g?s" w/5 a', Near(Phrase("oil g?s", gaps=True), A, 5)),
    ("atleast2(first/50(a))", AtLeast(2, First(50, A))),
    ("atleast2(first/50(a w/3 b))", AtLeast(2, First(50, Near(A, B, 3)))),
    ("published:2017, a", Row((Dated("2017", "published"), A))),
    ("published:20171211", Dated("20171211", "published")),
    ('"a b"~0', Phrase("a b")),
    ('headline:"a b*"~3', Phrase("a b", "headline", 3, True)),
    ("a^2 b", Row((Boosted(A, 2), B))),
    ("+a^.5 b", Row((Required(Boosted(A, 0.5)), B))),
    ("headline:a^2", Boosted(in_headline("a"), 2)),
    ("headline:(a^2 b)", Row((Boosted(in_headline("a"), 2), in_headline("b")))),
    ("(a w/3 b)^2", Boosted(Near(A, B, 3), 2)),
    ("((a)^2)^3", Boosted(Boosted(A, 2), 3)),
    ("exists:by", Exists("byline")),
    ("-exists:byline", Not(Exists("byline"))),
    ("exists:extra.Story-id", Exists("extra.Story-id")),
    ("exists:(byline OR dateline)", Or((Exists("byline"), Exists("dateline")))),
    ("exists(words)", Exists("words")),
    ("headline:*", Exists("headline")),
    ("published:* a", Row((Exists("published"), A))),
    ("headline:(* -a)", Row((Exists("headline"), Not(in_headline("a"))))),
    ("words:>1200", Compare("words", 1201, None)),
    ("words:>=1,200", Compare("words", 1200, None)),
    ("words:<1200", Compare("words", None, 1199)),
    ('length:"<= 1200"', Compare("words", None, 1200)),
    ("words:1200", Compare("words", 1200, 1200)),
    ("words:100..200", Compare("words", 100, 200)),
    ("words:100..", Compare("words", 100, None)),
    ("words:..200", Compare("words", None, 200)),
    ("words:(<100 OR >1000)", Or((Compare("words", None, 99), Compare("words", 1001, None)))),
    ("page:A1", Word("A1", "page")),
    ("page:1", Word("1", "page")),
    ("page:<=3", Compare("page", None, 3)),
    ("page:1..3", Compare("page", 1, 3)),
    ("page:1..1", Compare("page", 1, 1)),
    ("page:(1 OR >5)", Or((Word("1", "page"), Compare("page", 6, None)))),
    ("since:2017-11", Dated("2017-11..", "published")),
    ("until:2017-12 a", Row((Dated("..2017-12", "published"), A))),
    ("since:yesterday", Dated("yesterday..", "published")),
    ('since:"1 May 1890"', Dated("1 May 1890..", "published")),
    ("published:30d", Dated("30d", "published")),
    ("published:2017-W50", Dated("2017-W50", "published")),
]


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
        ("NOT (NOT a)", A),
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
        *PRESS,
    ],
)
def test_trees(text: str, query: Query) -> None:
    assert parse(text, strict=True).query == query
    lenient = parse(text)
    assert lenient.query == query
    assert lenient.warnings == ()


HA, BB = in_headline("a"), Word("b", "byline")
AB, AC = Near(A, B, 5), Near(A, C, 5)
SINCE = Dated("2017..", "published")


def pre(left: Query, right: Query) -> Near:
    return Near(left, right, 5, ordered=True)


X, Y = Word("a", "extra.x"), Word("b", "extra.x")

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
    ("date:soon", "soon", "'soon' is not a date", Word("soon"), "read as plain words"),
    ("date:2017*", "2017*", "'2017*' is not a date", Prefix("2017"), "read as plain words"),
    ("date:2018..2017", "2018..2017", "ends before it starts", Word("2018..2017"), "read as plain words"),
    ("date:11/12/2017", "11/12/2017", "cannot be told apart", Word("11/12/2017"), "read as plain words"),
    ("a *", "*", "'*' beside other words", A, "ignored"),
    ("* *", "*", "'*' beside other words", Everything(), "ignored"),
    ("w/5 b", "w/5", "'w/5' has nothing before it", B, "ignored"),
    ("a w/5", "w/5", "'w/5' has nothing after it", A, "ignored"),
    ("a w/5 AND b", "w/5", "'w/5' has nothing after it", And((A, B)), "ignored"),
    ("a w/300 b", "w/300", "must be whole, from 1 to 255", Near(A, B, 255), "read as 255"),
    ("a w/0 b", "w/0", "must be whole, from 1 to 255", Near(A, B, 1), "read as 1"),
    ("a NOT pre/5 b", "NOT pre/5", "NOT goes with w/n alone", NotNear(A, B, 5), "without regard to order"),
    ("(a b) w/5 c", "(a b)", "'w/5' takes a word", Near(Or((A, B)), C, 5), "a choice between the words"),
    *(
        (text, text, f"'{text}' is written '{ours}' here", query, "read so")
        for text, ours, query in (
            ("a w/5 (b AND c)", "(a w/5 b) AND (a w/5 c)", And((AB, AC))),
            ("(b AND c) pre/5 a", "(b pre/5 a) AND (c pre/5 a)", And((pre(B, A), pre(C, A)))),
            ("a w/5 -b", "a NOT w/5 b", NotNear(A, B, 5)),
            ("a w/5 NOT b", "a NOT w/5 b", NotNear(A, B, 5)),
            ("-a w/5 b", "NOT (a w/5 b)", Not(AB)),
            ("a^2 w/5 b", "(a w/5 b)^2", Boosted(AB, 2)),
            ("a w/5 b^2", "(a w/5 b)^2", Boosted(AB, 2)),
            ("-a^2 w/5 +b", "NOT (a w/5 b)^2", Not(Boosted(AB, 2))),
            ("first/9(atleast2(a))", "atleast2(first/9(a))", AtLeast(2, First(9, A))),
            ("atleast3(a AND b)", "atleast3(a) AND atleast3(b)", And((AtLeast(3, A), AtLeast(3, B)))),
            ("atleast3(a^2)", "atleast3(a)^2", Boosted(AtLeast(3, A), 2)),
            ("atleast3 -a", "NOT atleast3(a)", Not(AtLeast(3, A))),
        )
    ),
    ("NOT a w/5 b c", "NOT a w/5 b", "is written 'NOT (a w/5 b)' here", Row((Not(AB), C)), "read so"),
    ("+a w/5 b c", "+a w/5 b", "is written '+(a w/5 b)' here", Row((Required(AB), C)), "read so"),
    ("a NOT w/5 (b AND c)", "(b AND c)", "not '(b AND c)'", A, "what it leaves out ignored"),
    ("a w/5 (b OR (c AND d))", "(c AND d)", "not '(c AND d)'", And((A, Or((B, And((C, D)))))), "read as AND"),
    ("a w/5 *", "*", "not '*'", And((A, Everything())), "read as AND"),
    ("a w/5 date:2017", "date:2017", "not 'date:2017'", And((A, Dated("2017", "published"))), "as AND"),
    ("extra.x:a w/5 extra.x:b", "extra.x:a", "not 'extra.x:a'", And((X, Y)), "read as AND"),
    ("a w/5 (b NOT w/5 c)", "(b NOT w/5 c)", "'w/5' takes", And((A, NotNear(B, C, 5))), "read as AND"),
    ("a w/5 atleast3(b) w/2 c", "atleast3(b)", "'w/5' takes", And((A, AtLeast(3, B), C)), "read as AND"),
    (
        "headline:a w/5 b",
        "headline:a w/5 b",
        "needs words of one field",
        And((HA, B)),
        "'headline:(a w/5 b)' is all",
    ),
    ("headline:(a w/5 by:b)", "a w/5 by:b", "not of byline and the", And((HA, BB)), "read as AND"),
    ("published:(a w/5 b)", "(a w/5 b)", "in the field published", Near(A, B, 5), "searched in the text"),
    ("page:(1..2 w/5 b)", "1..2", "in the field page", Near(Word("1..2"), B, 5), "searched in the text"),
    ("atleast3(a b)", "(a b)", "'atleast3' takes", AtLeast(3, Or((A, B))), "a choice between the words"),
    ("atleast0(a)", "atleast0", "from 1 to 255", AtLeast(1, A), "read as 1"),
    ("a atleast3", "atleast3", "has nothing after it", Row((A, Word("atleast3"))), "read as a plain word"),
    ("first/50(title:a OR b)", "first/50(title:a OR b)", "one field", Or((HA, B)), "without 'first/50'"),
    ("atleast3(a OR since:2017)", "since:2017", "'atleast3' takes", Or((A, SINCE)), "without 'atleast3'"),
    ("a*b*c*d*e*f", "a*b*c*d*e*f", "more than 4 of the signs", Word("a*b*c*d*e*f"), "read as the word"),
    ("?x b", "?x", "fewer than 2 letters", Row((Word("x"), B)), "read as the word 'x'"),
    ("putin~3", "~3", "must be whole, from 1 to 2", Fuzzy("putin", 2), "read as 2"),
    ("putin~0.8", "~0.8", "must be whole, from 1 to 2", Fuzzy("putin", 1), "read as 1"),
    ('"a b"~999', "~999", "from 0 to 255", Phrase("a b", slop=255), "read as 255"),
    ("elect*~1", "~1", "a sign that says nothing there: '~1'", Prefix("elect"), "ignored"),
    ("(a b)~2", "~2", "a sign that says nothing there: '~2'", Row((A, B)), "ignored"),
    ('"a b"*', "*", "a sign that says nothing there: '*'", Phrase("a b"), "ignored"),
    ("a^2^3", "^3", "a sign that says nothing there: '^3'", Boosted(A, 2), "ignored"),
    ("a^1000", "^1000", "a weight is above 0, at most 100", Boosted(A, 100), "read as ^100"),
    ("a^0", "^0", "a weight is above 0", A, "ignored"),
    ("a^ b", "^", "a weight is above 0", Row((A, B)), "ignored"),
    ("a^1.23456", "^1.23456", "at most 3 decimals", Boosted(A, 1.235), "read as ^1.235"),
    ("(*)^2", "^2", "weighs nothing behind '*'", Everything(), "ignored"),
    ("exists:headlne", "headlne", "did you mean headline?", Word("headlne"), "read as a plain word"),
    ("exists:*", "*", "'*' behind exists:", Everything(), "ignored"),
    ("words:many", "many", "'many' is not a number", Word("many"), "read as plain words"),
    ("words:9999999999", "9999999999", "is not a number", Word("9999999999"), "read as plain words"),
    ("words:200..100", "200..100", "no number is within", Word("200..100"), "read as plain words"),
    ("words:<0", "<0", "no number is within", Word("<0"), "read as plain words"),
    ("page:>999999999", ">999999999", "no number is within", Word(">999999999"), "read as plain words"),
    ("words: a", "words:", "nothing directly after", Row((Word("words"), A)), "read as a plain word"),
    ("page:>A", ">A", "'>A' is not a number", Word(">A"), "read as plain words"),
    ("published:-3d", "-", "a sign between 'published:'", Dated("3d", "published"), "read as published:3d"),
    ("words:-100 a", "-", "a sign between", Row((Compare("words", 100, 100), A)), "read as words:100"),
    ("since: 2006", "since: 2006", "a space in", Dated("2006..", "published"), "read as since:2006"),
    ("words: >12 a", "words: >12", "a space", Row((Compare("words", 13, None), A)), "read as words:>12"),
    ("words:> 12", "words:> 12", "a space in", Compare("words", 13, None), "read as words:>12"),
    ("date:> 2017", "date:> 2017", "a space in", Dated(">2017", "published"), "read as date:>2017"),
    ("headine(a)", "headine(", "did you mean headline(?", Row((Word("headine"), A)), "read apart"),
    ("atlest3(a)", "atlest3(", "did you mean atleast3(?", Row((Word("atlest3"), A)), "read apart"),
    ("frist/50(a)", "frist/50(", "did you mean first/50(?", Row((Word("frist/50"), A)), "read apart"),
    ("atleast(a)", "atleast(", "did you mean atleast3(?", Row((Word("atleast"), A)), "read apart"),
    ('"a * b"', '"a * b"', "a star standing alone", Phrase("a b"), 'ignored: write "a b"~1 for room between'),
    ('"a * * b *"', '"a * * b *"', "a star standing alone", Phrase("a b"), 'ignored: write "a b"~2'),
    ('"* a"', '"* a"', "a star standing alone", Phrase("a"), "ignored"),
    ("NOT NOT a", "NOT NOT", "two NOTs cancel each other", A, "read as neither"),
    ("b NOT -a", "NOT -", "two NOTs cancel each other", Row((B, A)), "read as neither"),
    ("NOT NOT NOT a", "NOT NOT", "two NOTs cancel each other", Not(A), "read as neither"),
    ("title :ab", "title :", "a space in 'title :'", in_headline("ab"), "read as headline:"),
    ("co=ab", "co", "unknown field 'co'", Row((Word("co"), Word("ab"))), "read as a plain word"),
    (
        "date:last week",
        "last",
        'quotes: published:"last week"',
        Row((Word("last"), Word("week"))),
        "as plain",
    ),
    (
        "since:Dec 2006 a",
        "Dec",
        'quotes: since:"Dec 2006"',
        Row((*map(Word, ("Dec", "2006")), A)),
        "as plain",
    ),
    ("first50(a)", "first50(", "did you mean first/50(?", Row((Word("first50"), A)), "read apart"),
    ("HEADLINE-O(a)", "HEADLINE-O(", "mean headline(?", Row((Word("HEADLINE-O"), A)), "read apart"),
    ("since:soon", "soon", "'soon' is not a date", Word("soon"), "read as plain words"),
    ("since:2016..2017", "2016..2017", "is not a date", Word("2016..2017"), "read as plain words"),
    ('date:"last week"~3', '"last week"~3', "is not a date", Phrase("last week", slop=3), "as plain words"),
    ("author(s)", "author(", "directly behind a word", Row((Word("author"), Word("s"))), "read apart"),
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
    assert caught.value.hint
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
        parse("author(s)", strict=True)
    assert caught.value.hint == "put a space before the parenthesis, or write byline:(…)"
    with pytest.raises(QueryError) as caught:
        parse("(rebel held) w/3 Ghouta", strict=True)
    assert caught.value.hint == "quotes make a phrase, OR between words makes a choice"
    with pytest.raises(QueryError) as caught:
        parse("zzz:Syria", strict=True)
    assert "headline, " in caught.value.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("-rebel w/3 Ghouta", "write 'NOT (rebel w/3 Ghouta)'"),
        ("rebel^2 w/3 Ghouta", "write '(rebel w/3 Ghouta)^2'"),
        ("rebel w/3 (a NOT w/5 b)", "dam w/5 flood AND dam NOT w/3 rain"),
        ("rebel w/3 first/50(a)", "first/50(dam w/5 flood)"),
        ("rebel w/3 atleast3(a)", "atleast3(dam w/5 flood)"),
        ("rebel w/3 since:2017", "(dam w/3 flood) AND since:2017"),
        ("rebel w/300 Ghouta", "w/p is the same paragraph"),
        ("rebel NOT pre/3 Ghouta", "write NOT w/3"),
        ("headline(rebel) w/3 Ghouta", "write 'headline:(rebel w/3 Ghouta)'"),
        ("atleast2(title:a OR b)", "write 'atleast2(headline:(a OR b))'"),
        ("since:2016..2017", "write published:2016..2017"),
        ("until:<2017", "write until:2017"),
        ("date:2017*", "2017 is the whole year"),
        ("date:11/2017", "write 2017-11"),
        ("date:2017-11-31", "days to the last of their month"),
        ("words:100-200", "write words:100..200"),
        ("words:1200+", "write words:>=1200"),
        ("words:=5", "write words:5"),
        ("words:200..100", "words:100..200"),
        ("words:9999999999", "numbers run from 0 to"),
        ("page:>A", "or a name: page:A1"),
        ("published:-3d", "write published:3d, or -published:3d"),
        ("headine(x)", "or write headline(…)"),
        ("first50(x)", "or write first/50(…)"),
        ("HEADLINE-ONLY(x)", "or write headline(…)"),
        ("published:>Dec 1, 2006", 'write published:">Dec 1, 2006"'),
        ('"chief * officer"', 'write "chief officer"~1'),
        ("oil^-1", "-tax leaves out"),
    ],
)
def test_a_hint_says_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, strict=True)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "since:2006-11 until:2006-10",
        "a since:2006-11 AND until:2006-10",
        "+published:2017 published:2018 a",
        "a AND (published:>2017-05-01T10:00Z OR b) AND (until:2017-04 c published:2017-05)",
        "a OR published:>2017-05-01T10:00Z until:2017-04",
    ],
)
def test_dates_without_a_day_in_common_are_told(text: str) -> None:
    for strict in (True, False):
        (warning,) = parse(text, strict=strict).warnings
        assert warning.startswith("no date is within '")
        assert warning.endswith("(nothing is found)")


@pytest.mark.parametrize(
    "text", ["since:2006-11 OR until:2006-10", "since:2006-10 until:2006-10", "-since:2006-11 until:2006-10"]
)
def test_dates_with_a_day_in_common_are_not(text: str) -> None:
    assert parse(text, strict=True).warnings == ()


@pytest.mark.parametrize(
    "text", ["words:>2000 words:<100", "a AND words:5 b words:6 words:>1", "page:>2 page:<2"]
)
def test_numbers_that_cannot_all_hold_are_told(text: str) -> None:
    for strict in (True, False):
        (warning,) = parse(text, strict=strict).warnings
        assert warning.startswith("no number is within '")
        assert warning.endswith("(nothing is found)")


@pytest.mark.parametrize(
    "text", ["words:>100 words:<2000", "words:>9 OR words:<5", "words:>9 page:<5", "words:5"]
)
def test_numbers_that_can_are_not(text: str) -> None:
    assert parse(text, strict=True).warnings == ()


def test_dates_are_read_as_of_a_day_and_zone() -> None:
    early, late = date(2016, 5, 1), date(2018, 5, 1)
    assert parse("published:today..2017", strict=True, today=early).warnings == ()
    with pytest.raises(QueryError, match="ends before it starts"):
        parse("published:today..2017", strict=True, today=late)
    west, text = timezone(timedelta(hours=-8)), "published:2017-05-02..2017-05-02T03:00Z"
    assert parse(text, strict=True).warnings == ()
    with pytest.raises(QueryError, match="ends before it starts"):
        parse(text, strict=True, zone=west)


@pytest.mark.parametrize(
    "text",
    [
        *("a", "(a b)", "-a", "NOT a", "+a b", "a b AND c", "a OR b AND -c", '"a b" OR (c d*)', "* -a"),
        *("((a OR b)) AND (c)", "NOT (a -b)", "  a  AND  b  ", "“a b” c?", r"\-5 x", "a (b OR (c d)) -(b c)"),
        *(
            "a w/5 b",
            "a w/5 (b OR c) c",
            "a NOT w/5 b",
            "-(a w/3 b w/4 c)",
            "atleast3(a)",
            "a/F50/ b",
            "ab~1",
        ),
        *('first/50(a)^2 -"a b"~3^.5', "wom?n (a)^2", '"a b*"', "atleast3 (a OR b)"),
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

    def test_and_before_not_near_says_nothing(self) -> None:
        for text in ("a AND NOT w/5 b", "a AND NOT near/5 b"):
            assert parse(text, strict=True).query == parse("a NOT w/5 b", strict=True).query
        assert parse("a AND NOT w/5 b").warnings == ()

    def test_open_words(self) -> None:
        text = "ab* " * OPEN_WORDS
        parse(text, strict=True)
        with pytest.raises(QueryError, match="101 open words"):
            parse(text + "cd~1", strict=True)
        assert len(parse(text + "cd~1").warnings) == 1

    def test_words_that_begin_in_many_ways(self) -> None:
        text = "a*b cd~1 " * (GAPPED_WORDS // 2)
        parse(text, strict=True)
        with pytest.raises(QueryError, match="51 words such as"):
            parse(text + '"a *bc"', strict=True)
        assert len(parse(text + "*cd").warnings) == 1

    def test_long_words_that_begin_in_many_ways(self) -> None:
        for kept, long in (
            ("a" * (GAPPED_LETTERS - 2) + "*b", "a" * GAPPED_LETTERS + "*b"),
            ("a" * 100 + "~", "a" * 101 + "~"),
        ):
            assert parse(kept, strict=True).warnings == ()
            with pytest.raises(QueryError, match="more than 100 characters"):
                parse(long, strict=True)
            assert isinstance(parse(long).query, Word) and len(parse(long).warnings) == 1

    def test_positional_operators(self) -> None:
        text = "(a w/3 b) " * POSITIONAL
        parse(text, strict=True)
        with pytest.raises(QueryError, match="51 operators"):
            parse(text + "c w/3 d", strict=True)
        assert len(parse(text + "c w/3 d").warnings) == 1

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

    def test_chains_of_proximity(self) -> None:
        text = "a" + " w/1 a" * CHAIN
        assert depth(parse(text, strict=True).query) == CHAIN + 1
        with pytest.raises(QueryError, match=f"more than {CHAIN} operators such as 'w/2' in a row") as caught:
            parse(f"({text}) w/2 a", strict=True)
        assert caught.value.span == (len(text) + 3, len(text) + 6)
        parsed = parse(text + " w/1 b" * 25)
        assert isinstance(parsed.query, And)
        assert depth(parsed.query) == CHAIN + 2
        assert len(parsed.warnings) == 1

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
    *("a w/1 " * 1_600, "(a w/1 " * 99 + "a", "((a OR b) w/1 " * 99 + "a", "a w/1 -" * 1_200, "w/9" * 3_000),
    *("a w5 " * 2_000, "a w/ 5 " * 1_400, "a near " * 1_400, "not " * 2_500, "a AND not " * 1_000),
    *("(a AND b) w/1 " * 700, "(a OR b)^2 w/1 " * 650, "a! " * 3_300, "since: " * 1_400, "published:-" * 900),
    *('"a* b* c" ' * 1_000, '"' + "a?b " * 2_400 + '"', "hd=" * 3_000, "TI(" * 3_000, "date after 1 " * 700),
    *("w/" + " " * 9_000 + "5", "(a and b or " * 800, "w/(" * 3_000, "a and not " * 1_000, "wc > " * 2_000),
    *("atleast3 " * 1_100, "first/5(" * 1_200, "a/F5/" * 2_000, "a~1^2" * 2_000, "a" + "^2" * 4_000),
    *(
        "(a)" + "*" * 9_000 + "x",
        '"a"' + "~1" * 4_000 + "x",
        "a" + "/F1" * 3_000,
        "a*?" * 3_000,
        "w/" + "9" * 9_000,
    ),
    *(
        '"' + "a*" * 4_000 + '"',
        "exists:" * 1_400,
        "words:9" * 1_400,
        "words:" + "9" * 9_000,
        "a^" + "9" * 9_000,
    ),
    *(
        "(a OR " * 99 + "b" + " w/1 c)" * 99,
        "((a b) w/1 c) " * 700,
        "(" * 99 + "a" + ")^2" * 99,
        "since:" * 1_600,
    ),
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
