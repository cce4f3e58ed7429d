"""Results → tables, comparisons and pages, of figures that are known."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from searchkit.benchmark import comparison, targets
from searchkit.benchmark.comparison import differences
from searchkit.benchmark.page import page
from searchkit.benchmark.plots import bars, lines, palette
from searchkit.benchmark.report import markdown, text
from searchkit.benchmark.result import Indexing, Measured, Result, Run, Timing

ABOUT: dict[str, Any] = {
    "date": "2026-01-02T03:04:05+00:00",
    "machine": {"platform": "Linux", "cpu": "x", "cpus": 2, "python": "3.12", "load": 0.1},
    "versions": {"tantivy": "0.27", "<b>": "1"},
    "corpus": {"name": "<i>a&b", "articles": 20, "digest": "00", "left_out": 0},
    "queries": {"name": "q", "count": 4, "digest": "11", "kinds": ["any", "any", "all", "all"]},
    "rounds": 5,
    "warmups": 1,
    "builds": 2,
    "limit": 10,
}


def result(factor: float = 1.0, name: str = "<b>", **about: Any) -> Result:
    floor = Measured(
        Indexing(1.0, 1_000_000, 50_000_000),
        {"search": Timing((1.0, 2.0, 3.0, 4.0)), "fetch": Timing((2.0,) * 4)},
        {1: 100.0, 4: 150.0},
    )
    times = tuple(factor * time for time in (2.0, 4.0, 6.0, 20.0))
    other = Measured(Indexing(2.0 * factor, 3_000_000, None, 0.01, 0.5), {"search": Timing(times)})
    runs = (Run(10, {name: other, "tantivy": floor}), Run(20, {name: other, "tantivy": floor}))
    return Result(ABOUT | about, runs, {"whoosh": "no module"})


def rows(shown: str, first: str) -> list[list[str]]:
    return [line.split() for line in shown.splitlines() if line.split()[:1] == [first]]


def test_a_timing() -> None:
    timing = Timing((*map(float, range(1, 201)), None))
    assert (timing.median, timing.p99) == (100.5, 198.0)
    assert timing.per_second == pytest.approx(1000 * 200 / sum(range(1, 201)))
    assert Timing((1.0, 2.0, 3.0)).beside(Timing((None, 5.0, 5.0))).known == [2.0, 3.0]
    some = Timing((1.0, 2.0, None)).among(["any", "all", "phrase"], "all")
    assert some and some.known == [2.0]
    assert Timing((1.0, 2.0, None)).among(["any", "all", "phrase"], "phrase") is None


def test_ratios_stand_beside_milliseconds() -> None:
    shown = text(result())
    index, search, kinds = rows(shown, "<b>")[:3]
    assert index == ["<b>", *"1 2.00 2.00× 5 3.0 3.00× –".split(), "200×", "faster", "4.00×", "faster"]
    assert search == ["<b>", *"4 5.000 2.00× 20.000 5.00× 125".split()]
    assert kinds == ["<b>", "3.000", "13.000"]
    assert rows(shown, "tantivy")[4] == ["tantivy", "100", "150", "1.50×"]
    assert "whoosh: no module" in shown and len(rows(shown, "fetch:")) == 2 and not rows(shown, "snippets:")


def test_only_queries_that_both_were_asked_are_compared() -> None:
    found = result()
    some = Measured(Indexing(1.0, 1), {"search": Timing((2.0, None, None, None))})
    shown = text(replace(found, runs=(Run(9, {**found.runs[0].engines, "some": some}),)))
    assert rows(shown, "some")[1] == ["some", *"1 2.000 2.00× 2.000 2.00× 500".split()]
    assert rows(shown, "some")[2] == ["some", "2.000", "–"]


def test_without_a_floor_there_are_no_ratios() -> None:
    (run, _) = result().runs
    alone = replace(result(), runs=(Run(10, {"<b>": run.engines["<b>"]}),))
    assert "2.00×" not in text(alone) and "3.00×" not in text(alone)


def test_markdown_has_the_same_cells() -> None:
    found = result(name="a|b")
    shown = markdown(found)
    assert r"| a\|b | 4 | 5.000 | 2.00× | 20.000 | 5.00× | 125 |" in shown.splitlines()
    tables = [block for block in shown.split("\n\n") if block.startswith("|")]
    for table in tables:
        assert len({line.replace(r"\|", "").count("|") for line in table.splitlines()}) == 1
    cells = {cell.strip() for table in tables for cell in table.replace(r"\|", "/").split("|")}
    assert {word for row in rows(text(found), "tantivy") for word in row} <= cells


def test_targets_are_held_against_the_largest_run() -> None:
    shown = {
        target.name.split(",")[0]: (target, found)
        for target, found in targets.held(result(name="searchkit:x"))
    }
    figures = {name: found["searchkit:x"] for name, (_, found) in shown.items()}
    assert figures == {
        "index: articles a second": 0.5,
        "index: an unchanged file again": 200.0,
        "index: unchanged records of a changed file": 4.0,
        "search: p99": 5.0,
        "growth: seconds to index an article": 2.0,
        "growth: median of search": 1.0,
    }
    met = {name for name, (target, _) in shown.items() if target.meets(figures[name])}
    assert met == {"index: an unchanged file again", "growth: median of search"}
    first, *_ = targets.to_json(result(name="searchkit:x"))
    assert first["engine"] == "searchkit:x" and first["bound"] == 0.85 and first["met"] is False
    assert "0.50× missed" in text(result(name="searchkit:x")) and "200× met" in text(
        result(name="searchkit:x")
    )
    assert not [*targets.held(result())], "other engines have no targets"


def test_a_target_is_met_at_its_bound() -> None:
    for target in targets.TARGETS:
        assert target.meets(target.bound)
        assert target.meets(2 * target.bound) is target.least
        assert target.limit.startswith("≥" if target.least else "≤")


def test_growth_beside_is_shown_and_counts_for_the_targets() -> None:
    found = result(name="searchkit:x")
    (few, _), slow = found.runs, result(3.0, name="searchkit:x").runs[1]
    grown = replace(found, runs=(few,), growth=(few, slow))
    figures = {target.name.split(",")[0]: value["searchkit:x"] for target, value in targets.held(grown)}
    assert figures["growth: median of search"] == pytest.approx(3.0)
    assert figures["growth: seconds to index an article"] == pytest.approx(1.5)
    assert rows(text(grown), "20")[0] == [
        "20",
        "searchkit:x",
        "300000",
        "15.000",
        "6.00×",
        "60.000",
        "15.00×",
    ]


def test_a_comparison_divides_now_by_before() -> None:
    _, first, second, *_ = comparison.table(result(), result(0.5))
    assert [*first] == ["<b>", "10", "0.50×", "0.50×", "0.50×", *"––––––"]
    assert [*second] == ["tantivy", "10", *["1.00×"] * 5, *"––––"]
    assert comparison.to_json(result(), result(0.5))[0] == {
        "engine": "<b>",
        "articles": 10,
        "index": 0.5,
        "search": {"median_ms": 0.5, "p99_ms": 0.5},
    }
    assert "| tantivy | 10 | 1.00× |" in markdown(result(0.5), result())
    assert "now / before" in text(result(0.5), result())
    assert [*differences(result(), result())] == []


def test_what_cannot_be_compared_is_named() -> None:
    other = result(
        corpus={"name": "x", "articles": 1, "digest": "22"}, machine=ABOUT["machine"] | {"cpus": 8}, limit=5
    )
    found = [*differences(result(), other)]
    assert len(found) == 3
    assert "different articles" in found[0] and "cpus 2 before, 8 now" in found[1] and "5 now" in found[2]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(8340, "0 2,500 5,000 7,500 10,000"), (0.9, "0 0.25 0.5 0.75 1"), (100, "0 25 50 75 100")],
)
def test_a_scale_is_easy_to_read(highest: float, ticks: str) -> None:
    drawn = lines({"a": [(1, highest), (10, highest / 2)]}, "x", "y", palette("a"))
    shown = [each.text for each in ElementTree.fromstring(drawn.split("<p ")[0]).iter("text")]
    assert " ".join(filter(None, shown[2:7])) == ticks


def test_an_engine_has_one_colour_in_all_plots() -> None:
    names = [f"engine {number}" for number in range(9)]
    colours = palette(names)
    assert len({*colours.values()}) == 7 and [*colours] == names
    shown = bars({names[3]: 1.0}, "MB", colours) + lines({names[3]: [(1, 1)]}, "x", "y", colours)
    assert shown.count(colours[names[3]]) == 3 and colours[names[0]] not in shown


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
    assert tags.tags.count("table") > 5
    drawings = [f"<svg{part.split('</svg>')[0]}</svg>" for part in shown.split("<svg")[1:]]
    assert len(drawings) == 6 + 3
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for line in root.iter("polyline"):
            for point in line.attrib["points"].split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= width and 0 <= y <= height
