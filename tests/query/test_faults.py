"""What a query cannot mean: an error with its place, or a warning with the reading."""

from __future__ import annotations

from datetime import date, timedelta, timezone

import pytest

from searchkit.errors import QueryError
from searchkit.query import (
    And,
    AtLeast,
    Boosted,
    Compare,
    Dated,
    Everything,
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
    Word,
    parse,
)
from tests.query.letters import A, B, C, D, in_headline

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
