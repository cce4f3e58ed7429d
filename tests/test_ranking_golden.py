"""nDCG@10 of every sample query, kept. ``GOLDEN_UPDATE=1 pytest …`` writes the file anew: read its diff.

A line a query, so that a diff names the queries that a change helps and those that it hurts. The sample
articles are too few and too friendly to say which ranking is better; they catch a change for the worse.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from searchkit import Index, Reading
from searchkit.evaluate.checks import missing, read_judged
from searchkit.evaluate.measures import measured, parse_measures
from searchkit.evaluate.qrels import Qrels
from searchkit.evaluate.retrieval import Retrieval
from searchkit.evaluate.runs import Run, falling
from searchkit.ingest import Ingest
from searchkit.profile import BM25, FEEDBACK, NEWS

CORPORA = Path(__file__).parents[1] / "corpora"
GOLDEN = Path(__file__).parent / "golden" / "ranking.json"
PROFILES = (BM25, NEWS, FEEDBACK)

Table = dict[str, dict[str, float]]


def ranking(place: Path) -> Table:
    """nDCG@10 by query and profile, the mean first."""
    measures = parse_measures(["nDCG@10"])
    judged = read_judged(CORPORA / "queries.jsonl", CORPORA / "qrels.tsv")
    assert not judged.warnings
    with Index.create(place / "x.idx") as index:
        Ingest(index, Reading(date_from_path="%Y-%m-%d")).run([CORPORA])
        assert not [*missing(index, judged.qrels)]
        retrieval = Retrieval(index, depth=10)
        found = [measured(retrieval.run(judged.topics, each), judged.qrels, measures) for each in PROFILES]
        background = measured(*similar(index, judged.qrels), measures)
    rows = {"mean": [each.means["nDCG@10"] for each in found]}
    rows |= {query: [each.per_query["nDCG@10"][query] for each in found] for query in judged.topics}
    names = [profile.name for profile in PROFILES]
    table = {row: dict(zip(names, values, strict=True)) for row, values in rows.items()}
    table["similar"] = {"news": background.means["nDCG@10"]}
    return {row: {name: round(each, 4) for name, each in values.items()} for row, values in table.items()}


def similar(index: Index, qrels: Qrels) -> tuple[Run, Qrels]:
    """Each of three or more articles that answer one query, and the others as what is like it."""
    run: Run = {}
    judged: Qrels = {}
    for grades in qrels.values():
        answers = [article for article, grade in grades.items() if grade == 2]
        for article in answers if len(answers) >= 3 else ():
            others = {other: grade for other, grade in grades.items() if other != article}
            judged[article] = judged.get(article, {}) | others
            run[article] = falling((hit.id, hit.score) for hit in index.similar(article))
    return run, judged


def dumped(table: Table) -> str:
    lines = ",\n".join(f"{json.dumps(query)}: {json.dumps(values)}" for query, values in table.items())
    return f"{{\n{lines}\n}}\n"


def test_the_sample_queries_rank_as_before(tmp_path: Path) -> None:
    pytest.importorskip("ir_measures")
    found = ranking(tmp_path)
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(dumped(found), encoding="utf-8")
    kept: Table = json.loads(GOLDEN.read_text(encoding="utf-8"))
    changed = {query: (kept.get(query), found.get(query)) for query in kept | found}
    assert {query: pair for query, pair in changed.items() if pair[0] != pair[1]} == {}
    assert len(found) == 32
