"""The engines: all find the same, and are used as they are meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from searchkit.article import Article, Author
from searchkit.benchmark.generated import MIDDLING, articles, vocabulary
from searchkit.benchmark.peers import ENGINES, Peer, Searcher, load
from searchkit.profile import BM25, NEWS

COUNT = 60
ODD = (
    Article(id="bare", headline="zyxomma"),
    Article(
        id="full", body="zyxomma again", authors=(Author("A", "P"), Author("B")), tags=("t",), captions=("c",)
    ),
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peers") / "corpus.jsonl"
    path.write_bytes(b"".join(article.to_json() + b"\n" for article in (*articles(COUNT), *ODD)))
    return path


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, corpus: Path) -> Iterator[Searcher]:
    try:
        (peer,) = load(request.param, [BM25])
    except ImportError as error:
        pytest.skip(str(error))
    folder = corpus.parent / peer.name.replace(":", "-")
    peer.index(corpus, folder)
    with closing(peer.open(folder)) as opened:
        yield opened


def having(corpus: Path, word: str) -> set[str]:
    """The ids of the articles that have a word as it stands."""
    rows = map(orjson.loads, corpus.read_bytes().splitlines())
    texts = ((row["id"], f"{row['headline']} {row.get('body', '')}") for row in rows if "headline" in row)
    return {identifier for identifier, text in texts if word in text.lower().replace(".", " ").split()}


def test_every_engine_finds_the_articles_of_a_word(searcher: Searcher, corpus: Path) -> None:
    words = [word for word in vocabulary()[MIDDLING][:400:40] if not word.endswith(("e", "i", "s", "y"))]
    assert len(words) > 4
    found = [having(corpus, word) for word in words]
    assert any(found)
    for word, expected in zip(words, found, strict=True):
        assert expected <= {*searcher.ids(word, COUNT)}, word
        if expected:
            assert len(searcher.ids(word, COUNT)) <= len(expected) + 3, "but for words of one stem"


def test_words_are_alternatives_and_the_best_come_first(searcher: Searcher, corpus: Path) -> None:
    assert {*searcher.ids("zyxomma", 10)} == {"bare", "full"}
    common = vocabulary()[MIDDLING][0]
    assert {*searcher.ids(f"zyxomma {common}", COUNT)} >= {"bare", "full"} | having(corpus, common)
    assert {*searcher.ids(f"zyxomma {common}", 2)} == {"bare", "full"}


def test_all_tasks_give_a_row_for_each_hit(searcher: Searcher) -> None:
    for limit in (1, 2):
        assert len(searcher.search("zyxomma", limit)) == limit
        assert len(searcher.fetch("zyxomma", limit)) == limit
        snippets = searcher.snippets("zyxomma", limit)
        assert snippets is None or len(snippets) == limit


def test_a_query_without_hits(searcher: Searcher) -> None:
    for query in ("qqqqqqqq", "the"):
        assert list(searcher.search(query, 10)) == list(searcher.fetch(query, 10)) == []
        assert not searcher.snippets(query, 10)


def test_searchkit_is_measured_once_for_each_profile() -> None:
    found: list[Peer] = load("searchkit", [NEWS, BM25])
    assert [peer.name for peer in found] == ["searchkit:news", "searchkit:bm25"]
    assert {peer.engine for peer in found} == {"searchkit"}


def test_an_engine_whose_package_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "bm25s", None)
    monkeypatch.delitem(__import__("sys").modules, "searchkit.benchmark.peers.bm25s", raising=False)
    with pytest.raises(ImportError, match="bm25s"):
        load("bm25s", [])
