"""Results → tables for a person: milliseconds, and beside them how many times those of the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from searchkit.benchmark.peers import FLOOR
from searchkit.benchmark.result import Measured, Result, Run
from searchkit.present.text import Cells, aligned, clean

TITLES: Final = {
    "search": "search: the best hits, no text read",
    "fetch": "fetch: and id, headline, paper and date of each",
    "snippets": "snippets: and a passage of each",
}
"""What each task is."""

Figure = Callable[[Measured], float]


def tables(result: Result) -> str:
    """What was measured, then indexing and each task, for every size of the corpus."""
    return clean("\n\n".join([heading(result), *(_run(result, run) for run in result.runs)]))


def heading(result: Result) -> str:
    """When, where and on what, in a few lines."""
    about, machine = result.about, result.about["machine"]
    corpus, queries = about["corpus"], about["queries"]
    lines = [
        f"{about['date']}, {machine['platform']}, {machine['cpus']} CPUs (load {machine['load']}), "
        f"Python {machine['python']}",
        f"corpus {corpus['name']} ({corpus['articles']:,} articles, digest {corpus['digest']}), "
        f"queries {queries['name']} ({queries['count']:,}, digest {queries['digest']})",
        f"{about['limit']} hits; the least of {about['rounds']} rounds after {about['warmups']} to warm up",
        *(f"left out: {engine}: {why}" for engine, why in result.skipped.items()),
    ]
    return "\n".join(lines)


def tasks(run: Run) -> list[str]:
    """The tasks that an engine of the run has."""
    return [task for task in TITLES if any(task in each.tasks for each in run.engines.values())]


def against(run: Run, measured: Measured, figure: Figure) -> str:
    """How many times the floor's figure it is, as ``1.42×``; a dash without a floor."""
    try:
        return f"{figure(measured) / figure(run.engines[FLOOR]):.2f}×"
    except KeyError:
        return "–"


def _run(result: Result, run: Run) -> str:
    blocks = [_indexing(result, run), *(_task(run, task) for task in tasks(run))]
    return "\n\n".join([f"{run.articles:,} articles", *map(aligned, blocks)])


def _indexing(result: Result, run: Run) -> list[Cells]:
    rows: list[Cells] = [("index", "version", "seconds", "× floor", "articles/s", "MB", "× floor")]
    for name, each in run.engines.items():
        rows.append(
            (
                name,
                result.about["versions"].get(name, ""),
                f"{each.seconds:.2f}",
                against(run, each, lambda found: found.seconds),
                f"{run.articles / each.seconds:,.0f}",
                f"{each.size_bytes / 1e6:,.1f}",
                against(run, each, lambda found: found.size_bytes),
            )
        )
    return rows


def _task(run: Run, task: str) -> list[Cells]:
    rows: list[Cells] = [(TITLES[task], "median ms", "× floor", "p99 ms", "× floor", "queries/s")]
    for name, each in run.engines.items():
        if timing := each.tasks.get(task):
            rows.append(
                (
                    name,
                    f"{timing.median:.3f}",
                    against(run, each, lambda found: found.tasks[task].median),
                    f"{timing.p99:.3f}",
                    against(run, each, lambda found: found.tasks[task].p99),
                    f"{timing.per_second:,.0f}",
                )
            )
    return rows


def comparison(before: Result, now: Result) -> str:
    """What changed between two results, for the sizes, engines and tasks of both: below 1 is faster."""
    rows: list[Cells] = [("now / before", "articles", "index", *_headings())]
    for articles, name, old, new in pairs(before, now):
        ratios = (ratio(old, new, task, figure) for task in TITLES for figure in ("median", "p99"))
        shown = ("–" if each is None else f"{each:.2f}×" for each in ratios)
        rows.append((name, f"{articles:,}", f"{new.seconds / old.seconds:.2f}×", *shown))
    return clean(aligned(rows))


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


def compared_json(before: Result, now: Result) -> list[dict[str, Any]]:
    """The ratios of :func:`comparison` for a program."""
    return [
        {"engine": name, "articles": articles, "index": new.seconds / old.seconds}
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
