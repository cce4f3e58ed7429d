from __future__ import annotations

from itertools import pairwise

import pytest

from searchkit.errors import QueryError
from searchkit.query import parse
from searchkit.query.faults import Faults
from searchkit.query.lexer import lex
from searchkit.query.tokens import Kind


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind.name, token.text) for token in lex(text, Faults(text, strict=True))]


def words(text: str) -> list[str]:
    found = lex(text, Faults(text, strict=True))
    assert {token.kind for token in found} <= {Kind.WORD}
    return [token.text for token in found]


@pytest.mark.parametrize(
    "word",
    "O'Brien al-Assad’s U.S. AT&T C++ @nasa #metoo 12:30 http://x.y/z?a=b https://x.y/~u/*/a^2 <b>x /a "
    "10,000 50% €5 a@b.example ~50% won? won?! who?? "
    "‘yes’ –that '90s x=y [2017 TO] rock&roll a~b 2^x {x} 10:30:15 "
    "rebel-held: covid-19:what not "
    "and w/ I/O 3/4 and/or Kickoff:19:30 5'11 naïve Αθήνα 北京".split(),
)
def test_a_word_keeps_what_stands_in_it(word: str) -> None:
    assert words(word) == [word]
    assert words(f"  {word}\n{word} ") == [word, word]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"F\*ck", "F*ck"),
        (r"\*gate", "*gate"),
        (r"wom\?n", "wom?n"),
        (r"x\^2", "x^2"),
        (r"putin\~", "putin~"),
        (r"\-5", "-5"),
        (r"\+5", "+5"),
        (r"\AND", "AND"),
        (r"\w/5", "w/5"),
        (r"headline\:x", "headline:x"),
        (r"\(a\)", "(a)"),
        (r"6'2\"", "6'2\""),
        (r"\“a\”", "“a”"),
        (r"AC\DC", r"AC\DC"),
        (r"a\\b", r"a\b"),
        ("a\\", "a\\"),
    ],
)
def test_a_backslash_makes_plain_text(text: str, word: str) -> None:
    assert words(text) == [word]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('"Middle East"', "Middle East"),
        ("“Middle East”", "Middle East"),
        ("„Middle East“", "Middle East"),
        ("«Middle East»", "Middle East"),
        ('“Middle East"', "Middle East"),
        ('" Middle\nEast "', "Middle\nEast"),
        (r'"say \"no\" now"', 'say "no" now'),
        (r'"AC\DC \\ x"', r"AC\DC \ x"),
        ('"a AND (b"', "a AND (b"),
    ],
)
def test_phrases(text: str, phrase: str) -> None:
    assert kinds(text) == [("PHRASE", phrase)]


