"""No query is too much: limits, and texts made to exceed them."""

from __future__ import annotations

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
    Query,
    Row,
    Word,
    children,
    parse,
    walk,
)
from tests.query.letters import A, B


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
