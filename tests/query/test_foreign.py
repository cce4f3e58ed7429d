"""What readers of LexisNexis, Factiva, ProQuest and Google type is read as they mean it, or said to be plain."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from searchkit.errors import QueryError
from searchkit.query import parse, print_query
from searchkit.query.faults import Faults
from searchkit.query.foreign import FIELDS, FORMS, rows
from searchkit.query.lexer import lex
from searchkit.query.translate import Written

SIGNS = {"aft": ">", "bef": "<", "is": "", "geq": ">=", "LEQ": "<=", "gtr": ">", "lss": "<"}
DATES = {
    **{f"date {sign} 20061201": f"published:{ours}20061201" for sign, ours in SIGNS.items()},
    **{f"date {sign} Dec. 1, 2006": f'published:"{ours}Dec. 1, 2006"' for sign, ours in SIGNS.items()},
    "date from 1 Dec 2006 to 15 Dec 2006": 'published:"1 Dec 2006..15 Dec 2006"',
    "date before December 1, 2006": 'published:"<December 1, 2006"',
    "DATE IS 2006-12-01": "published:2006-12-01",
    "date is December 2006": 'published:"December 2006"',
    "date between 2006-12-01 and 2006-12-15": "published:2006-12-01..2006-12-15",
    "date between 1st May 2006 and 2nd May 2006": 'published:"1st May 2006..2nd May 2006"',
}
"""Dates as LexisNexis writes them, read as ours beside operators."""

MEANT = [
    ("oil not w/5 gas", "oil NOT w/5 gas"),
    ("oil NOTw/s gas", "oil NOT w/s gas"),
    ("oil Not near/5 gas", "oil NOT w/5 gas"),
    ("oil w/ 5 gas", "oil w/5 gas"),
    ("oil w/(5) gas", "oil w/5 gas"),
    ("oil pre/ (5) gas", "oil pre/5 gas"),
    ("oil NOT w/ 5 gas", "oil NOT w/5 gas"),
    ("oil AND NOT w5 gas", "oil NOT w/5 gas"),
    ("oil AND not w/5 gas", "oil NOT w/5 gas"),
    ("oil w/3.5 gas", "oil w/3 gas"),
    ("oil w/5gas", "oil w/5 gas"),
    *(
        (f"oil w/{word} gas", f"oil w/{number} gas")
        for word, number in [("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6)]
    ),
    *(
        (f"oil pre/{word} gas", f"oil pre/{number} gas")
        for word, number in [("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("fifteen", 15)]
    ),
    ("oil near/twenty gas", "oil w/20 gas"),
    ("oil w/sent gas", "oil w/s gas"),
    ("oil pre/paragraph gas", "oil pre/p gas"),
    ("oil w/seg gas", "oil AND gas"),
    ("oil near5 (gas OR coal)", "oil w/5 (gas OR coal)"),
    ("oil w5 gas", "oil pre/5 gas"),
    ("oil ADJ5 gas", "oil pre/5 gas"),
    ("oil NOT adj5 gas", "oil NOT w/5 gas"),
    ("oil not PRE/5 gas", "oil NOT w/5 gas"),
    ("oil onear5 gas", "oil pre/5 gas"),
    ("oil N/5 gas", "oil w/5 gas"),
    ("oil P/5 gas", "oil pre/5 gas"),
    ("oil /5 gas", "oil w/5 gas"),
    ("oil /5n gas", "oil w/5 gas"),
    ("oil /N5/ gas", "oil w/5 gas"),
    ("oil /p gas", "oil w/p gas"),
    ("oil NEAR 5 gas", "oil w/5 gas"),
    ("oil NEAR gas", "oil w/4 gas"),
    ("oil ADJ gas", "oil pre/1 gas"),
    ("oil SAME gas", "oil w/p gas"),
    ("oil AND not gas", "oil AND NOT gas"),
    ("oil w5 gas and not coal", "oil pre/5 gas AND NOT coal"),
    ("(oil and gas) OR coal", "(oil AND gas) OR coal"),
    ("(oil or gas) w/5 price", "(oil OR gas) w/5 price"),
    ("withdr! w/5 troop", "withdr* w/5 troop"),
    ("withdr!", "withdr*"),
    ("HEADLINE(withdr!)", "headline:withdr*"),
    ("oil wc>1,000", "oil words:>1,000"),
    ("length >= 1200", "words:>=1200"),
    ("length = 1200", "words:1200"),
    ("page > 3", "page:>3"),
    ("date<2017-05", "published:<2017-05"),
    ("oil AND date after 20170501", "oil AND published:>20170501"),
    ("oil AND date before 2017", "oil AND published:<2017"),
    ("oil AND Date from 2016 to 2017-05", "oil AND published:2016..2017-05"),
    ("atl5(oil)", "atleast5(oil)"),
    ("hd=oil", "headline:oil"),
    ('hd=(oil OR "gas price")', 'headline:(oil OR "gas price")'),
    ("title=oil", "headline:oil"),
    ("since=2020", "since:2020"),
    ("TI(oil) AND AU(smith)", "headline:oil AND byline:smith"),
    ("intitle:oil site:paper.example", "headline:oil url:paper.example"),
    ("after:2017 oil", "published:>2017 oil"),
    ('before:"last week" oil', 'published:"<last week" oil'),
    ("oil /S gas", "oil w/s gas"),
    ("oil /P gas", "oil w/p gas"),
    ("oil w/5, gas", "oil w/5 gas"),
    ("oil WITHIN 5 gas", "oil w/5 gas"),
    ("oil WITHIN 5 WORDS OF gas", "oil w/5 gas"),
    ("oil BUT NOT gas", "oil AND NOT gas"),
    *((f"oil AND {theirs}", f"oil AND {ours}") for theirs, ours in DATES.items()),
    *((f"oil AND date({sign} (2006))", f"oil AND published:{ours}2006") for sign, ours in SIGNS.items()),
    ("date between 2006 AND 2007", "published:2006..2007"),
    ("date(geq 2006-11)", "published:>=2006-11"),
    ("date(geq (2006-11-01) and leq (2006-12-01))", "published:2006-11-01..2006-12-01"),
    ('ti,ab(oil OR "gas price")', '(headline:(oil OR "gas price") OR lead:(oil OR "gas price"))'),
]

PLAIN = [
    "oil AND coal near gas",
    "oil AND coal near 5 gas",
    "oil w/3 coal within 5 gas",
    "oil within 5 words of gas",
    "oil AND coal adj gas",
    "oil w/9 coal same gas",
    "oil and coal AND price",
    "oil or coal AND price",
    "oil not coal AND price",
    "oil AND Yahoo!",
    "oil AND wom!n",
    "oil date after 2017",
    "oil date before 2017",
    "oil date from 2016 to 2017",
    *(f"oil {theirs}" for theirs in DATES),
    *(f"oil AND date {sign} 12/1/2006" for sign in SIGNS),
    "oil AND date from 12/1/2006 to 15.12.06",
    "date between 12/2006 and 12/2007",
    "oil N5 gas",
    "oil n15 gas",
    "oil W5 gas",
    "oil and not gas",
    "withdr! troops",
    "bank! and england",
    "oil+gas",
    "hd= oil",
    "ti,ab(oil (gas price))",
    "oil^x",
    "oil~x",
    "oil/F50",
]

SILENT = [
    *(
        "oil near gas",
        "oil same gas",
        "oil near 5 gas",
        "oil within 5 gas",
        "rock and roll or jazz",
        "Help! me",
    ),
    *(
        "OIL NEAR GAS",
        "w5 gas",
        "oil w5",
        "w/ 5 friends",
        "dinner w/5th graders",
        "9 /11",
        "and not gas",
        "E=mc^2",
    ),
    *(
        "24/7 w/o pay w/ kids",
        "n95 masks",
        "Yahoo! news",
        "Surprise! It's here",
        "wow! A whale",
        "wear n95 masks",
        "Disney+ news",
        "a date between friends and 2 dates",
        "I/O",
        "e= oil",
        "site: a hole",
        "no date after all",
    ),
    *(
        r"oil \w5 gas",
        r"oil \w/ 5 gas",
        r"oil AND \not gas",
        r"\hd=oil",
        r"\headline :china",
        r"x headline \:china*",
        "(headline) :china",
        r"\TI (oil)",
        r"\withdr!",
        '"oil w5 gas"',
    ),
]


@pytest.mark.parametrize(("text", "ours"), MEANT)
def test_what_can_be_nothing_else_is_read_as_it_is_meant(text: str, ours: str) -> None:
    parsed = parse(text)
    assert parsed.query == parse(ours, strict=True).query
    assert any(warning.endswith("(read so)") for warning in parsed.warnings)
    with pytest.raises(QueryError, match=r"is written .* here") as caught:
        parse(text, strict=True)
    assert caught.value.hint.startswith("write ")


@pytest.mark.parametrize("text", PLAIN)
def test_what_may_be_plain_text_is_plain_text_with_a_note(text: str) -> None:
    parsed = parse(text)
    assert any(" is read as plain text (write " in warning for warning in parsed.warnings)
    assert parse(text, strict=True) == parsed


@pytest.mark.parametrize("text", SILENT)
def test_plain_text_is_not_remarked_on(text: str) -> None:
    assert [
        warning for warning in parse(text).warnings if " is written " in warning or "plain text" in warning
    ] == []


def test_every_row_of_the_table_has_an_example() -> None:
    used = set()
    for text in (*(text for text, _ in MEANT), *PLAIN):
        query = Written(text, lex(text, Faults(text, strict=False)))
        used |= {found.form for _, found in query.forms()}
    assert [form for form in FORMS if form not in used] == []


@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_no_row_is_passed_over_for_what_it_begins_with(change: Callable[[str], str]) -> None:
    for text in (change(text) for text in (*(text for text, _ in MEANT), *PLAIN)):
        for word in re.finditer(r"(?:(?<=\s)|\A)[^\s()\"]+", text):
            passed_over = {*FORMS} - {*rows(text, word.span())}
            assert [form for form in passed_over if form.match(text, word.start())] == [], text


@pytest.mark.parametrize(("theirs", "ours"), FIELDS.items())
def test_every_foreign_field_is_one_of_ours(theirs: str, ours: str) -> None:
    value = {"published": "2017", "words": "300"}.get(ours.rstrip(":<>"), "oil")
    wanted = parse(f"{ours}{value}" if ":" in ours else f"{ours}:{value}", strict=True).query
    for text in (f"{theirs}={value}", f"{theirs}:{value}", f"{theirs.upper()}({value})"):
        assert parse(text).query == wanted
        with pytest.raises(QueryError, match="is written"):
            parse(text, strict=True)


@pytest.mark.parametrize("text", ["C++ books", "the C#, and D"])
def test_the_signs_of_a_letter_are_said_not_to_be_searched_for(text: str) -> None:
    (warning,) = parse(text, strict=True).warnings
    assert warning.startswith("the signs of 'C")
    assert warning.endswith("' are not searched for (read as C)")


@pytest.mark.parametrize(
    "text",
    ["http://x.example/?co=exxon", "www.x.example?re=usa", "E=mc^2", "pi=3.14", r"\co=exxon", '"co=usa"'],
)
def test_an_address_or_formula_names_no_field(text: str) -> None:
    assert parse(text, strict=True).warnings == ()


@pytest.mark.parametrize("text", [*(text for text, _ in MEANT), *PLAIN, *SILENT])
def test_what_was_understood_is_understood_again(text: str) -> None:
    query = parse(text).query
    assert parse(print_query(query), strict=True).query == query
    assert (
        parse(print_query(parse(f"({text}) OR x").query), strict=True).query == parse(f"({text}) OR x").query
    )
