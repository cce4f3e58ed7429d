"""Shapes of what is measured; never a time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from searchkit.benchmark import builds
from searchkit.benchmark import measure as measuring
from searchkit.benchmark.apart import apart, watched
from searchkit.benchmark.measure import measure
from searchkit.benchmark.question import Question
from searchkit.benchmark.rounds import TASKS, THREADS
from searchkit.benchmark.stored import from_json, to_json
from searchkit.benchmark.suite import Suite
from searchkit.errors import InvalidRequest, SearchkitError

CORE = ("searchkit", "tantivy", "fts5")


@dataclass
class Fake:
    """An engine that only notes what is asked of it; it says that each call took so many seconds."""

    name: str
    calls: list[tuple[str, ...]] = field(default_factory=list)
    version: str = "1"
    took: float = 2.0
    status: int = 0

    @property
    def engine(self) -> str:
        return self.name

    def index(self, corpus: Path, folder: Path) -> float:
        folder.mkdir()
        (folder / "x").write_bytes(b"12345")
        self.calls.append(("index", str(len(corpus.read_bytes().splitlines()))))
        return 3.0

    def update(self, corpus: Path, folder: Path) -> None:
        assert (folder / "x").exists()
        self.calls.append(("update", str(len(corpus.read_bytes().splitlines()))))

    def command(self, folder: Path, asked: Question, limit: int) -> list[str]:
        assert (folder / "x").exists()
        self.calls.append(("command", str(asked), str(limit)))
        return [sys.executable, "-S", "-c", f"print(1); raise SystemExit({self.status})"]

    def open(self, folder: Path) -> Fake:
        assert (folder / "x").exists()
        self.calls.append(("open",))
        return self

    def search(self, asked: Question, limit: int) -> Sequence[object]:
        self.calls.append(("search", str(asked), str(limit)))
        return []

    def fetch(self, asked: Question, limit: int) -> Sequence[object] | None:
        self.calls.append(("fetch", str(asked), str(limit)))
        return None if len(asked.any_of) == 1 else []

    def snippets(self, asked: Question, limit: int) -> Sequence[object] | None:
        self.calls.append(("snippets", str(asked), str(limit)))
        return None

    def ids(self, asked: Question, limit: int) -> list[str]:  # noqa: ARG002
        raise AssertionError("ids are never timed")

    def close(self) -> None:
        self.calls.append(("close",))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What two fakes, in place of the engines ``tantivy`` and ``fts5``, are asked."""
    together: list[tuple[str, ...]] = []
    fakes = {name: Fake(name, together) for name in ("tantivy", "fts5")}
    for module in (measuring, builds):
        monkeypatch.setattr(module, "load", lambda name, _: [fakes[name]])
    monkeypatch.setattr(builds, "apart", watched)
    return together


def test_every_size_engine_and_task_is_there() -> None:
    found = measure(Suite(sizes=(20, 10), engines=CORE, profiles=("bm25", "news"), rounds=1, warmups=0))
    assert [run.articles for run in found.runs] == [10, 20] and found.sizes == found.runs
    for run in found.runs:
        assert list(run.engines) == ["searchkit:bm25", "searchkit:news", "tantivy", "fts5"]
        for name, measured in run.engines.items():
            index = measured.index
            assert index.seconds > 0 and index.size_bytes > 0 and (index.peak_bytes or 0) > 10_000_000
            own = name.startswith("searchkit")
            assert bool(index.same_file and index.same_records) is own
            assert [*measured.threads] == ([*THREADS] if name != "fts5" else [])
            assert ("cold" in measured.tasks) is (name in ("searchkit:news", "tantivy"))
            for task in TASKS:
                assert len(measured.tasks[task].known) == 100
                assert 0 < measured.tasks[task].median <= measured.tasks[task].p99
    assert len(found.runs[0].engines["tantivy"].tasks["cold"].known) == 10
    assert {"date", "machine", "versions", "corpus", "queries"} <= {*found.about}
    assert {"cpu", "cpus", "python", "platform", "load"} <= {*found.about["machine"]}
    assert found.about["versions"]["fts5"] and found.about["queries"]["kinds"] == ["any"] * 100
    shown = to_json(found)
    assert to_json(from_json(shown)) == shown


