"""The engines: all find the same, and are used as they are meant to be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from searchkit.article import Article, Author
from searchkit.benchmark.generated import MIDDLING, articles, vocabulary
from searchkit.benchmark.peers import ENGINES, INSTALL, OWN, Afar, Peer, Searcher, load
from searchkit.benchmark.peers.tantivy import document as bare_document
from searchkit.benchmark.question import Question, question
from searchkit.document import document
from searchkit.engines.tantivy.rows import encode
from searchkit.errors import SearchkitError
from searchkit.profile import BM25, NEWS

COUNT = 60
ODD = (
    Article(id="bare", headline="zyxomma"),
    Article(
        id="full",
        body="zyxomma quagga",
        authors=(Author("A", "P"), Author("B")),
        tags=("t",),
        captions=("c",),
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


def asked(text: str) -> Question:
    found = question(text)
    assert found
    return found


PLAIN = [word for word in vocabulary()[MIDDLING][:400:40] if not word.endswith(("e", "i", "s", "y"))]
"""Words without an ending that a stemmer takes."""


def test_every_engine_finds_the_articles_of_a_word(searcher: Searcher, corpus: Path) -> None:
    assert len(PLAIN) > 4
    found = [having(corpus, word) for word in PLAIN]
    assert any(found)
    for word, expected in zip(PLAIN, found, strict=True):
        ids = searcher.ids(asked(word), COUNT)
        assert expected <= {*ids}, word
        if expected:
            assert len(ids) <= len(expected) + 3, "but for words of one stem"


def test_words_are_alternatives_and_the_best_come_first(searcher: Searcher, corpus: Path) -> None:
    assert {*searcher.ids(asked("zyxomma"), 10)} == {"bare", "full"}
    common = vocabulary()[MIDDLING][0]
    either = asked(f"zyxomma {common}")
    assert {*searcher.ids(either, COUNT)} >= {"bare", "full"} | having(corpus, common)
    assert {*searcher.ids(either, 2)} == {"bare", "full"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+zyxomma +quagga", ["full"]),
        ('"zyxomma quagga"', ["full"]),
        ('"quagga zyxomma"', []),
        ("quagga +zyxomma", ["full", "bare"]),
        ("+zyxomma -quagga", ["bare"]),
        ('zyxomma -"zyxomma quagga"', ["bare"]),
        ('+"zyxomma quagga" +zyxomma', ["full"]),
    ],
)
def test_signs_and_phrases_mean_the_same_to_all(searcher: Searcher, text: str, expected: list[str]) -> None:
    if searcher.search(asked(text), 10) is not None:
        assert searcher.ids(asked(text), 10) == expected
    else:
        assert searcher.fetch(asked(text), 10) is None and searcher.snippets(asked(text), 10) is None
        assert type(searcher).__name__ == "Bm25sSearcher", "no other engine lacks them"


def test_the_floor_finds_what_searchkit_finds(corpus: Path) -> None:
    """It is no floor if it does less."""
    own, floor = (load(name, [BM25])[0] for name in (OWN, "tantivy"))
    for peer in (own, floor):
        peer.index(corpus, corpus.parent / f"whole-{peer.engine}")
    common = vocabulary()[MIDDLING]
    texts = [
        f"{sign[0]}{one} {sign[1]}{other}"
        for one, other in zip(common[::60], common[7::60], strict=False)
        for sign in (("", ""), ("+", "+"), ("", "+"), ("+", "-"))
    ]
    phrases = [f'"{" ".join(text.split()[3:5])}"' for text in _bodies(corpus)]
    opened = [peer.open(corpus.parent / f"whole-{peer.engine}") for peer in (own, floor)]
    with closing(opened[0]), closing(opened[1]):
        for text in [*texts, *phrases]:
            ids, bare = ({*searcher.ids(asked(text), COUNT + 2)} for searcher in opened)
            assert ids == bare, text
            assert ids or text in texts


def test_the_floor_fills_the_fields_that_searchkit_fills() -> None:
    values = {
        "id": "a",
        "headline": "Ferry",
        "standfirst": "Late",
        "authors": ["A"],
        "dateline": "PORT",
        "body": "One ferry.",
        "captions": ["The quay"],
        "publication": "Paper",
        "edition": "Late",
        "section": "News",
        "page": "12",
        "published": "2017-12-11",
        "language": "en",
        "url": "https://x.org/1",
        "tags": ["sea"],
        "extra": {"desk": "foreign", "wire": ["a", "b"]},
    }
    article = Article.from_dict(values)
    own = orjson.loads(encode(document(article)))
    bare = orjson.loads(bare_document(article.to_json()))
    assert {*own} - {*bare} == {"digest"} and {*bare} <= {*own}
    whole = ("day", "published", "words", "page_number", "extra_is", "author_is", "article")
    assert [bare[name] for name in whole] == [own[name] for name in whole]
    for name in ("text", "lead", "headline", "caption", "byline", "tag", "url", "publication_is"):
        parts = [part for part in own[name] if isinstance(part, str)]
        shown = bare[name] if isinstance(bare[name], list) else [bare[name]]
        assert " ".join(shown).split() == " ".join(parts).split(), name


def _bodies(corpus: Path) -> list[str]:
    return [
        body for row in map(orjson.loads, corpus.read_bytes().splitlines()[:30]) if (body := row.get("body"))
    ]


def test_all_tasks_give_a_row_for_each_hit(searcher: Searcher) -> None:
    for limit in (1, 2):
        assert len(searcher.search(asked("zyxomma"), limit) or ()) == limit
        assert len(searcher.fetch(asked("zyxomma"), limit) or ()) == limit
        snippets = searcher.snippets(asked("zyxomma"), limit)
        assert snippets is None or len(snippets) == limit


def test_a_query_without_hits(searcher: Searcher) -> None:
    for query in (asked("qqqqqqqq"), asked("the")):
        assert list(searcher.search(query, 10) or ()) == list(searcher.fetch(query, 10) or ()) == []
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


def test_lucene_needs_its_jars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_LUCENE", str(tmp_path))
    with pytest.raises(ImportError, match="SEARCHKIT_LUCENE"):
        load("lucene", [])
    (tmp_path / "lucene-core-9.1.0.jar").write_bytes(b"")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ImportError, match="no java"):
        load("lucene", [])


def test_a_stranger_comes_with_what_to_install() -> None:
    assert {*INSTALL} == {*ENGINES} - {OWN, "tantivy", "fts5"}


JAVA = """#!{python}
# Speaks as Lucene.java does, of a Lucene that finds the documents 7 and 8 and takes a second for everything.
import sys

