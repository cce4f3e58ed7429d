"""Imports point downwards only: the house of the design, counted, imports inside functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import searchkit

ROOT = Path(searchkit.__file__).parent

FLOORS = (
    {
        "errors",
        "dates",
        "clock",
        "forking",
        "hashing",
        "interrupt",
        "limits",
        "regex",
        "nearest",
        "once",
        "periods",
        "temporary",
        "toml",
        "turns",
    },
    {"article", "card", "schema", "document", "profile"},
    {"readers", "analysis", "query"},
    {"request", "found", "results", "report", "taken", "plan"},
    {"engines", "rank", "present"},
    {
        "explain",
        "kept_profile",
        "spelling",
        "search",
        "batch",
        "index",
        "sources",
        "ingest",
        "overview",
        "repairing",
        "copying",
    },
    {"cli", "evaluate", "benchmark"},
)
STRANGERS = ({"readers", "analysis", "query"}, {"engines", "rank", "present"})
"""Rooms of one floor that never import each other."""
ENTRANCES = {"__init__", "__main__"}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def floor(name: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if name in rooms)


def imports(path: Path) -> Iterator[str]:
    """The searchkit modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "searchkit")
        elif isinstance(node, ast.ImportFrom) and node.module == "searchkit":
            yield from (f"searchkit.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it points"
            if (node.module or "").startswith("searchkit."):
                yield node.module or ""


def edges() -> Iterator[tuple[str, str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for module in imports(path):
            yield place, room(module), f"{path.relative_to(ROOT)} imports {module}"


def test_every_module_has_its_floor() -> None:
    rooms = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in ROOT.rglob("*.py")}
    assert rooms - ENTRANCES <= set().union(*FLOORS)


def test_imports_point_downwards() -> None:
    found = list(edges())
    assert len(found) > 50
    wrong = [
        text
        for place, target, text in found
        if place not in ENTRANCES and target not in ENTRANCES and floor(place) < floor(target)
    ]
    assert wrong == []


def test_neighbours_that_never_meet() -> None:
    wrong = [
        text
        for place, target, text in edges()
        for strangers in STRANGERS
        if place != target and {place, target} <= strangers
    ]
    assert wrong == []


def test_the_engine_is_known_in_three_rooms_only() -> None:
    """Tantivy's name stands in its engine, in the analysis that it lends its filters to, and where it is measured
    alone."""
    users = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or ",".join(alias.name for alias in node.names)]
        if name.split(".")[0] == "tantivy"
    }
    assert users == {"analysis", "engines", "benchmark"}
