"""Shapes of what is measured; never a time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from searchkit.benchmark import measure as measuring
from searchkit.benchmark.measure import TASKS, measure
from searchkit.benchmark.result import from_json, to_json
from searchkit.benchmark.suite import Suite
from searchkit.errors import InvalidRequest

CORE = ("searchkit", "tantivy", "fts5")


@dataclass
class Fake:
    """An engine that only notes what is asked of it."""

    name: str
    calls: list[tuple[str, ...]] = field(default_factory=list)
    version: str = "1"

    @property
    def engine(self) -> str:
        return self.name

    def index(self, corpus: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "x").write_bytes(b"12345")
        self.calls.append(("index", str(len(corpus.read_bytes().splitlines()))))

    def open(self, folder: Path) -> Fake:
        assert (folder / "x").exists()
        self.calls.append(("open",))
        return self

    def search(self, query: str, limit: int) -> Sequence[object]:
        self.calls.append(("search", query, str(limit)))
        return []

    def fetch(self, query: str, limit: int) -> Sequence[object]:
        self.calls.append(("fetch", query, str(limit)))
        return []

    def snippets(self, query: str, limit: int) -> Sequence[object] | None:
        self.calls.append(("snippets", query, str(limit)))
        return None

    def ids(self, query: str, limit: int) -> list[str]:  # noqa: ARG002
        raise AssertionError("ids are never timed")

    def close(self) -> None:
        self.calls.append(("close",))


def test_every_size_engine_and_task_is_there() -> None:
    found = measure(Suite(sizes=(20, 10), engines=CORE, profiles=("bm25", "news"), rounds=1, warmups=0))
    assert [run.articles for run in found.runs] == [10, 20]
    for run in found.runs:
        assert list(run.engines) == ["searchkit:bm25", "searchkit:news", "tantivy", "fts5"]
        for measured in run.engines.values():
            assert measured.seconds > 0 and measured.size_bytes > 0 and [*measured.tasks] == [*TASKS]
            assert all(len(timing.times) == 100 for timing in measured.tasks.values())
            assert all(0 < timing.median <= timing.p99 for timing in measured.tasks.values())
    assert {"date", "machine", "versions", "corpus", "queries"} <= {*found.about}
    assert {"cpus", "python", "platform", "load"} <= {*found.about["machine"]}
    assert found.about["versions"]["fts5"] and found.about["queries"]["count"] == 100
    shown = to_json(found)
    assert to_json(from_json(shown)) == shown


def test_rounds_are_interleaved_and_each_opens_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[tuple[str, ...]] = []
    fakes = [Fake(name, together) for name in ("a", "b")]
    monkeypatch.setattr(measuring, "load", lambda name, _: [fakes[name == "fts5"]])
    found = measure(Suite(generated=5, engines=("tantivy", "fts5"), rounds=2, warmups=1, limit=3))
    counts = Counter(call[0] for call in together)
    assert counts["index"] == 2 and ("index", "5") in together
    assert counts["open"] == counts["close"] == 2 * 3, "two engines, three rounds"
    assert counts["search"] == counts["fetch"] == counts["snippets"] == 2 * 3 * 100
    searches = [call for call in together if call[0] == "search"]
    assert searches[::2] == searches[1::2], "both engines at one query, then the next"
    starts = [searches[number * 200][1] for number in range(3)]
    assert len({*starts}) == 3, "every round begins with another query"
    assert [*found.runs[0].engines["a"].tasks] == ["search", "fetch"], "no times of what it cannot do"
    assert found.runs[0].engines["a"].size_bytes == 5


def test_an_absent_engine_is_skipped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "whoosh", None)
    monkeypatch.delitem(sys.modules, "searchkit.benchmark.peers.whoosh", raising=False)
    found = measure(Suite(generated=5, engines=("fts5", "whoosh"), rounds=1, warmups=0))
    assert [*found.runs[0].engines] == ["fts5"]
    assert [*found.skipped] == ["whoosh"] and "searchkit[peers]" in found.skipped["whoosh"]
    with pytest.raises(InvalidRequest, match="no engine is there"):
        measure(Suite(generated=5, engines=("whoosh",), rounds=1, warmups=0))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "format 99"),
        ({"runs": []}, "not a result"),
        ({"runs": [{"articles": 5}]}, "not a result"),
        ({"machine": None}, "not a result"),
        ({"skipped": None}, "not a result"),
    ],
)
def test_what_is_no_result_is_refused(change: dict[str, Any], message: str) -> None:
    shown = to_json(measure(Suite(generated=5, engines=("fts5",), rounds=1, warmups=0)))
    with pytest.raises(InvalidRequest, match=message):
        from_json(shown | change)
