"""The telling words of articles, and what ranks by them: feedback and the background of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

import pytest
from msgspec.structs import replace

import searchkit
from searchkit import Article, Index
from searchkit.plan import Bool, Boost, Nothing, Term
from searchkit.profile import FEEDBACK, NEWS, Feedback
from searchkit.query import Boosted, Row, Word
from searchkit.rank.feedback import expanded
from searchkit.rank.similar import like
from searchkit.rank.telling import telling

HALF = replace(FEEDBACK, feedback=Feedback(mass=0.5))


@dataclass(frozen=True)
class Fake:
    """An index of a hundred articles."""

    known: dict[str, int]

    def size(self) -> int:
        return 100

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        assert field == "text"
        return {term: self.known[term] for term in terms if term in self.known}


def test_weights_are_share_times_frequency_times_rarity() -> None:
    dam = Article(id="a", headline="Dam", body="The dam and the valley")
    sea = Article(id="b", headline="Sea", body="The valley")
    index = Fake({"dam": 10, "valley": 2, "sea": 1, "and": 5})
    found = dict(telling([(dam, 0.75), (sea, 0.25)], index, "en", most=9))
    assert found == pytest.approx({"valley": log(101 / 2), "dam": 1.5 * log(101 / 10)}) and [*found] == [
        "valley",
        "dam",
    ]
    assert [term for term, _ in telling([(dam, 0.5), (sea, 0.5)], index, "en", most=9, agreeing=2)] == [
        "valley"
    ]
    assert [term for term, _ in telling([(dam, 1.0)], index, "en", most=1)] == ["dam"]


def test_only_the_lead_tells() -> None:
    long = Article(id="a", body="dam " * 100 + "valley")
    assert [term for term, _ in telling([(long, 1.0)], Fake({"dam": 9, "valley": 9}), "en", most=9)] == [
        "dam"
    ]


def test_added_words_have_their_mass_of_the_whole() -> None:
    words = tuple(Term("text", word) for word in ("dam", "cost"))
    plan = Bool(should=(*words, *(Boost(Term("headline", word.term), 0.3) for word in words)))
    best = [(Article(id=each, body="valley sea"), score) for each, score in (("a", 4.0), ("b", 2.0))]
    found = expanded(plan, best, Fake({"valley": 5, "sea": 5}), "en", HALF)
    assert isinstance(found, Bool) and found.must == (plan,)
    assert {each.child: each.factor for each in found.should if isinstance(each, Boost)} == {
        Term("text", "valley"): pytest.approx(1.0),
        Term("text", "sea"): pytest.approx(1.0),
    }
    assert expanded(plan, best[:1], Fake({"valley": 5}), "en", FEEDBACK) == plan
    assert expanded(Nothing(), [], Fake({}), "en", FEEDBACK) == Nothing()


def test_an_article_as_a_query() -> None:
    article = Article(id="a", headline="Dams", body="The dam: dams, and the valleys")
    assert like(article, Fake({"dam": 10, "valley": 10}), "en", inside=True) == Row(
        (Boosted(Word("dams"), 1.0), Boosted(Word("valleys"), 0.333))
    )
    assert like(article, Fake({"dam": 10, "valley": 1}), "en", inside=True) == Boosted(Word("dams"), 1.0)
    assert like(article, Fake({}), "en", inside=True) is None
    assert like(article, Fake({"dam": 1}), "en", inside=False) == Boosted(Word("dams"), 1.0)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    filler = [Article(id=f"x{n}", body=f"Market prices rose {n}") for n in range(20)]
    with searchkit.create(tmp_path / "x.idx") as made:
        made.add(
            [
                Article(
                    id="a", headline="Ferry sinks", body="The ferry capsized off Hallow, the coastguard said"
                ),
                Article(id="b", headline="Ferry lost", body="A ferry capsized; the coastguard searched"),
                Article(id="c", body="Once the ferry was painted green, then blue"),
                Article(id="d", body="The ferry: a capsized hull, the coastguard came late"),
                Article(id="e", body="A trawler capsized, the coastguard said"),
                *filler,
            ]
        )
        yield made


def test_feedback_changes_the_order_and_not_what_matches(index: Index) -> None:
    plain = index.search("ferry", profile=NEWS)
    fed = index.search("ferry", profile=FEEDBACK)
    assert {hit.id for hit in fed} == {hit.id for hit in plain} == {"a", "b", "c", "d"}
    assert fed.total == plain.total
    order = [hit.id for hit in plain], [hit.id for hit in fed]
    assert order[0].index("c") < order[0].index("d") and order[1].index("d") < order[1].index("c")
    for hit in fed:
        assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-4)


def test_the_better_a_hit_the_more_its_words_weigh() -> None:
    best = [
        (Article(id=each, body=body), score)
        for each, body, score in (("a", "sea sea", 4.0), ("b", "sea", 2.0))
    ]
    found = []
    for power in (0.0, 6.0):
        profile = replace(FEEDBACK, feedback=Feedback(power=power, agreeing=1))
        best[1] = (Article(id="b", body="sea valley"), 2.0)
        plan = expanded(Term("text", "dam"), best, Fake({"valley": 5, "sea": 5}), "en", profile)
        assert isinstance(plan, Bool)
        weights = {each.child: each.factor for each in plan.should if isinstance(each, Boost)}
        found.append(weights[Term("text", "sea")] / weights[Term("text", "valley")])
    assert found == pytest.approx([3.0, 2 * 2**6 + 1])


def test_what_words_weigh_counts_for_feedback(index: Index) -> None:
    share = []
    for query in ("ferry", "ferry^20"):
        hit = index.search(query, profile=FEEDBACK)[0]
        added = sum(part.score for part in hit.explanation if part.reason == "feedback")
        share.append(added / hit.score)
    assert share[0] == pytest.approx(share[1], rel=0.2) and share[0] > 0.05
