"""Plans as a reader sees them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from searchkit.plan import Bool, Lowering, Term, simplify
from searchkit.plan.nodes import OneOf
from searchkit.plan.positions import Form, wildcard_regex
from searchkit.plan.show import said, show
from searchkit.query import Query, parse
from tests.query.test_printer import QUERIES


def shown(query: str) -> str:
    lowering = Lowering(today=date(2020, 6, 15))
    return show(simplify(lowering.query(parse(f"text:({query})", strict=True).query)))


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        ("atleast2(dam)", "text:atleast2(dam)"),
        ("atleast3(dam)", "text:atleast2(dam), if the text has atleast3(dam)"),
        ("first/9(wom?n)", "text:wom?n, if the text has first/9(wom?n)"),
        ("dam w/3 vote", "text:(dam w/3 vote)"),
        ("(dam w/s al-A*) pre/2 vote", 'all of (text:dam, text:"al a*", text:vote), if the text has (dam w/s "al a*") pre/2 vote'),
        ("dam w/p putin~1", "all of (text:dam, any of (text:putin~1, text:putin)), if the text has dam w/p (putin~1 OR putin)"),
        ("dam NOT w/5 vote", "any of ((text:dam; not text:vote), ((text:dam; only if text:vote), if the text has dam NOT w/5 vote))"),
        ('"a dam vote"~2', 'all of (text:a, text:dam, text:vote), if the text has "a dam vote"~2'),
        ("+dam vote -weir", "text:dam; better with (text:vote); not text:weir"),
        ("dam since:2017 until:2017-12-31", "text:dam; only if all of (published 2017-01-01.., published ..2017-12-31)"),
        ("dam date:2017-12-11", "text:dam; only if published 2017-12-11"),
        ("dam date:2017-12-11T10:30:05Z", "text:dam; only if published 2017-12-11T10:30:05 UTC"),
        ("dam words:<=9", "text:dam; only if words ..9"),
        ("dam page:3..", "text:dam; only if page 3.."),
        ("dam AND exists:by", "text:dam; only if has byline"),
        ("dam^2", "text:dam x2"),
    ],
)  # fmt: skip
def test_what_is_shown(query: str, plan: str) -> None:
    assert shown(query) == plan


def test_whole_articles_and_none() -> None:
    assert show(simplify(Bool())) == "every article"
    assert show(Bool(must=(Term("text_forms", "x"),), filters=(OneOf("id", ("1", "2")),))) == (
        "text:x; only if one of 2 articles"
    )


@pytest.mark.parametrize("pattern", ["wom?n", "*gate", "a.b*", "x\\*?y"])
def test_a_pattern_is_shown_as_it_was_typed(pattern: str) -> None:
    assert said(Form(wildcard_regex(pattern))) == pattern


@given(QUERIES)
def test_every_plan_can_be_shown(query: Query) -> None:
    assert show(simplify(Lowering(today=date(2020, 6, 15)).query(query)))