for line in sys.stdin:
    task, *parts = line.rstrip("\\n").split("\\t")
    if task == "index":
        assert all(row.count("\\t") == 4 for row in iter(sys.stdin.readline, "\\n"))
    if task == "search" and parts == ["9", "", "", ""]:
        raise SystemExit("nothing to look for")
    found = {{"search": "7\\t8", "fetch": "a\\x1fb\\tc\\x1fd", "snippets": "\\t<b>x</b>"}}.get(task, "")
    print(f"1000000000\\t{{found}}", flush=True)
"""


def test_lucene_is_asked_line_by_line(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "java").write_text(JAVA.format(python=sys.executable), "utf-8")
    (tmp_path / "java").chmod(0o755)
    (tmp_path / "lucene-core-9.1.0.jar").write_bytes(b"")
    monkeypatch.setenv("SEARCHKIT_LUCENE", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    (peer,) = load("lucene", [])
    assert (peer.version, peer.index(corpus, tmp_path / "index")) == ("9.1.0", 1.0)
    with closing(peer.open(tmp_path / "index")) as searcher:
        query = asked('ferry +"bow door" -dam')
        assert searcher.search(query, 2) == ["7", "8"] and searcher.ids(query, 2) == ["a", "c"]
        assert isinstance(searcher, Afar) and searcher.took == 1.0
        assert searcher.snippets(query, 2) == ["", "<b>x</b>"]
    with pytest.raises(SearchkitError, match="Lucene's program has failed"):
        peer.open(tmp_path / "index").search(Question(), 9)
