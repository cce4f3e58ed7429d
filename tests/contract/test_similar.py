"""The background of an article: what else was written about the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from msgspec.structs import replace

from searchkit import Article, Index, IndexDamaged, InvalidRequest, RankProfile
from searchkit.profile import BM25, NEWS


@pytest.fixture
def press(index: Index) -> Index:
    index.add(
        [
            Article(
                id="sunk",
                headline="Ferry sinks off Hallow",
                body="The ferry capsized.",
                published=date(2018, 1, 1),
            ),
            Article(
                id="trial",
                headline="Captain of ferry on trial",
                body="It capsized off Hallow.",
                section="Courts",
            ),
            Article(id="old", headline="A ferry for Hallow", published=date(2001, 5, 1), section="Local"),
            Article(id="dam", headline="The dam", body="Water, and the river."),
            *(Article(id=f"x{n}", body=f"Market prices rose {n} points and fell") for n in range(9)),
        ]
    )
    return index


def test_what_is_about_the_same_comes_without_the_article_itself(press: Index) -> None:
    results = press.similar("sunk")
    assert [hit.id for hit in results] == ["trial", "old"] and results.total.value == 2
    assert "capsized" in results.understood and results.query == results.understood
    assert results[0].snippets[0].highlights
    assert {hit.id for hit in press.search(results.understood, strict=True)} == {"sunk", "trial", "old"}


def test_it_can_be_narrowed_and_paged(press: Index) -> None:
    assert [hit.id for hit in press.similar("sunk", until="2001")] == ["old"]
    assert [hit.id for hit in press.similar("sunk", where={"section": "courts"})] == ["trial"]
    assert [hit.id for hit in press.similar("sunk", offset=1, limit=1)] == ["old"]


def test_any_text_will_do(press: Index) -> None:
    pasted = Article.from_dict({"body": "Whatever became of the capsized ferry?"})
    assert {hit.id for hit in press.similar(pasted)} == {"sunk", "trial", "old"}


def test_what_cannot_be_looked_for(press: Index) -> None:
    with pytest.raises(InvalidRequest, match="no article has the id 'nope'"):
        press.similar("nope")
    with pytest.raises(InvalidRequest, match="nothing in the article"):
        press.similar(Article(id="y", body="Unheard"))


def test_an_index_keeps_its_ranking(index: Index) -> None:
    assert index.profile.name == "news"
    index.profile = "bm25"
    index.add([Article(id="a", headline="ferry", body="dam")])
    assert len(index.search("ferry")[0].explanation) == 1
    assert len(index.search("ferry", profile="news")[0].explanation) == 2
    with pytest.raises(InvalidRequest, match="no profile"):
        index.profile = "nwes"
    assert index.profile.name == "bm25"


def test_one_other_article_is_enough_for_a_pasted_text(index: Index) -> None:
    index.add([Article(id="a", body="The Hallow dam burst"), Article(id="b", body="Prices fell")])
    assert [hit.id for hit in index.similar(Article.from_dict({"body": "Hallow dam in court"}))] == ["a"]


def test_a_minimum_is_not_for_the_words_of_an_article(press: Index) -> None:
    press.profile = replace(press.profile, minimum=1.0)
    assert {hit.id for hit in press.similar("sunk")} == {"trial", "old"}


@pytest.mark.parametrize(
    ("minimum", "expected"), [(0.0, "abc"), (0.34, "ab"), (0.67, "a"), (1.0, "a"), (0.01, "abc")]
)
def test_an_article_must_have_a_share_of_the_words(index: Index, minimum: float, expected: str) -> None:
    bodies = {"a": "ferry dam river", "b": "ferry dam", "c": "river"}
    index.add(Article(id=each, body=body) for each, body in bodies.items())
    for profile in (replace(NEWS, minimum=minimum), replace(BM25, minimum=minimum)):
        results = index.search("ferry the dam river", profile=profile)
        assert sorted(hit.id for hit in results) == [*expected]
        assert index.search("ferry", profile=profile).total.value == 2
        for hit in index.search("dam OR (ferry dam river)", profile=profile):
            assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-4)


def test_pairs_are_looked_for_where_words_are(index: Index) -> None:
    index.add(
        [Article(id="a", headline="Storm", body="the ferry inquiry began"), Article(id="b", headline="Ferry")]
    )
    only_headlines = RankProfile("h", (("headline", 1.0),))
    assert [hit.id for hit in index.search("ferry inquiry", profile=only_headlines)] == ["b"]


def test_many_threads_may_set_the_ranking(index: Index) -> None:
    def change(name: str) -> None:
        for _ in range(30):
            index.profile = name

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(change, name) for name in ("news", "bm25", "recent", "feedback")]:
            done.result()
    assert index.profile.name in ("news", "bm25", "recent", "feedback")


def test_a_broken_ranking_is_told_with_what_to_do(index: Index) -> None:
    for kept in (b"paris = 1", b"name = '\xff'", b"=["):
        index.engine.write_note("profile.toml", kept)
        with pytest.raises(IndexDamaged, match=r"profile\.toml") as caught:
            Index(index.engine).search("x")
        assert "--profile" in caught.value.hint
