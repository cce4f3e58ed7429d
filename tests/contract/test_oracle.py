"""Random queries on random articles: every engine finds what a plain scan finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit import Article, Author, Index, InvalidDate
from searchkit.dates import Range, since, until
from searchkit.query import And, Dated, Not, Or, Phrase, Prefix, Query, Required, Row, Word, print_query
from searchkit.request import Match
from tests.contract.conftest import NewPlace
from tests.oracle import TODAY, Oracle

WORDS = "bank banks banking banked Café cafe the of river rivers re-election O'Brien U.S. al-Assad’s run runs".split()
DAYS = [date(2016, 12, 31) + timedelta(days=step * 37) for step in range(30)]


def text(random_: random.Random, longest: int) -> str:
    return " ".join(random_.choices(WORDS, k=random_.randint(0, longest)))


def articles(seed: int, count: int) -> tuple[Article, ...]:
    random_ = random.Random(seed)
    made = []
    for number in range(count):
        day = random_.choice([None, *DAYS])
        moment = day and datetime(
            day.year, day.month, day.day, random_.randrange(24), 30, tzinfo=timezone.utc
        )
        body = text(random_, 12)
        made.append(
            Article(
                id=f"a{number}",
                headline=text(random_, 4),
                standfirst=text(random_, 3),
                body=body or "filler",
                captions=tuple(filter(None, [text(random_, 3)])) if number % 3 == 0 else (),
                pull_quotes=(body[: len(body) // 2],) if number % 4 == 0 and len(body) > 3 else (),
                authors=(Author("Ann Bank", "River"), Author("Bo Run")) if number % 2 else (),
                publication=random_.choice(["The Daily Bank", "Rivers", ""]),
                published=random_.choice([day, moment]),
            )
        )
    return tuple(made)


@pytest.fixture(scope="module", params=[1, 2])
def corpus(request: pytest.FixtureRequest, new_place: NewPlace) -> Iterator[tuple[Index, Oracle]]:
    found = articles(request.param, 80)
    with new_place() as where, searchkit.create(where) as index:
        for start in range(0, len(found), 30):
            index.add(found[start : start + 30])
        yield index, Oracle(found)


FIELDS = st.sampled_from([None, None, None, "headline", "byline", "caption", "publication"])
LEAVES = st.one_of(
    st.builds(Word, st.sampled_from(WORDS), FIELDS),
    st.builds(Phrase, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), FIELDS),
    st.builds(
        Prefix, st.sampled_from(["b", "bank", "banking", "caf", "riv", "re-el", "O'Br", "al-a"]), FIELDS
    ),
    st.builds(
        Dated,
        st.sampled_from(["2017", "2017-03", "2018-01-10", "2017-06..2018", "..2017", "2018.."]),
        st.just("published"),
    ),
)


def nodes(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    plain = children.filter(lambda child: not isinstance(child, Not))
    items = st.lists(st.one_of(children, plain.map(Required), plain.map(Not)), min_size=2, max_size=4).map(
        tuple
    )
    return st.one_of(
        st.builds(And, several), st.builds(Or, several), st.builds(Not, plain), st.builds(Row, items)
    )


QUERIES = st.recursive(LEAVES, nodes, max_leaves=6)


@settings(max_examples=300, deadline=None)
@given(query=QUERIES, match=st.sampled_from(["any", "all"]))
def test_queries_find_what_a_scan_finds(corpus: tuple[Index, Oracle], query: Query, match: Match) -> None:
    index, oracle = corpus
    typed = print_query(query)
    expected = Oracle(oracle.articles, match).ids(query)
    results = index.search(typed, match=match, strict=True, limit=200)
    assert {hit.id for hit in results} == expected, typed
    assert results.total.value == len(expected)
    assert {hit.id for hit in index.iterate(typed, match=match)} == expected


BOUNDS = st.none() | st.sampled_from(
    ["2016", "2017", "2017-02", "2017-03-15", "2017-06-30T12:00Z", "2017-06-30T00:30:00+02:00", "2019-06"]
)


@settings(max_examples=100, deadline=None)
@given(start=BOUNDS, end=BOUNDS, word=st.sampled_from(["", "bank", "NOT river"]))
def test_date_ranges_find_what_a_scan_finds(
    corpus: tuple[Index, Oracle], start: str | None, end: str | None, word: str
) -> None:
    index, oracle = corpus
    published = Range(start and since(start, TODAY), end and until(end, TODAY))  # type: ignore[arg-type]
    expected = oracle.ids(searchkit.query.parse(word, strict=True).query, published)
    try:
        found = {hit.id for hit in index.search(word, since=start, until=end, limit=200)}
    except InvalidDate:  # it ends before it starts
        found = set()
    assert found == expected
