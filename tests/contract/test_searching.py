"""What a search means, on every engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from searchkit import Article, Author, Index, InvalidRequest, Results

ARTICLES = [
    Article(
        id="syria",
        headline="Russian forces to start pulling out of ‘liberated’ Syria",
        body="VLADIMIR PUTIN announced Russia’s withdrawal.\n\nPresident Bashar al-Assad’s army in rebel-held areas.",
        authors=(Author("Alec Luhn", "Moscow"), Author("Josie Ensor", "Beirut")),
        publication="The Daily Courier",
        section="World",
        published=date(2017, 12, 12),
    ),
    Article(
        id="cafe",
        headline="A café in Zürich",
        body="Mr O’Brien of the U.S. embassy drank naïve coffee. Elections were far away.",
        captions=("The terrace of the café in spring",),
        publication="Gazette",
        published=datetime(2018, 1, 5, 18, 30, tzinfo=timezone.utc),
        tags=("coffee",),
        extra={"desk": "Style", "words": 12},
    ),
    Article(id="vote", headline="Election called", body="The election is in May. She was elected once.", published=date(2018, 5, 2)),
    Article(id="undated", headline="On elections", body="An essay about voting, undated. Us and them."),
]  # fmt: skip


@pytest.fixture
def filled(index: Index) -> Index:
    assert index.add(ARTICLES).added == len(ARTICLES)
    return index


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("putin", {"syria"}),
        ("PUTIN", {"syria"}),
        ("russia", {"syria"}),
        ("Russia's", {"syria"}),
        ("Russia’s", {"syria"}),
        ('"Russia withdrawal"', {"syria"}),
        ('"Russia’s withdrawal"', {"syria"}),
        ('"withdrawal Russia"', set()),
        ("al-assad", {"syria"}),
        ("al-Assad's", {"syria"}),
        ("al-Assad’s", {"syria"}),
        ("“al Assad”", {"syria"}),
        ("rebel-held", {"syria"}),
        ('"rebel held"', {"syria"}),
        ("O'Brien", {"cafe"}),
        ("O’Brien", {"cafe"}),
        ("o‘brien", {"cafe"}),
        ("U.S.", {"cafe"}),
        ("US", {"undated"}),
        ("cafe", {"cafe"}),
        ("café", {"cafe"}),
        ("cafe\u0301", {"cafe"}),
        ("zurich", {"cafe"}),
        ("naive", {"cafe"}),
        ("election", {"cafe", "vote", "undated"}),
        ("elections", {"cafe", "vote", "undated"}),
        ("elections*", {"cafe", "undated"}),
        ("elect*", {"cafe", "vote", "undated"}),
        ("elected*", {"vote"}),
        ("vot*", {"undated"}),
        ("putin AND russia", {"syria"}),
        ("putin AND coffee", set()),
        ("putin OR coffee", {"syria", "cafe"}),
        ("election NOT may", {"cafe", "undated"}),
        ("election -may", {"cafe", "undated"}),
        ("election AND NOT may", {"cafe", "undated"}),
        ("NOT election", {"syria"}),
        ("+election coffee", {"cafe", "vote", "undated"}),
        ("(putin OR coffee) AND embassy", {"cafe"}),
        ("headline:election", {"vote", "undated"}),
        ("headline:elections*", {"undated"}),
        ("title:syria", {"syria"}),
        ("headline:(cafe OR syria)", {"cafe", "syria"}),
        ("byline:luhn", {"syria"}),
        ('byline:"josie ensor"', {"syria"}),
        ("author:beirut", {"syria"}),
        ("publication:courier", {"syria"}),
        ('publication:"daily courier"', {"syria"}),
        ("section:world", {"syria"}),
        ("caption:terrace", {"cafe"}),
        ("tag:coffee", {"cafe"}),
        ("extra.desk:style", {"cafe"}),
        ("extra.words:12", {"cafe"}),
        ("published:2018", {"cafe", "vote"}),
        ("published:2017-12", {"syria"}),
        ("published:2017-12-12", {"syria"}),
        ("published:2017-12-01..2018-01-31", {"syria", "cafe"}),
        ("election published:2018", {"cafe", "vote"}),
        ("election OR published:2017", {"syria", "cafe", "vote", "undated"}),
        ("", {"syria", "cafe", "vote", "undated"}),
        ("*", {"syria", "cafe", "vote", "undated"}),
    ],
)
def test_a_query_finds(filled: Index, query: str, expected: set[str]) -> None:
    results = filled.search(query, strict=True)
    assert set(ids(results)) == expected
    assert results.total.value == len(expected) and results.total.exact


def test_no_phrase_crosses_the_parts_of_an_article(filled: Index) -> None:
    assert ids(filled.search('"Syria Vladimir"', strict=True)) == []
    assert ids(filled.search('"in Zürich Mr"', strict=True)) == []


def test_a_pull_quote_of_the_body_does_not_count_twice(index: Index) -> None:
    quote = "We will never forget this"
    plain = Article(id="plain", body=f"A speech. “{quote}”, he said. " + "Filler words here. " * 5)
    index.add([plain, Article(id="quoted", body=plain.body, pull_quotes=(f"‘{quote}’",))])
    scores = {hit.id: hit.score for hit in index.search("forget", strict=True)}
    assert scores["plain"] == scores["quoted"]


def test_a_word_in_the_headline_counts_more(index: Index) -> None:
    index.add([Article(id="body", headline="Other news", body="ferry story"), Article(id="head", headline="ferry story", body="Other news")])  # fmt: skip
    assert ids(index.search("ferry")) == ["head", "body"]


def test_any_word_or_all(filled: Index) -> None:
    assert set(ids(filled.search("putin coffee"))) == {"syria", "cafe"}
    assert ids(filled.search("putin coffee", match="all", strict=True)) == []
    assert ids(filled.search("coffee election", match="all")) == ["cafe"]


def test_all_words_that_find_nothing_are_relaxed_and_say_so(filled: Index) -> None:
    results = filled.search("putin coffee", match="all")
    assert set(ids(results)) == {"syria", "cafe"}
    assert "no article has all" in results.warnings[0]


def test_stop_words_count_in_phrases_only(filled: Index) -> None:
    assert ids(filled.search("the putin", strict=True)) == ["syria"]
    assert ids(filled.search('"in may"', strict=True)) == ["vote"]
    assert "vote" in ids(filled.search("the", strict=True))


def test_order_by_date_leaves_undated_last(filled: Index) -> None:
    assert ids(filled.search("", sort="newest")) == ["vote", "cafe", "syria", "undated"]
    assert ids(filled.search("", sort="oldest")) == ["syria", "cafe", "vote", "undated"]


def test_order_by_date_wants_all_words(filled: Index) -> None:
    assert ids(filled.search("coffee election", sort="newest", strict=True)) == ["cafe"]


def test_date_filters(filled: Index) -> None:
    assert set(ids(filled.search("", since="2018"))) == {"cafe", "vote"}
    assert ids(filled.search("", until="2017")) == ["syria"]
    assert ids(filled.search("", since=date(2018, 1, 1), until=date(2018, 1, 31))) == ["cafe"]
    assert ids(filled.search("", since="2018-01-05T18:00Z", until="2018-01-05T18:30Z")) == ["cafe"]
    assert ids(filled.search("", since="2018-01-05T18:31Z", until="2018-02")) == []


def test_filters_never_change_scores(filled: Index) -> None:
    plain = filled.search("coffee").hits[0].score
    filtered = filled.search("coffee", since="2018", where={"publication": "GAZETTE"}).hits[0].score
    assert plain == filtered > 0


def test_where(filled: Index) -> None:
    assert ids(filled.search("", where={"publication": "the daily courier"})) == ["syria"]
    assert set(ids(filled.search("", where={"publication": ["Gazette", "The Daily Courier"]}))) == {
        "syria",
        "cafe",
    }
    assert ids(filled.search("", where={"publication": "courier"})) == []
    assert ids(filled.search("", where={"author": "Josie Ensor"})) == ["syria"]
    assert ids(filled.search("", where={"extra.desk": "Style"})) == ["cafe"]
    with pytest.raises(InvalidRequest, match="publicaton") as caught:
        filled.search("", where={"publicaton": "Gazette"})
    assert "did you mean publication" in str(caught.value)


def test_facets(filled: Index) -> None:
    facets = filled.search("", facets=["publication", "extra.desk"]).facets
    assert [(facet.value, facet.count) for facet in facets["publication"]] == [
        ("Gazette", 1),
        ("The Daily Courier", 1),
    ]
    assert [(facet.value, facet.count) for facet in facets["extra.desk"]] == [("Style", 1)]


def test_windows(filled: Index) -> None:
    assert filled.search("", limit=0).total.value == 4
    assert ids(filled.search("", limit=0)) == []
    assert ids(filled.search("", offset=10)) == []
    for limit, offset in [(-1, 0), (0, -1), (10_001, 0), (1, 10_000), (10**20, 0)]:
        with pytest.raises(InvalidRequest):
            filled.search("", limit=limit, offset=offset)
    with pytest.raises(InvalidRequest, match="no order"):
        filled.search("", sort="random")


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_are_cut_from_one_order(index: Index, sort: str) -> None:
    start = date(2020, 1, 1)
    for run in range(3):  # several commits, so several segments
        index.add(
            Article(
                id=f"{n % 7}-{run}-{n:03}", body="tie", published=start + timedelta(n % 3) if n % 5 else None
            )
            for n in range(60)
        )
    whole = ids(index.search("tie", sort=sort, limit=180))
    assert len(set(whole)) == 180
    for size in (1, 7, 50):
        pages = [index.search("tie", sort=sort, limit=size, offset=at) for at in range(0, 180, size)]
        assert [hit for page in pages for hit in ids(page)] == whole
        assert [hit.rank for page in pages for hit in page] == list(range(1, 181))


def test_ties_go_to_the_newest_then_by_id(index: Index) -> None:
    days = {"b": 1, "a": 1, "c": 2}
    index.add(Article(id=key, body="same words", published=date(2020, 1, day)) for key, day in days.items())
    index.add([Article(id="d", body="same words")])
    assert ids(index.search("words")) == ["c", "a", "b", "d"]
    assert ids(index.search("", sort="newest")) == ["c", "a", "b", "d"]
    assert ids(index.search("", sort="oldest")) == ["a", "b", "c", "d"]


def test_iterate_walks_every_hit_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.search.PAGE", 7)
    index.add(Article(id=str(n), body="word " * (n % 4 + 1)) for n in range(50))
    found = [hit.id for hit in index.iterate("word")]
    assert sorted(found, key=int) == [str(n) for n in range(50)]
    assert [hit.id for hit in index.iterate("nothing")] == []


def test_a_search_keeps_its_snapshot(filled: Index) -> None:
    results = filled.search("putin")
    walk = filled.iterate("election")
    first = next(walk)
    filled.delete("syria", "cafe", "vote", "undated")
    assert results[0].headline.startswith("Russian forces")
    assert len({first.id, *(hit.id for hit in walk)}) == 3
    assert filled.search("putin").total.value == 0


def test_words_of_years_before_any_epoch(index: Index) -> None:
    index.add([Article(id="first", body="Relation", published=date(1605, 7, 1)), Article(id="late", body="Relation", published=date(9999, 12, 31))])  # fmt: skip
    assert ids(index.search("relation", until="1700")) == ["first"]
    assert ids(index.search("relation", since="9999-12-31")) == ["late"]
    assert ids(index.search("published:1605-07-01")) == ["first"]
    assert ids(index.search("", sort="oldest")) == ["first", "late"]
