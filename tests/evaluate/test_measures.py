"""Measures are those of ir-measures, and count as trec_eval does."""

from __future__ import annotations

import sys
from math import log2

import pytest

from searchkit.errors import InvalidRequest, SearchkitError
from searchkit.evaluate.compare import evaluate
from searchkit.evaluate.measures import DEFAULTS, measured, parse_measures
from searchkit.evaluate.qrels import Qrels
from searchkit.evaluate.runs import Run, falling

QRELS: Qrels = {"1": {"a": 2, "b": 1, "c": 0}, "2": {"d": 1}, "3": {"e": 0}}
RUN: Run = {"1": {"b": 3.0, "x": 2.0, "a": 1.0}, "2": {"x": 1.0}, "9": {"a": 1.0}}


def test_the_default_measures_by_hand() -> None:
    pytest.importorskip("ir_measures")
    found = measured(RUN, QRELS, parse_measures(DEFAULTS))
    ndcg = (1 + 2 / log2(4)) / (2 + 1 / log2(3))
    assert found.per_query["nDCG@10"] == pytest.approx({"1": ndcg, "2": 0, "3": 0})
    assert found.per_query["AP"] == pytest.approx({"1": (1 + 2 / 3) / 2, "2": 0, "3": 0})
    assert found.per_query["R@100"] == pytest.approx({"1": 1, "2": 0, "3": 0})
    assert found.per_query["RR"] == pytest.approx({"1": 1, "2": 0, "3": 0})
    assert found.means["RR"] == pytest.approx(1 / 3)


def test_ties_are_measured_in_the_order_that_a_reader_sees() -> None:
    pytest.importorskip("ir_measures")
    (measure,) = parse_measures(["RR"])
    qrels = {"1": {"b": 1}}
    assert measured({"1": falling([("b", 1.0), ("z", 1.0)])}, qrels, [measure]).means["RR"] == 1.0
    assert measured({"1": falling([("z", 1.0), ("b", 1.0)])}, qrels, [measure]).means["RR"] == 0.5


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("nDCG@10", "nDCG@10"),
        ("MAP", "AP"),
        (" P(rel=2)@5 ", "P(rel=2)@5"),
        ("Judged@10", "Judged@10"),
        ("IPrec@0.5", "IPrec@0.5"),
        ("SetF(beta=2.0)", "SetF(beta=2.0)"),
        ("Success@1", "Success@1"),
    ],
)
def test_any_measure_of_the_library(name: str, shown: str) -> None:
    pytest.importorskip("ir_measures")
    (measure,) = parse_measures([name, name])
    assert list(measured(RUN, QRELS, [measure]).means) == [shown]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nDGC@10", "no measure 'nDGC'\ndid you mean nDCG?"),
        ("xxxxxxxx", "no measure 'xxxxxxxx'\nmeasures: "),
        ("nDCG@", "no measure 'nDCG@'\nwrite it as nDCG@10"),
        ("nDCG 10", "no measure 'nDCG 10'\nwrite it as nDCG@10"),
        ("nDCG@ten", "no measure 'nDCG@ten'"),
        ("nDCG@0", "nDCG@0: expected a rank from 1"),
        ("nDCG@-1", "nDCG@-1: expected a rank from 1"),
        ("P", "P: ir-measures cannot compute this: invalid param cutoff"),
        ("nDCG(foo=3)@10", "nDCG(foo=3)@10: ir-measures cannot"),
        ("AP(rel=0)", "AP(rel=0): ir-measures cannot"),
        ("__import__('os')", "no measure"),
        ("", "no measure ''"),
    ],
)
def test_measures_that_are_none(name: str, message: str) -> None:
    pytest.importorskip("ir_measures")
    with pytest.raises(InvalidRequest) as raised:
        parse_measures([name])
    assert str(raised.value).startswith(message)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(SearchkitError) as raised:
        parse_measures(["AP"])
    assert raised.value.hint == "pip install 'searchkit[evaluate]'"


def test_runs_are_compared_with_the_baseline() -> None:
    pytest.importorskip("ir_measures")
    qrels = {str(n): {"good": 1} for n in range(12)}
    first = {query: {"good": 2.0, "bad": 1.0} for query in qrels}
    last = {query: {"bad": 2.0, "good": 1.0} for query in qrels}
    mixed = {query: (first if query in "01" else last)[query] for query in qrels}
    runs = {"first": first, "last": last, "mixed": mixed}
    found = evaluate(runs, qrels, parse_measures(["RR", "R@2"]), baseline="last")
    better, mild, *rest = found.comparisons
    assert (better.run, better.measure, better.wins, better.ties, better.losses) == ("first", "RR", 12, 0, 0)
    assert (better.difference, better.p, better.p_holm) == (0.5, 2 / 4096, 4 / 4096) and better.significant
    assert (mild.run, mild.wins, mild.ties, mild.p, mild.significant) == ("mixed", 2, 10, 0.5, False)
    assert [(each.measure, each.p_holm) for each in rest] == [("R@2", 1.0)] * 2
