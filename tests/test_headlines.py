"""Nobody's plain text gives a silent zero: every real headline, typed as it stands, finds its article."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

import searchkit
from searchkit import Article, read

DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("wikinews", 300),
        ("huffpost-sample", 1_000),
        pytest.param("huffpost-sample", 10_000, marks=pytest.mark.long),
    ],
)
def test_a_headline_finds_its_article(name: str, count: int, tmp_path: Path) -> None:
    file = DATA / f"{name}.jsonl"
    if not file.exists():
        pytest.skip("the real articles are not part of the project")
    articles = [each for each in islice(read(file, name=name), count) if isinstance(each, Article)]
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add(articles)
        for article in articles:
            for match in ("any", "all"):
                hits = index.search(article.headline, match=match, limit=50)
                assert article.headline in {hit.headline for hit in hits}, (
                    article.headline,
                    match,
                    hits.warnings,
                )
