"""The founding document: a newspaper page as a reader's export gives it, read as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import Article, Author, read

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


@pytest.fixture
def page() -> Article:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("the founding page is not part of the project")
    (article,) = read(files[0], name=files[0].name)
    assert isinstance(article, Article)
    return article


def test_the_page_is_read_as_a_person_would(page: Article) -> None:
    assert page.publication == "The Daily Telegraph"
    assert page.headline == "Russian forces to start pulling out of ‘liberated’ Syria"
    assert page.authors == (Author("Alec Luhn", "Moscow"), Author("Josie Ensor", "Beirut"))
    assert page.published is None
    paragraphs = page.paragraphs
    assert len(paragraphs) == 12
    assert paragraphs[0].startswith("VLADIMIR PUTIN yesterday announced")
    assert paragraphs[-2].endswith("further increasing its presence in the Middle East.")
    assert paragraphs[-1].startswith("A Pentagon spokesman") and paragraphs[-1].endswith("out of Syria.")
    assert [quote.strip("‘’") for quote in page.pull_quotes] == [
        "If the terrorists raise their head again, we will hit them with such strikes as they have never seen"
    ]
    assert page.captions == (
        "Vladimir Putin flies to Khmeimim air base in Syria, as a Russian jet fighter passes by",
    )
    assert "Newspapers" not in page.body and "??" not in page.body


def test_the_page_is_found(page: Article, tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([page])
        for query in (
            '"its presence in the Middle East"',
            '"rebel-held areas"',
            "al-Assad’s",
            "byline:Luhn",
            'byline:"Josie Ensor in Beirut"',
            "caption:Khmeimim",
            "withdraw*",
        ):
            results = index.search(query, strict=True)
            assert [hit.id for hit in results] == [page.id], query
        assert index.search("", since="1900").total.value == 0
        assert index.search('"never seen Vladimir"', strict=True).total.value == 0
        (hit,) = index.search('"presence in the Middle East"')
        (snippet,) = [each for each in hit.snippets if each.highlights]
        marked = [snippet.text[start:end] for start, end in snippet.highlights]
        assert marked == ["presence in the Middle East"]
