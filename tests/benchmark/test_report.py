"""Results → tables, comparisons and pages, of figures that are known."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from searchkit.benchmark.page import page
from searchkit.benchmark.report import compared_json, comparison, differences, tables
from searchkit.benchmark.result import Measured, Result, Run, Timing

ABOUT: dict[str, Any] = {
    "date": "2026-01-02T03:04:05+00:00",
    "machine": {"platform": "Linux", "cpu": "x", "cpus": 2, "python": "3.12", "load": 0.1},
    "versions": {"tantivy": "0.27", "<b>": "1"},
    "corpus": {"name": "<i>a&b", "articles": 20, "digest": "00", "left_out": 0},
    "queries": {"name": "q", "count": 4, "digest": "11"},
    "rounds": 5,
    "warmups": 1,
    "limit": 10,
}


def result(factor: float = 1.0, **about: Any) -> Result:
    floor = Measured(1.0, 1_000_000, {"search": Timing((1.0, 2.0, 3.0, 4.0)), "fetch": Timing((2.0,) * 4)})
    times = tuple(factor * time for time in (2.0, 4.0, 6.0, 20.0))
    other = Measured(2.0 * factor, 3_000_000, {"search": Timing(times)})
    runs = (Run(10, {"<b>": other, "tantivy": floor}), Run(20, {"<b>": other, "tantivy": floor}))
    return Result(ABOUT | about, runs, {"whoosh": "no module"})


def test_a_timing() -> None:
    timing = Timing(tuple(map(float, range(1, 201))))
    assert (timing.median, timing.p99) == (100.5, 198.0)
    assert timing.per_second == pytest.approx(1000 * 200 / sum(range(1, 201)))


def test_ratios_stand_beside_milliseconds() -> None:
    lines = tables(result()).splitlines()
    rows = [line.split() for line in lines if line.startswith("<b>")]
    assert rows[0] == ["<b>", "1", "2.00", "2.00×", "5", "3.0", "3.00×"]
    assert rows[1] == ["<b>", "5.000", "2.00×", "20.000", "5.00×", "125"]
    assert any("whoosh: no module" in line for line in lines)
    assert sum(line.startswith("fetch") for line in lines) == 2 and not any(
        "snippets" in line for line in lines
    )


def test_without_a_floor_there_are_no_ratios() -> None:
    (run, _) = result().runs
    alone = replace(result(), runs=(Run(10, {"<b>": run.engines["<b>"]}),))
    assert "×" not in tables(alone).replace("× floor", "")


def test_a_comparison_divides_now_by_before() -> None:
    rows = [line.split() for line in comparison(result(), result(0.5)).splitlines()]
    assert rows[1] == ["<b>", "10", "0.50×", "0.50×", "0.50×", "–", "–", "–", "–"]
    assert rows[2] == ["tantivy", "10", *["1.00×"] * 5, "–", "–"]
    assert compared_json(result(), result(0.5))[0] == {
        "engine": "<b>",
        "articles": 10,
        "index": 0.5,
        "search": {"median_ms": 0.5, "p99_ms": 0.5},
    }
    assert [*differences(result(), result())] == []


def test_what_cannot_be_compared_is_named() -> None:
    other = result(
        corpus={"name": "x", "articles": 1, "digest": "22"}, machine=ABOUT["machine"] | {"cpus": 8}, limit=5
    )
    found = [*differences(result(), other)]
    assert len(found) == 3
    assert "different articles" in found[0] and "cpus 2 before, 8 now" in found[1] and "5 now" in found[2]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {"src", "href"} & {name for name, _ in attrs}, "nothing is loaded"


def test_a_page_stands_alone_and_escapes_names() -> None:
    shown = page(result(), result(0.5))
    tags = _Tags()
    tags.feed(shown)
    assert "b" not in tags.tags and "&lt;b&gt;" in shown and "&lt;i&gt;a&amp;b" in shown
    assert tags.tags.count("polyline") == 2 + 1 + 2 + 2 + 1, "two distributions, growth of index and tasks"
    drawings = [f"<svg{part.split('</svg>')[0]}</svg>" for part in shown.split("<svg")[1:]]
    assert len(drawings) == 5 + 3
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for line in root.iter("polyline"):
            for point in line.attrib["points"].split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= width and 0 <= y <= height
