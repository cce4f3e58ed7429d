"""Word pairs: which there are, and what they weigh."""

from __future__ import annotations

from math import log, sqrt

import pytest
from msgspec.structs import replace

from searchkit.plan import Bool, Boost, Close, Term, walk
from searchkit.plan.lower import Lowering
from searchkit.plan.pairs import pairs
from searchkit.profile import BM25, NEWS, RankProfile
from searchkit.query import parse
from searchkit.request import Match
from tests.rank.test_telling import Fake

RARE = {"dam": 10, "cost": 20, "river": 5}


def closes(text: str, profile: RankProfile = NEWS, match: Match = "any") -> list[tuple[str, str]]:
    lowering = Lowering(counts=Fake(RARE), profile=profile, match=match)
    plan = lowering.query(parse(text).query)
    return [(node.first, node.second) for node in walk(plan) if isinstance(node, Close)]


def test_neighbours_are_pairs() -> None:
    assert closes("dam cost river") == [("dam", "cost"), ("cost", "river")]
    assert closes("dam cost", match="all") == [("dam", "cost")]
    assert closes("cost of the dam") == [("cost", "dam")]
    for apart in (
        'dam "cost" river',
        "dam unknown cost",
        "dam dams",
        "dam headline:cost",
        "dam AND cost",
        "dam",
    ):
        assert closes(apart) == [], apart
    assert closes("dam cost", profile=BM25) == []


def test_a_pair_weighs_by_the_root_of_its_rarity() -> None:
    [found] = pairs(["dam", "cost"], NEWS, Fake(RARE))
    idf = [log(1 + (100 - count + 0.5) / (count + 0.5)) for count in (10, 20)]
    assert isinstance(found, Boost)
    assert found.child == Close("text", "dam", "cost", NEWS.pair_distance, ordered=False)
    assert found.factor == pytest.approx(0.15 * sqrt(10 / sum(idf)))


def test_a_costly_pair_counts_only_beside_the_rarest_word() -> None:
    bounded = replace(NEWS, pair_floor=8, pair_articles=0.0)
    found = [
        each.child for each in pairs(["dam", "cost", "river"], bounded, Fake(RARE)) if isinstance(each, Boost)
    ]
    assert found == [
        Bool(must=(Close("text", "dam", "cost", 3, False),), filters=(Term("text", "river"),)),
        Close("text", "cost", "river", 3, False),
    ]
    assert [*pairs(["dam", "cost"], bounded, Fake(RARE))] == []
