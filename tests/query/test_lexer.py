from __future__ import annotations

from itertools import pairwise

import pytest

from searchkit.errors import QueryError
from searchkit.query import parse
from searchkit.query.faults import Faults
from searchkit.query.lexer import Kind, lex


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
    "text",
    [
        *("wom?n", "*gate", "a*b", "?x", "elect**", "w?*", "putin~", "putin~1", "x^2", "x^0.5", "x~1^2"),
        *('"a b"~3', '"a b"^2', '"a b"*', "(a b)^2", "(a)~", "w/5", "W/5", "pre/10", "near/3", "w/s", "w/p"),
        *("a NOT w/5 b", "headline(x)", "HEADLINE(x)", "atleast3(x)", "first/50(x)", "exists:byline"),
        *("words:>1200", "headline:*", "headline:wom?n", "-*gate", '(a)w/5"b"'),
    ],
)
def test_what_is_kept_for_later_operators_is_no_plain_text_now(text: str) -> None:
    assert parse(text).warnings
    with pytest.raises(QueryError):
        parse(text, strict=True)


@pytest.mark.parametrize(
    "text", ["+ (a)  -b", '  headline:"x y" AND  (c* OR «d»)', "NOT title:z", "a\u2003b"]
)
def test_spans_are_the_text_of_the_tokens(text: str) -> None:
    found = lex(text, Faults(text, strict=False))
    assert all(text[slice(*token.span)].strip() == text[slice(*token.span)] != "" for token in found)
    assert all(before.span[1] <= after.span[0] for before, after in pairwise(found))
