"""Candidates of positional operators: every text that holds is among them, and few others are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit import Article, Index
from searchkit.engines import verify
from searchkit.plan import Verify
from searchkit.plan.positions import Form, wildcard_regex

FAR = "York lies a long way from anything that is new, as news go"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    articles = [Article(id=f"far{n}", body=FAR) for n in range(50)]
    articles += [
        Article(id="near", body="A new York"),
        Article(id="stem", body="Newer York"),
        Article(id="other", body="News, York says"),
    ]
    with searchkit.create(tmp_path / "x.idx") as made:
        made.add(articles)
        yield made


@pytest.mark.parametrize(
    ("query", "expected", "most"),
    [
        ("new* w/1 york", {"near", "stem", "other"}, 3),
        ("newe* w/1 york", {"stem"}, 3),
        ("(ne?s OR newe*) w/1 york", {"other", "stem"}, 3),
        ("new* w/255 york", {"near", "stem", "other", *(f"far{n}" for n in range(50))}, 53),
        ("zz* w/1 york", set(), 0),
        ("atleast3(new* w/1 york)", set(), 3),
        ("first/3(new* w/1 york)", {"near", "stem", "other"}, 3),
        ('"new* york"~1 w/9 york', set(), 53),
    ],
)
def test_few_texts_are_looked_at(
    index: Index, monkeypatch: pytest.MonkeyPatch, query: str, expected: set[str], most: int
) -> None:
    looked_at: list[str] = []
    holds = verify.Verifier.holds

    def counting(self: verify.Verifier, plan: Verify, article: Article) -> bool:
        looked_at.append(article.id)
        return holds(self, plan, article)

    monkeypatch.setattr(verify.Verifier, "holds", counting)
    results = index.search(query, limit=100)
    assert {hit.id for hit in results} == expected
    assert len(looked_at) <= most


@pytest.mark.parametrize(
    ("pattern", "beginning"),
    [("new*", "new"), ("w?m*n", "w"), ("*gate", ""), ("a.b*", "a.b"), ("c++?", "c++")],
)
def test_the_letters_that_every_form_begins_with(pattern: str, beginning: str) -> None:
    assert Form(wildcard_regex(pattern)).beginning == beginning