def test_every_engine_is_asked_first_as_often_as_others(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def search(self: Fake, *_: object) -> Sequence[object]:
        asked.append(self.name)
        return calls

    monkeypatch.setattr(Fake, "search", search)
    measure(Suite(generated=5, engines=("tantivy", "fts5"), rounds=1, warmups=0))
    again, asked[:] = [*asked], []
    measure(Suite(generated=5, engines=("tantivy", "fts5"), rounds=1, warmups=0))
    assert again == asked, "the same order in every run"
    assert 30 < asked[::2].count("tantivy") < 70 and {*asked[::2]} == {*asked[1::2]}


def test_rounds_are_interleaved_and_each_opens_anew(calls: list[tuple[str, ...]]) -> None:
    found = measure(Suite(generated=5, engines=("tantivy", "fts5"), rounds=2, warmups=1, limit=3))
    counts = Counter(call[0] for call in calls)
    assert counts["open"] == counts["close"] == 2 * 3 * 3 + 2 * 2 * 2, (
        "for each task, then each number of threads"
    )
    assert counts["search"] == counts["fetch"] == counts["snippets"] == 2 * 3 * 100
    searches = [call for call in calls if call[0] == "search"]
    assert searches[::2] == searches[1::2], "both engines at one query, then the next"
    starts = [searches[number * 200][1] for number in range(3)]
    assert len({*starts}) == 3, "every round begins with another query"
    programs = [call for call in calls if call[0] == "command"][2:]  # each once before it counts
    assert len(programs) == 2 * 3 * 10 and programs[::2] == programs[1::2]
    assert len({*programs}) == 10
    engine = found.runs[0].engines["tantivy"]
    assert [*engine.tasks] == ["search", "fetch", "cold"], "no times of what it cannot do"
    asked = sum(" " in call[1] for call in searches[:200:2])
    assert len(engine.tasks["fetch"].known) == asked < len(engine.tasks["search"].known) == 100
    assert {*engine.tasks["search"].known} == {2000.0}, "an engine far away takes its own time"
    assert not engine.threads, "threads share no engine that does not say they may"


def test_indexes_are_made_in_turns_and_brought_up_to_date(calls: list[tuple[str, ...]]) -> None:
    found = measure(Suite(generated=5, engines=("tantivy", "fts5"), rounds=1, warmups=0, builds=2))
    made = [call for call in calls if call[0] in ("index", "update")]
    one = [("index", "5"), ("update", "5"), ("update", "6")]
    assert made == one * 4, "the file is as before when the next engine reads it"
    index = found.runs[0].engines["fts5"].index
    assert (index.seconds, index.size_bytes) == (3.0, 5)


def test_growth_is_measured_beside(calls: list[tuple[str, ...]], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "ferry"}\n', "utf-8")
    (tmp_path / "q.tsv").write_text("1\tferry\n", "utf-8")
    own = Suite(corpus=(tmp_path,), queries=(tmp_path / "q.tsv",), rounds=1, warmups=0)
    found = measure(replace(own, engines=("tantivy", "fts5"), growth=1000))
    assert [run.articles for run in found.runs] == [1]
    assert [run.articles for run in found.growth] == [10, 100, 1000] and found.sizes == found.growth
    assert all([*run.engines] == ["tantivy"] for run in found.growth), "searchkit and the floor alone"
    assert ("index", "1000") in calls
    assert to_json(from_json(to_json(found))) == to_json(found)


def test_a_program_that_fails_ends_it(calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fake, "status", 3)
    suite = Suite(generated=5, engines=("fts5",), rounds=1, warmups=0)
    failing = Fake("fts5", calls, status=3)
    monkeypatch.setattr(measuring, "load", lambda *_: [failing])
    with pytest.raises(SearchkitError, match="fts5: a search ended with 3"):
        measure(suite)


def test_work_apart_tells_its_own_memory() -> None:
    value, little = apart(max, 1, 2)
    _, much = apart(bytearray, 100_000_000)
    assert value == 2 and little and much and 90_000_000 < much - little < 250_000_000
    with pytest.raises(ZeroDivisionError):
        apart(divmod, 1, 0)


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
        ({"growth": None}, "not a result"),
    ],
)
def test_what_is_no_result_is_refused(
    calls: list[tuple[str, ...]], change: dict[str, Any], message: str
) -> None:
    shown = to_json(measure(Suite(generated=5, engines=("fts5",), rounds=1, warmups=0)))
    assert calls
    with pytest.raises(InvalidRequest, match=message):
        from_json(shown | change)
