"""A cluster knows the same words as the embedded engine: the same terms, at the same places, as often."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pytest

import searchkit
from searchkit import Article
from searchkit.analysis import LANGUAGES, analyzer
from searchkit.document import document
from searchkit.engines.opensearch.tables import GAP, GAP_WORD, encode, term_of
from searchkit.readers import read
from tests.opensearch.conftest import Ask, name_of

pytestmark = pytest.mark.opensearch

ROOT = Path(__file__).parents[2]
ODD = (
    "Russia’s U.S. al-Assad O’Brien re-election café CAFE\u0301 naïve ﬁre Straße İstanbul ŒUVRE ½ Ⅻ ² "
    "don't rock'n'roll 1,000.50 a_b x\u200by soft\u00adhyphen 東京 สวัสดี हिन्दी ру́сский Ёлка Ωμέγα "
    "\U0001d4d0\U0001d4d1 \U00020000 é́é́ 🚢 " + "long" * 100 + " " + "é" * 130
)


def sample() -> list[Article]:
    pages = sorted((ROOT / "corpora").rglob("*.txt"))
    found = [
        each for page in pages for each in islice(read(page, name=page.name, reading=searchkit.Reading()), 20)
    ]
    return [each for each in found if isinstance(each, Article)] + [Article(id="odd", headline=ODD, body=ODD)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_and_their_places(language: str, ask: Ask, index_of_all: str) -> None:
    """What the cluster makes of a text's terms are these terms, parts 256 positions apart."""
    text = " ".join(article.body for article in sample())
    for name in ("text", "headline"):
        row = orjson.loads(encode(document(Article(id="x", headline=ODD, body=text)), language))
        analyse = analyzer("stemmed", language)
        parts = [ODD, text] if name == "text" else [ODD]
        expected: list[tuple[str, int]] = []
        for part in parts:
            start = expected[-1][1] + 1 + GAP if expected else 0
            terms = [GAP_WORD, *map(term_of, analyse.terms(part))]
            expected += [(term, start + at) for at, term in enumerate(terms)]
        found = _analysed(ask, index_of_all, name, row[name])
        assert found == expected


def _analysed(ask: Ask, name: str, field: str, texts: list[str]) -> list[tuple[str, int]]:
    tokens: list[dict[str, Any]] = ask("POST", f"/{name}/_analyze", {"field": field, "text": texts})["tokens"]
    return [(token["token"], token["position"]) for token in tokens]


@pytest.fixture(scope="module")
def index_of_all(hosts: str) -> Iterator[str]:
    from tests.opensearch.places import place

    with place(hosts, "?replicas=0") as where, searchkit.create(where):
        yield name_of(where)


def test_the_vocabulary_and_its_counts(where: str, tmp_path: Path) -> None:
    articles = sample()
    with searchkit.create(tmp_path / "x.idx") as own, searchkit.create(where) as other:
        for index in (own, other):
            index.add(articles)
        here, there = own.engine.snapshot(), other.engine.snapshot()
        for field in ("text_forms", "headline_forms", "byline", "section"):
            forms = {form: count for form, count in here.vocabulary(field, "") if form != GAP_WORD}
            assert dict(there.vocabulary(field, "")) == forms
            assert there.frequencies(field, forms) == forms
        stems = {term for article in articles for term in analyzer("stemmed").terms(article.body)}
        assert there.frequencies("text", stems) == here.frequencies("text", stems)
        assert there.size() == here.size()


def test_scores_are_the_same(where: str, tmp_path: Path) -> None:
    queries = [
        "ferry inquiry",
        '"bow door"',
        "captain w/5 owners",
        "elect* OR inqury~1",
        "dam report^3 NOT x",
    ]
    with searchkit.create(tmp_path / "x.idx") as own, searchkit.create(where) as other:
        for index in (own, other):
            index.add(sample())
        for query in queries:
            scores = {hit.id: hit.score for hit in own.search(query, limit=100)}
            assert scores
            assert {hit.id: hit.score for hit in other.search(query, limit=100)} == pytest.approx(
                scores, rel=1e-4
            )


def test_every_field_is_kept_apart_from_the_article(where: str, ask: Ask) -> None:
    """The article is stored once; what is searched is not stored beside it."""
    with searchkit.create(where) as index:
        index.add([Article(id="a", headline="Ferry", body="The inquiry.")])
        (hit,) = ask("GET", f"/{name_of(where)}/_search")["hits"]["hits"]
        assert list(hit["_source"]) == ["article"]
        assert orjson.loads(hit["_source"]["article"])["id"] == "a"
