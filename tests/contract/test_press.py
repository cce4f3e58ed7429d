"""The operators of the press: every engine finds what a plain scan finds, however they are nested."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit import Article, Author, Index, QueryError
from searchkit.query import (
    AtLeast,
    First,
    Fuzzy,
    Near,
    NotNear,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
    print_query,
)
from tests.contract.conftest import NewPlace
from tests.oracle import Oracle

GAPPED = ["ban* river", "the *gate", "r?n the b*k", "wom?n run*", "run* riv* bank", "*gate of the wom*"]
WORDS = "bank banks banking river rivers run runs the of gate wingate women woman".split()


def text(random_: random.Random, longest: int) -> str:
    """Words with full stops and blank lines between them; what begins a sentence has a capital."""
    words = random_.choices(WORDS, k=random_.randint(0, longest))
    ends = random_.choices([" ", ". ", ".\n\n"], weights=[8, 2, 1], k=len(words))
    joined = "".join(word + end for word, end in zip(words, ends, strict=True)).strip()
    return re.sub(r"(\.\s+|^)(\w)", lambda match: match[1] + match[2].upper(), joined)


def articles(seed: int, count: int) -> tuple[Article, ...]:
    random_ = random.Random(seed)
    return tuple(
        Article(
            id=f"a{number}",
            headline=text(random_, 5),
            standfirst=text(random_, 3),
            body=text(random_, 25) or "Filler",
            captions=tuple(filter(None, [text(random_, 4)])) if number % 3 == 0 else (),
            page=str(number % 5) if number % 2 else "",
        )
        for number in range(count)
    )


@pytest.fixture(scope="module", params=[1, 2])
def corpus(request: pytest.FixtureRequest, new_place: NewPlace) -> Iterator[tuple[Index, Oracle]]:
    found = articles(request.param, 80)
    with new_place() as where, searchkit.create(where) as index:
        index.add(found[:50])
        index.add(found[50:])
        yield index, Oracle(found)


def leaves(field: str | None) -> st.SearchStrategy[Query]:
    word, several = (
        st.sampled_from(WORDS),
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join),
    )
    here = st.just(field)
    return st.one_of(
        st.builds(Word, word, here),
        st.builds(Word, word, here),
        st.builds(Phrase, several, here),
        st.builds(Phrase, several, here, st.integers(1, 4)),
        st.builds(Phrase, st.sampled_from(GAPPED), here, st.integers(0, 3), st.just(False), st.just(True)),
        st.builds(Prefix, st.sampled_from(["ban", "riv", "r", "wo"]), here),
        st.builds(Wildcard, st.sampled_from(["wom?n", "*gate", "b*k", "r?n*", "?un"]), here),
        st.builds(
            Fuzzy,
            st.sampled_from(["bnak", "bank", "banked", "rivr", "runs", "womn", "gates"]),
            st.sampled_from([1, 2]),
            here,
        ),
    )


def operands(field: str | None) -> st.SearchStrategy[Query]:
    def parents(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        choices = st.lists(children, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            st.builds(Or, choices), st.builds(Near, children, children, DISTANCES, st.booleans())
        )

    return st.recursive(leaves(field), parents, max_leaves=4)


DISTANCES = st.sampled_from([1, 2, 3, 5, 8, "s", "p"])


def queries(field: str | None) -> st.SearchStrategy[Query]:
    operand = operands(field)
    return st.one_of(
        leaves(field),
        operand,
        st.builds(NotNear, operand, operand, DISTANCES),
        st.builds(AtLeast, st.integers(1, 4), operand),
        st.builds(AtLeast, st.integers(1, 3), st.builds(First, st.integers(1, 15), operand)),
        st.builds(First, st.integers(1, 15), operand),
    )


QUERIES = st.sampled_from([None, None, "headline", "caption"]).flatmap(queries)


@settings(max_examples=60, deadline=None)
@given(query=QUERIES)
def test_operators_find_what_a_scan_finds(corpus: tuple[Index, Oracle], query: Query) -> None:
    index, oracle = corpus
    typed = print_query(query)
    results = index.search(typed, strict=True, limit=200)
    assert {hit.id for hit in results} == oracle.ids(query), typed
    assert results.total.exact and results.total.value == len(results)
    for hit in results.hits[:3]:
        assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-4)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bank w/3 river", {"near", "far-headline"}),
        ("river pre/3 bank", {"far-headline"}),
        ("bank NOT w/3 river", {"far", "only"}),
        ("atleast3(bank)", {"only"}),
        ("first/2 bank", {"near", "only"}),
        ("bank w/s river", {"near", "far-headline"}),
        ("bank w/p river", {"near", "far", "far-headline"}),
        ("b?nk", {"near", "far", "only", "far-headline"}),
        ("*ver", {"near", "far", "far-headline"}),
        ("rivr~1", {"near", "far", "far-headline"}),
        ('"bank river"~2', {"near"}),
        ('"the riv*"', {"near", "far", "far-headline"}),
        ('"ban? of"', set()),
        ('"b?nk of th*"', {"near"}),
        ('"r*r and"~1', {"far-headline"}),
        ("atleast3(first/3(bank))", {"only"}),
        ("atleast2(first/2(bank))", {"only"}),
        ("exists:byline", set()),
        ("exists:headline", {"far-headline"}),
        ("words:>10", {"far"}),
        ("words:3..5 bank", {"near", "only"}),
        ("headline(river)", {"far-headline"}),
        ("lead(bank)", {"near", "far", "only", "far-headline"}),
        ("bank^3 OR river", {"near", "far", "only", "far-headline"}),
    ],
)
def test_an_operator_finds(index: Index, query: str, expected: set[str]) -> None:
    index.add(
        [
            Article(id="near", body="Bank of the river."),
            Article(id="far", body="At the bank. " + "Filler words here. " * 3 + "The river."),
            Article(id="only", body="Bank, bank, bank."),
            Article(id="far-headline", headline="The river and the bank", body="x"),
        ]
    )
    results = index.search(query, strict=True)
    assert {hit.id for hit in results} == expected


TEXTS: dict[str, dict[str, Any]] = {
    "headline": {"headline": "River"},
    "caption": {"captions": ("A bank.", "Another bank.")},
    "byline": {"authors": (Author("Jane Doe"), Author("A. Nother"))},
    "dateline": {"dateline": "BERLIN"},
    "publication": {"publication": "The Bank"},
    "edition": {"edition": "2"},
    "section": {"section": "News"},
    "page": {"page": "A7"},
    "language": {"language": "en"},
    "url": {"url": "https://nw.example/bank"},
    "tag": {"tags": ("river", "bank")},
}


def test_exists_tells_each_field(index: Index) -> None:
    having = [Article(id=name, body="x", **values) for name, values in TEXTS.items()]
    index.add([*having, Article(id="none", body="x")])
    assert {name: {hit.id for hit in index.search(f"exists:{name}", strict=True)} for name in TEXTS} == {
        name: {name} for name in TEXTS
    }
    for name in ("text", "lead"):
        assert index.search(f"exists:{name}", strict=True, limit=0).total.value == len(TEXTS) + 1


def test_a_fuzzy_word_finds_at_least_what_the_word_finds(index: Index) -> None:
    bodies = {"a": "The ferries sank.", "b": "A fery sank.", "c": "Two boats sank.", "d": "Al-Asads left."}
    index.add(Article(id=name, body=body) for name, body in bodies.items())
    for query, expected in (
        ("ferry~1", {"a", "b"}),
        ("text:ferry~", {"a", "b"}),
        ("ferry~1 w/1 sank", {"a", "b"}),
        ("first/2(ferry~1)", {"a", "b"}),
        ("boat~1 NOT w/1 ferry", {"c"}),
        ("al-Asad~1", {"d"}),
    ):
        assert {hit.id for hit in index.search(query, strict=True)} == expected, query
    (hit, *_) = index.search("ferry~1")
    assert [snippet.text[slice(*span)] for snippet in hit.snippets for span in snippet.highlights] == [
        "ferries"
    ]


def test_a_phrase_of_an_extra_value_may_have_signs(index: Index) -> None:
    index.add([Article(id="a", body="x", extra={"desk": "World news"})])
    for query in ('extra.desk:"World news"', 'extra.desk:"World n*"', 'extra.desk:"w?rld news"'):
        assert [hit.id for hit in index.search(query, strict=True)] == ["a"]
    assert not index.search('extra.desk:"W* sport"', strict=True)


def test_dates_are_read_by_the_clock_of_the_index(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.index.today", lambda _zone: date(2016, 5, 1))
    assert not index.search("published:today..2017", strict=True)
    assert list(index.iterate("published:today..2017")) == []
    monkeypatch.setattr("searchkit.index.today", lambda _zone: date(2018, 5, 1))
    with pytest.raises(QueryError, match="ends before it starts"):
        index.search("published:today..2017", strict=True)
    with pytest.raises(QueryError, match="ends before it starts"):
        index.iterate("published:today..2017")


def test_beyond_the_budget_the_count_is_a_bound(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.add(Article(id=str(n), body="Bank. River. Bank of the river.") for n in range(30))
    assert index.search("bank w/s river").total.exact
    monkeypatch.setattr("searchkit.search.BUDGET", 10)
    for query in ("bank w/s river", "bank NOT w/1 gate AND atleast3(river OR bank)"):
        total = index.search(query).total
        assert (total.value, total.exact) == (10, False) or total.exact
    bounded = index.search("bank w/s river")
    assert not bounded.total.exact and "at least" in str(bounded.total)
    assert any("10" in warning for warning in bounded.warnings)
    assert index.search("bank NOT (bank w/s river)").total.value == 0
    assert len(list(index.iterate("bank w/s river"))) == 30


def test_in_order_of_date_the_first_candidates_are_looked_at(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Bank. River. " + "bank river " * 9
    days = [date(2001, 1, day) for day in range(1, 31)]
    index.add(Article(id=f"{day:%d}", body=long[: 40 + day.day * 3], published=day) for day in days)
    monkeypatch.setattr("searchkit.search.BUDGET", 5)
    newest = index.search("bank w/s river", sort="newest", limit=2)
    oldest = index.search("bank w/s river", sort="oldest", limit=2)
    assert [hit.id for hit in newest] == ["30", "29"] and [hit.id for hit in oldest] == ["01", "02"]
    assert "5 newest candidates" in newest.warnings[0] and "5 oldest" in oldest.warnings[0]


def test_pieces_of_words_with_signs_are_no_unknown_words(index: Index) -> None:
    index.add([Article(id="a", body="The world bank said"), Article(id="b", body="The sword")])
    for query in ('"world b?nk"', '"w?rld b?nk"', '"*rld bank"'):
        assert not any("the word" in warning for warning in index.search(query).warnings), query
    assert not index.search("wrld(bank) wrld!").suggestion and index.search("wrld").suggestion
    assert index.search('"wrold b?nk"').suggestion == '"world b?nk"'


def test_did_you_mean(index: Index) -> None:
    index.add(Article(id=str(n), body="Parliament voted on the ferry.") for n in range(30))
    results = index.search("parlaiment ferrry vote NOT bogus")
    assert results.suggestion == "parliament ferry vote NOT bogus"
    assert index.search("ferry").suggestion == ""
    assert index.search("zzzzzzz").suggestion == ""
    assert index.search("").suggestion == ""


def test_explanations_sum_up_to_the_score(index: Index) -> None:
    index.add(
        [
            Article(id="a", headline="Ferry inquiry", body="The ferry sank. Ferries do."),
            Article(id="b", body="x"),
        ]
    )
    (hit,) = index.search('ferry^2 "ferry inquiry" sank since:2000 OR ferry')
    assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-5)
    assert {part.field for part in hit.explanation} == {"text", "headline"}


def test_open_words_are_explained_by_the_words_they_stand_for(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (
        ["withdrew"] * 4
        + ["withdrawal"] * 3
        + ["withdraws"] * 2
        + ["withdrawn", "withdrawing", "withdrawer", "with"]
    )
    index.add(Article(id=str(n), headline="gate" if n < 2 else "", body=word) for n, word in enumerate(words))
    (found,) = index.search("Withdr* w/3 x OR withdr*").open_words
    assert (found.typed, found.count, found.exact) == ("withdr*", 6, True)
    assert found.words[:3] == (("withdrew", 4), ("withdrawal", 3), ("withdraws", 2)) and len(found.words) == 5
    query = 'headline:*ate OR "a withdrawe*" OR wiht~1 OR NOT w?th'
    explained = {each.typed: (dict(each.words), each.count) for each in index.search(query).open_words}
    assert explained == {
        "headline:*ate": ({"gate": 2}, 1),
        "withdrawe*": ({"withdrawer": 1}, 1),
        "wiht~1": ({"with": 1}, 1),
        "w?th": ({"with": 1}, 1),
    }
    assert index.search("ferry extra.desk:a*").open_words == ()
    monkeypatch.setattr("searchkit.explain.EXPLAINED", 3)
    (bounded,) = index.search("w*").open_words
    assert (bounded.count, bounded.exact) == (3, False)


def test_nothing_is_explained_unasked(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("asked for")

    monkeypatch.setattr("searchkit.search.show", refuse)
    monkeypatch.setattr("searchkit.search.open_words", refuse)
    index.add([Article(id="a", body="ferry")])
    results = index.search("ferr*")
    assert results.total.value == 1 and [hit.snippets for hit in results]
    with pytest.raises(AssertionError, match="asked for"):
        assert results.plan
