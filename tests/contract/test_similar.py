"""The background of an article: what else was written about the same."""

from __future__ import annotations

from datetime import date

import pytest

from searchkit import Article, Index, InvalidRequest


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
