"""Lenient mode takes any text whatever; strict mode agrees with it or says where the fault is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from searchkit.errors import QueryError
from searchkit.limits import WARNINGS
from searchkit.query import Phrase, Word, parse, print_query, walk

SHARED = Path(__file__).parents[2] / "../shared/data"

PIECES = st.sampled_from(
    (
        'AND OR NOT && || + - ( ) " “ ” « \\ * ? ~ ^ ~1 ^2 ~ ^ / : .. a b 2017 w/5 pre/3 w/s w/ http://x 12:30 — & '
        "' ’ é ß İ ٣ headline: published: headlne: extra.x:"
    ).split()
    + " | AND | OR | NOT | c | w/3 | pre/2 | NOT w/p | near/s |last week|\n|\0|\ud800|\u2028|\u200b|\U0001f600".split(
        "|"
    )
    + " w/ 5 | w5 | near5 |n/5 | /5n/ | w/(5) | w/five |w/seg | NEAR | same | not | and | or |within 5 words ".split(
        "|"
    )
    + 'hd=|wc>5|length > 5|since: 2006|words:> 5|atl5(|TI(|date after 2017|withdr!|"a* b"|first/5(|atleast2('.split(
        "|"
    )
)
TEXTS = (
    st.lists(PIECES, max_size=15).map("".join)
    | st.text(max_size=30)
    | st.text(st.characters(exclude_categories=[]), max_size=15)
)


def check(text: str) -> None:
    parsed = parse(text)
    assert len(parsed.warnings) <= WARNINGS + 1
    assert parse(print_query(parsed.query), strict=True).query == parsed.query
    try:
        strict = parse(text, strict=True)
    except QueryError as error:
        assert 0 <= error.span[0] < error.span[1] <= len(text)
        assert str(error).encode()
        return
    assert strict == parsed


@settings(deadline=None, max_examples=2000)
@given(TEXTS)
@example("")
@example("_:0")
@example("_:")
@example("-\\")
@example('"\\')
@example("headline:")
@example("a\x1cb\x85c")
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.long
@settings(deadline=None, max_examples=1_000_000, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_a_million_texts(text: str) -> None:
    check(text)


@pytest.mark.parametrize("name", ["wikinews.jsonl", "huffpost-sample.jsonl"])
def test_every_headline_is_a_query(name: str) -> None:
    for headline in headlines(SHARED / name):
        query = parse(headline).query
        assert any(isinstance(node, Word | Phrase) for node in walk(query)), headline
        assert parse(print_query(query), strict=True).query == query, headline


def headlines(path: Path) -> Iterator[str]:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    with path.open(encoding="utf-8") as lines:
        titles = (str(json.loads(line)["title"]) for line in lines)
        yield from (title for title in titles if any(map(str.isalnum, title)))
