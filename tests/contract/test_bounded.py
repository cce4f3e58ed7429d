"""No article and no query makes a search hang: it ends in time, and says what it left aside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from searchkit import Article, Index, InvalidRequest, RankProfile, UnsupportedQuery, limits
from searchkit.clock import Deadline, time_zone
from searchkit.plan.positions import whole_form, wildcard_regex
from searchkit.profile import Feedback
from searchkit.query import parse
from searchkit.request import Request

SLOW = "(the OR a) w/s (of OR in) w/s (said OR say)"


@pytest.fixture
def filled(index: Index) -> Index:
    body = "The end of it, a man in town said. They say the end of a road in it. " * 4
    index.add(Article(id=str(number), headline=f"h{number}", body=body) for number in range(30))
    return index


def test_a_search_that_takes_too_long_gives_what_it_has(filled: Index) -> None:
    late = filled.search(SLOW, timeout=1e-9)
    assert late.partial and not late.total.exact and late.total.value == 0
    assert any("the time of 1e-09 s was over" in warning for warning in late.warnings)
    whole = filled.search(SLOW)
    assert not whole.partial and whole.total.exact and whole.total.value == 30
    assert filled.search(SLOW, timeout=None).total.value == 30
    assert sum(1 for _ in filled.iterate(SLOW)) == 30


def test_what_was_found_in_time_is_given(filled: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter(range(10_000))
    monkeypatch.setattr(Deadline, "is_over", property(lambda self: _met(self, next(asked) > 40)))
    late = filled.search(SLOW)
    assert late.partial and 0 < late.total.value < 30 and len(late) == min(late.total.value, 10)
    monkeypatch.undo()


def _met(deadline: Deadline, is_over: bool) -> bool:
    deadline.was_met = deadline.was_met or is_over
    return deadline.was_met


def test_what_needs_no_look_at_texts_is_whole_in_any_time(filled: Index) -> None:
    found = filled.search("man town", timeout=1e-9)
    assert not found.partial and found.total.value == 30 and found.total.exact


@pytest.fixture
def stuck(filled: Index, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """An index whose engine begins with every search, and ends none while the test runs."""
    end, snapshot = threading.Event(), type(filled.engine.snapshot())
    for name in ("search", "facet"):
        monkeypatch.setattr(snapshot, name, lambda *_, **__: end.wait())
    monkeypatch.setattr(snapshot, "is_quick", lambda *_, **__: False)
    yield filled
    end.set()


@pytest.mark.parametrize("query", ["*o*n*", "toun~1", '"of the end"', SLOW, '"a m*"', "NOT *o*n*"])
def test_an_engine_that_takes_too_long_is_left_alone(stuck: Index, query: str) -> None:
    for profile in ("news", RankProfile("f", feedback=Feedback()), RankProfile("h", half_life=30)):
        late = stuck.search(query, timeout=0.05, facets="publication", match="all", profile=profile)
        assert late.partial and (late.total.value, late.total.exact, len(late)) == (0, False, 0)
        assert any("the time of 0.05 s was over" in warning for warning in late.warnings)
        assert not late.suggestion and late.facets == {"publication": ()}


def test_searches_that_nobody_waits_for_do_not_pile_up(stuck: Index) -> None:
    before = threading.active_count()
    for _ in range(limits.SLOW_SEARCHES + 5):
        assert stuck.search("*o*n*", timeout=0.01, match="all").partial
    assert threading.active_count() <= before + limits.SLOW_SEARCHES


def test_what_takes_long_is_known_beforehand(filled: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.engines.tantivy.snapshot.A_SECOND", 25)
    search = [filled._search(Request(query=parse(q).query), None, Deadline(1)) for q in ("man", "*o*n*")]
    assert [each.snapshot.is_quick(each.plan, within=1.0) for each in search] == [True, False]


def test_names_and_facets_without_end(filled: Index) -> None:
    with pytest.raises(InvalidRequest, match="51 facets"):
        filled.search("man", facets=[f"extra.k{number}" for number in range(limits.FACETS + 1)])
    for query in (f"extra.{'k' * 5_000}:a*b", f"has:extra.{'k' * 5_000}"):
        with suppress(UnsupportedQuery):
            assert filled.search(query).total.value == 0


def test_what_goes_wrong_while_it_is_waited_for_is_raised() -> None:
    deadline = Deadline(60)
    with pytest.raises(InvalidRequest):
        deadline.wait_for(lambda: time_zone("nowhere"))
    assert deadline.wait_for(lambda: 3) == 3 and not deadline.was_met


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), "5", True])
def test_a_time_must_be_one(filled: Index, timeout: Any) -> None:
    with pytest.raises(InvalidRequest, match="timeout"):
        filled.search("man", timeout=timeout)


def test_a_text_in_which_a_query_is_everywhere_is_left_aside(
    filled: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SPANS", 10)
    found = filled.search("((the OR a OR of OR in) w/p (of OR in)) w/p said")
    assert not found.total.exact and found.total.value == 0 and found.warnings


def test_many_operators_upon_each_other_end_in_time(filled: Index) -> None:
    chain = " w/p ".join(["(the OR of OR a OR in OR it OR say)"] * 12)
    for query in (chain, "(" * 60 + "the w/5 of" + ") w/5 a" * 60, chain.replace("w/p", "w/255")):
        assert filled.search(query, timeout=0.5).query == query


def test_stars_do_not_multiply() -> None:
    matches = whole_form(wildcard_regex("*a*a*a*a?b"))
    assert not matches("a" * 50_000)
    assert matches("xaayaazb") and not matches("aaab") and not matches("xaayaazbb")
    assert whole_form("ab")("ab") and whole_form("a.*")("abc") and not whole_form("a.*c")("ab")


LONG = {
    "publication": "é" * 40_000,
    "section": "é" * 40_001 + "x",
    "authors": ["é" * 40_002],
    "tags": ["é" * 65_535, "t"],
    "extra": {"raw": "é" * 70_000, "k" * 70_000: "v"},
}


def test_values_that_are_too_long_to_compare_spoil_no_facet(index: Index) -> None:
    """Tantivy cuts a value behind 65,535 bytes and, where that is within a letter, panics at every facet."""
    article = {"id": "long", "body": "word", "edition": "late", **LONG}
    assert index.add([article, {"id": "short", "body": "word", "publication": "Paper"}]).added == 2
    names = ["publication", "section", "author", "tag", "extra.raw", "edition"]
    facets = index.search("word", facets=names).facets
    assert {name: sum(each.count for each in facets[name]) for name in names} == {
        "publication": 2,
        "section": 1,
        "author": 1,
        "tag": 2,
        "extra.raw": 1,
        "edition": 1,
    }
    assert [hit.id for hit in index.search("word", where={"section": LONG["section"]})] == ["long"]  # type: ignore[dict-item]
    found = index.get("long")
    assert found and found.publication == LONG["publication"] and found.extra == LONG["extra"]