def test_single_quotes_are_no_delimiters() -> None:
    assert words("‘yes men’ 'no men'") == ["‘yes", "men’", "'no", "men'"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+a -b", [("PLUS", ""), ("WORD", "a"), ("MINUS", ""), ("WORD", "b")]),
        ("-(a)", [("MINUS", ""), ("OPEN", ""), ("WORD", "a"), ("CLOSE", "")]),
        ('(-"a b")', [("OPEN", ""), ("MINUS", ""), ("PHRASE", "a b"), ("CLOSE", "")]),
        ("a && b || c", [("WORD", "a"), ("AND", ""), ("WORD", "b"), ("OR", ""), ("WORD", "c")]),
        ("NOT(a)", [("NOT", ""), ("OPEN", ""), ("WORD", "a"), ("CLOSE", "")]),
        ("Title:x", [("FIELD", "headline"), ("WORD", "x")]),
        ("-by:x*", [("MINUS", ""), ("FIELD", "byline"), ("PREFIX", "x")]),
        ("extra.story-id:7", [("FIELD", "extra.story-id"), ("WORD", "7")]),
        ("url:http://x.y/?q=a", [("FIELD", "url"), ("WORD", "http://x.y/?q=a")]),
        ("source://x", [("WORD", "source://x")]),
        ("http://x.y/z*", [("PREFIX", "http://x.y/z")]),
        (r"a\**", [("PREFIX", "a*")]),
        ("policie*, tax*.", [("PREFIX", "policie"), ("PREFIX", "tax")]),
        ("*", [("STAR", "")]),
        ("-*", [("MINUS", ""), ("STAR", "")]),
        ("rock“n”roll", [("WORD", "rock"), ("PHRASE", "n"), ("WORD", "roll")]),
        ('"fake news"-style', [("PHRASE", "fake news"), ("WORD", "style")]),
        ("(anti)-war", [("OPEN", ""), ("WORD", "anti"), ("CLOSE", ""), ("WORD", "war")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("text", ["—", "...", "&", "|", "/", "-—", "--", "+/-", "?!", "\0", "🎉", "–"])
def test_punctuation_standing_alone_is_dropped_in_silence(text: str) -> None:
    assert words(f"a {text} b") == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wom?n", [("WILDCARD", "wom?n")]),
        ("*gate", [("WILDCARD", "*gate")]),
        ("col*r?", [("WILDCARD", "col*r")]),
        ("?ush, wo?*.", [("WILDCARD", "?ush"), ("WILDCARD", "wo?*")]),
        ("elect**", [("PREFIX", "elect")]),
        ("elect*?", [("PREFIX", "elect")]),
        ("a**b", [("WILDCARD", "a*b")]),
        ("what?-ever", [("WORD", "what?-ever")]),
        ("putin~ putin~2", [("FUZZY", "putin"), ("FUZZY", "putin")]),
        ("putin~1,", [("FUZZY", "putin")]),
        ("won?~1", [("FUZZY", "won?")]),
        ("putin~*", [("PREFIX", "putin~")]),
        ("x^2 el*^.5", [("WORD", "x"), ("WEIGHT", ""), ("PREFIX", "el"), ("WEIGHT", "")]),
        ("x~1^2", [("FUZZY", "x"), ("WEIGHT", "")]),
        ("x/F50/", [("WORD", "x"), ("FIRST_BEHIND", "")]),
        ("x/F50 /F50/", [("WORD", "x/F50"), ("WORD", "/F50/")]),
        ("~50 ^2 50~% a~f", [("WORD", "~50"), ("WORD", "^2"), ("WORD", "50~%"), ("WORD", "a~f")]),
        ("http://x~1^2/F3/", [("WORD", "http://x~1^2/F3/")]),
        ('"rebel held*"', [("OPEN_PHRASE", "rebel held")]),
        ('"rebel* held"', [("GAPPED_PHRASE", "rebel* held")]),
        ('"reb?l** held?"', [("GAPPED_PHRASE", "reb?l* held?")]),
        (r'"rebel\* held"', [("PHRASE", "rebel* held")]),
        ('"who won? me"', [("PHRASE", "who won? me")]),
        ('"rebel held*."', [("OPEN_PHRASE", "rebel held")]),
        ('"held**"', [("OPEN_PHRASE", "held")]),
        (r'"held\*"', [("PHRASE", "held*")]),
        (r'"held\\*"', [("OPEN_PHRASE", "held\\")]),
        ('"a b"~3^2', [("PHRASE", "a b"), ("WEIGHT", "")]),
        ('(a)^2"b"', [("OPEN", ""), ("WORD", "a"), ("CLOSE", ""), ("WEIGHT", ""), ("PHRASE", "b")]),
        ("a w/5 b", [("WORD", "a"), ("NEAR", ""), ("WORD", "b")]),
        ("a W/S b", [("WORD", "a"), ("NEAR", "s"), ("WORD", "b")]),
        ("a pre/3 b Onear/p c", [*[("WORD", "a"), ("PRE", ""), ("WORD", "b")], ("PRE", "p"), ("WORD", "c")]),
        ("a NOT  w/5 b", [("WORD", "a"), ("NOT_NEAR", ""), ("WORD", "b")]),
        ("a not w/p b", [("WORD", "a"), ("WORD", "not"), ("NEAR", "p"), ("WORD", "b")]),
        ("w/5th w/ w/x 9w/5", [("WORD", "w/5th"), ("WORD", "w/"), ("WORD", "w/x"), ("WORD", "9w/5")]),
        ("ATLEAST3(x)", [("ATLEAST", ""), ("OPEN", ""), ("WORD", "x"), ("CLOSE", "")]),
        ('atleast3 x atleast3"y"', [*[("ATLEAST", ""), ("WORD", "x"), ("ATLEAST", ""), ("PHRASE", "y")]]),
        ("atleast atleast3rd", [("WORD", "atleast"), ("WORD", "atleast3rd")]),
        ("First/50(x)", [("FIRST", ""), ("OPEN", ""), ("WORD", "x"), ("CLOSE", "")]),
        ("HLEAD(x)", [("FIELD", "lead"), ("OPEN", ""), ("WORD", "x"), ("CLOSE", "")]),
        ("extra.a-b(x)", [("FIELD", "extra.a-b"), ("OPEN", ""), ("WORD", "x"), ("CLOSE", "")]),
        ("since:2017", [("FIELD", "since"), ("WORD", "2017")]),
        ("Exists:by", [("FIELD", "exists"), ("WORD", "by")]),
        ("length:>5", [("FIELD", "words"), ("WORD", ">5")]),
    ],
)
def test_tokens_of_the_press_operators(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("w/5", 5), ("near/255", 255), ("pre/1", 1), ("w/0005", 5), ("atleast3(", 3), ("first/50(", 50)),
        *(("x~", 1), ("x~2", 2), ('"a b"~255', 255), ("x^.25", 0.25), ("x^100", 100), ("x/f7/", 7)),
    ],
)
def test_numbers_of_tokens(text: str, number: float) -> None:
    assert number in [token.number for token in lex(text, Faults(text, strict=True))]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "?x",
            "*5",
            "a*b*c*d*e*f",
            r"a\*b*c",
            "wom?n~1",
            "elect*~1",
            "x~0",
            "x~3",
            "x~0.8",
            "x~1~1",
            "x^2^3",
        ),
        *("x^0", "x^", "x^101", "x^1.2345", '"a b"~', '"a b"~256', '"a b"*', "(a b)~2", "w/0", "near/256"),
        *("NOT pre/3", "atleast0(x)", "atleast256(x)", "first/0(x)", "first/99999(x)", "journalist(s)"),
        *('"rebel *"', '"?x held"', r'"a\*b c*d"', '"a*b*c*d*e*f held"', "x^-1", "x~-1", "published:-3d"),
        *("author(s)", "page(s)", "tax(es)", "words: a", "until: a", "w/" + "9" * 5000, "x~" + "9" * 5000),
    ],
)
def test_numbers_and_signs_that_make_no_sense_are_faults(text: str) -> None:
    assert parse(text).warnings
    with pytest.raises(QueryError):
        lex(text, Faults(text, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "a^2 w/5 b~1 NOT w/s atleast3(c/F5/) first/9 d wom?n*",
        "(a)^2 'x*y'",
        "+ (a)  -b",
        '  headline:"x y" AND  (c* OR «d»)',
        "NOT title:z",
        "a\u2003b",
    ],
)
def test_spans_are_the_text_of_the_tokens(text: str) -> None:
    found = lex(text, Faults(text, strict=False))
    assert all(text[slice(*token.span)].strip() == text[slice(*token.span)] != "" for token in found)
    assert all(before.span[1] <= after.span[0] for before, after in pairwise(found))
