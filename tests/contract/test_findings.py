"""Faults that were found once, each so that it fails if it comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from searchkit import Article, Author, Index, InvalidDate, InvalidRequest


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_go_on_inside_a_long_tie(index: Index, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.rank.order.MAX_TIE", 5)
    index.add(Article(id=f"{n:03}", body="same words", published=date(2020, 1, 1)) for n in range(60))
    pages = [index.search("words", sort=sort, limit=7, offset=at) for at in range(0, 60, 7)]
    ids = [hit.id for page in pages for hit in page]
    assert sorted(ids) == [f"{n:03}" for n in range(60)]
    if sort != "relevance":
        assert ids == sorted(ids)


def test_undated_articles_have_an_order_too(index: Index) -> None:
    index.add(Article(id=f"{n:03}", body="word") for n in reversed(range(50)))
    ids = [hit.id for at in range(0, 50, 8) for hit in index.search("", limit=8, offset=at)]
    assert ids == [f"{n:03}" for n in range(50)]


def test_a_caption_inside_other_words_is_found(index: Index) -> None:
    index.add([Article(id="a", body="The Iranian president", captions=("Iran",), pull_quotes=("is this",))])
    assert index.search("iran", strict=True).total.value == 1
    assert index.search('"is this"', strict=True).total.value == 1


def test_no_allowed_values_allow_nothing(index: Index) -> None:
    index.add([Article(id="a", body="dam", section="World")])
    assert index.search("dam", where={"section": []}).total.value == 0
    for wrong in (None, 3, [None], "\ud800"):
        with pytest.raises(InvalidRequest, match="section"):
            index.search("dam", where={"section": wrong})  # type: ignore[dict-item]


def test_papers_keep_their_names(index: Index) -> None:
    index.add(
        [
            Article(id="a", body="x", publication="Barron’s"),
            Article(id="b", body="x", publication="Women's Wear"),
        ]
    )
    assert index.stats()["publications"] == {"Barron’s": 1, "Women's Wear": 1}
    assert index.search("x", where={"publication": "barron's"}).total.value == 1
    assert index.search("publication:barron's", strict=True).total.value == 1


def test_extra_filters_and_facets(index: Index) -> None:
    index.add(Article(id=f"n{n}", body="x", extra={"serial": n}) for n in range(30))
    index.add(
        [Article(id="a", body="x", extra={"Agency": "AP"}), Article(id="b", body="x", extra={"agency": "AP"})]
    )
    assert index.search("x", where={"EXTRA.agency": "ap"}).total.value == 2
    (facet,) = index.search("x", facets=["extra.agency"]).facets["extra.agency"]
    assert (facet.value, facet.count) == ("AP", 2)


def test_the_end_of_time_leaves_out_the_undated(index: Index) -> None:
    index.add([Article(id="a", body="x", published=date(2020, 1, 1)), Article(id="b", body="x")])
    assert index.search("x", until="9999").total.value == 1
    assert index.search("x published:..9999", strict=True).total.value == 1


def test_dates_the_wrong_way_round_are_a_mistake(index: Index) -> None:
    with pytest.raises(InvalidDate, match="ends before it starts"):
        index.search("x", since="2018", until="2017")


def test_one_bad_record_never_stops_the_rest(index: Index) -> None:
    long_url = "https://x.example/" + "y" * 2000
    records: list[object] = [
        {"title": "good"}, {"title": "long", "url": long_url}, "text", None, 7, {"title": "x", "authors": {1: "A"}},
        {"title": "nan", "date": float("nan")},
    ]  # fmt: skip
    report = index.add(records)  # type: ignore[arg-type]
    assert report.read == len(records) == report.added + report.rejected
    assert report.added >= 3
    assert index.search("good").total.value == 1


def test_what_is_no_text_finds_nothing(index: Index) -> None:
    index.add([Article(id="a", body="x")])
    assert index.get("\ud800") is None
    assert index.delete("\ud800") == 0
    assert index.search("\ud800 x").total.value == 1


def test_a_headline_may_shout_not(index: Index) -> None:
    index.add([Article(id="a", headline="What NOT To Say"), Article(id="b", headline="Say what you may")])
    results = index.search("What NOT To Say")
    assert [hit.id for hit in results][:1] == ["a"] and "'To'" in results.warnings[0]
    assert [hit.id for hit in index.search("what NOT to say", strict=True)] == ["b"]
    assert [hit.id for hit in index.search("say NOT may")] == ["a"]


def test_very_long_prefixes(index: Index) -> None:
    index.add([Article(id="a", body="pre" * 600), Article(id="b", body="other", authors=(Author("A"),))])
    assert [hit.id for hit in index.search("pre" * 500 + "*", strict=True)] == ["a"]
    assert index.search("é" * 3000 + "*").total.value == 0


def test_many_articles_of_one_day(index: Index) -> None:
    start = date(2020, 1, 1)
    index.add(Article(id=f"{n:04}", body="x", published=start + timedelta(n // 100)) for n in range(300))
    assert [hit.id for hit in index.search("x", sort="newest", limit=3, offset=50)] == [
        "0250",
        "0251",
        "0252",
    ]
