"""Two results beside each other: what has changed, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.benchmark.result import Measured, Result
from searchkit.benchmark.rounds import TITLES
from searchkit.present.text import Cells


def table(before: Result, now: Result) -> list[Cells]:
    """What changed between two results, for the sizes, engines and tasks of both: below 1 is faster."""
    rows: list[Cells] = [("now / before", "articles", "index", *_headings())]
    for articles, name, old, new in pairs(before, now):
        ratios = (ratio(old, new, task, figure) for task in TITLES for figure in ("median", "p99"))
        shown = ("–" if each is None else f"{each:.2f}×" for each in ratios)
        rows.append((name, f"{articles:,}", f"{new.index.seconds / old.index.seconds:.2f}×", *shown))
    return rows


def pairs(before: Result, now: Result) -> Iterator[tuple[int, str, Measured, Measured]]:
    """The engines that both results have, at each size that both have."""
    earlier = {run.articles: run for run in before.runs}
    for run in now.runs:
        if run.articles in earlier:
            for name, each in run.engines.items():
                if name in earlier[run.articles].engines:
                    yield run.articles, name, earlier[run.articles].engines[name], each


def ratio(before: Measured, now: Measured, task: str, figure: str) -> float | None:
    """How many times the earlier figure the new one is; None if one of them has no such task."""
    if task not in before.tasks or task not in now.tasks:
        return None
    return float(getattr(now.tasks[task], figure) / getattr(before.tasks[task], figure))


def to_json(before: Result, now: Result) -> list[dict[str, Any]]:
    """The ratios of :func:`table` for a program."""
    return [
        {"engine": name, "articles": articles, "index": new.index.seconds / old.index.seconds}
        | {
            task: {f"{figure}_ms": ratio(old, new, task, figure) for figure in ("median", "p99")}
            for task in TITLES
            if task in old.tasks and task in new.tasks
        }
        for articles, name, old, new in pairs(before, now)
    ]


def differences(before: Result, now: Result) -> Iterator[str]:
    """Why two results may not be comparable, a sentence each."""
    for thing in ("corpus", "queries"):
        if before.about[thing].get("digest") != now.about[thing].get("digest"):
            yield f"the two results have different {'articles' if thing == 'corpus' else thing}"
    for key in ("platform", "cpu", "cpus", "python"):
        old, new = before.about["machine"].get(key), now.about["machine"].get(key)
        if old != new:
            yield f"the two results are from different machines: {key} {old} before, {new} now"
    if before.about.get("limit") != now.about.get("limit"):
        yield f"{before.about.get('limit')} hits before, {now.about.get('limit')} now"


def _headings() -> Iterator[str]:
    for task in TITLES:
        yield task
        yield "p99"
