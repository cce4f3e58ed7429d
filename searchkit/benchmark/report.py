"""Results → tables for a person: milliseconds, and beside them how many times those of the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from searchkit.benchmark import comparison, targets
from searchkit.benchmark.peers import FLOOR
from searchkit.benchmark.result import Measured, Result, Run
from searchkit.benchmark.rounds import THREADS, TITLES
from searchkit.present.text import Cells, aligned, clean

KINDS: Final = ("any", "all", "phrase", "mixed")
"""The kinds of queries, see :class:`~searchkit.benchmark.question.Question`."""
NONE: Final = "–"

Table: TypeAlias = list[Cells]
"""Rows of equal length, the head first."""
Figure: TypeAlias = Callable[[Measured], float]


def text(result: Result, before: Result | None = None) -> str:
    """What was measured, then all figures, in columns; with ``before``, what has changed since."""
    parts = ["\n".join(heading(result))]
    for title, tables in sections(result, before):
        parts += [title, *map(aligned, tables)]
    return clean("\n\n".join(parts))


def markdown(result: Result, before: Result | None = None) -> str:
    """The same as Markdown."""
    parts = ["\n".join(f"- {line}" for line in heading(result))]
    for title, tables in sections(result, before):
        parts += [f"### {title}", *map(_markdown, tables)]
    return clean("\n\n".join(parts))


def _markdown(table: Table) -> str:
    head, *rows = ([cell.replace("|", r"\|") for cell in row] for row in table)
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def heading(result: Result) -> list[str]:
    """When, where and on what, in a few lines."""
    about, machine = result.about, result.about["machine"]
    corpus, queries = about["corpus"], about["queries"]
    return [
        f"{about['date']}, {machine['platform']}, Python {machine['python']}",
        f"{machine['cpus']} × {machine['cpu']} (load {machine['load']})",
        f"corpus {corpus['name']} ({corpus['articles']:,} articles, digest {corpus['digest']}), "
        f"queries {queries['name']} ({queries['count']:,}, digest {queries['digest']})",
        f"{about['limit']} hits; the least of {about['rounds']} rounds after {about['warmups']} to warm up, "
        f"and of {about['builds']} builds",
        *(f"left out: {engine}: {why}" for engine, why in result.skipped.items()),
    ]


def sections(result: Result, before: Result | None = None) -> Iterator[tuple[str, list[Table]]]:
    """Titles, and the tables under each."""
    if reached := _targets(result):
        yield "What searchkit is to reach", [reached]
    for run in result.runs:
        several = [_kinds(result, run), _threads(run)]
        tables = [_indexing(result, run), *(_task(run, task) for task in tasks(run)), *several]
        yield f"{run.articles:,} articles", [table for table in tables if len(table) > 1]
    if result.growth:
        yield "Growth, on made-up articles", [_growth(result.growth)]
    if before:
        yield f"Since {before.about['date']}", [comparison.table(before, result)]


def tasks(run: Run) -> list[str]:
    """The tasks that an engine of the run has."""
    return [task for task in TITLES if any(task in each.tasks for each in run.engines.values())]


def _times(ratio: float | None) -> str:
    """As ``1.42×``."""
    return NONE if ratio is None else f"{ratio:,.0f}×" if ratio >= 50 else f"{ratio:.2f}×"


def _against(run: Run, measured: Measured, figure: Figure) -> str:
    """How many times the floor's figure it is; a dash without a floor."""
    floor = run.engines.get(FLOOR)
    return _times(figure(measured) / figure(floor) if floor else None)


def _targets(result: Result) -> Table:
    found = list(targets.held(result))
    names = list(dict.fromkeys(name for _, values in found for name in values))
    rows: Table = [("", "target", *names)]
    for target, values in found:
        cells = (_reached(target, values.get(name)) for name in names)
        rows.append((target.name, target.limit, *cells))
    return rows if found else []


def _reached(target: targets.Target, value: float | None) -> str:
    if value is None:
        return NONE
    return f"{target.shown(value)} {'met' if target.meets(value) else 'missed'}"


def _indexing(result: Result, run: Run) -> Table:
    columns = ("seconds", "× floor", "articles/s", "MB", "× floor", "peak MB", "same file", "same records")
    rows: Table = [("index", "version", *columns)]
    for name, each in run.engines.items():
        index = each.index
        again = (index.seconds / found if found else None for found in (index.same_file, index.same_records))
        rows.append(
            (
                name,
                result.about["versions"].get(name, ""),
                f"{index.seconds:.2f}",
                _against(run, each, lambda found: found.index.seconds),
                f"{run.articles / index.seconds:,.0f}",
                f"{index.size_bytes / 1e6:,.1f}",
                _against(run, each, lambda found: found.index.size_bytes),
                NONE if index.peak_bytes is None else f"{index.peak_bytes / 1e6:,.0f}",
                *map(_faster, again),
            )
        )
    return rows


def _faster(ratio: float | None) -> str:
    return NONE if ratio is None else f"{_times(ratio)} faster"


def _task(run: Run, task: str) -> Table:
    rows: Table = [(TITLES[task], "queries", "median ms", "× floor", "p99 ms", "× floor", "queries/s")]
    floor = run.engines[FLOOR].tasks.get(task) if FLOOR in run.engines else None
    for name, each in run.engines.items():
        if timing := each.tasks.get(task):
            same = floor.beside(timing) if floor else None
            rows.append(
                (
                    name,
                    f"{len(timing.known):,}",
                    f"{timing.median:.3f}",
                    _times(timing.median / same.median if same else None),
                    f"{timing.p99:.3f}",
                    _times(timing.p99 / same.p99 if same else None),
                    f"{timing.per_second:,.0f}",
                )
            )
    return rows


def _kinds(result: Result, run: Run) -> Table:
    """The median of a search by the kind of query, where there are several kinds."""
    kinds = result.about["queries"]["kinds"]
    asked = [kind for kind in KINDS if kind in kinds]
    rows: Table = [("search by kind: median ms", *(f"{kind} ({kinds.count(kind):,})" for kind in asked))]
    for name, each in run.engines.items() if len(asked) > 1 else ():
        if timing := each.tasks.get("search"):
            found = (timing.among(kinds, kind) for kind in asked)
            rows.append((name, *(f"{few.median:.3f}" if few else NONE for few in found)))
    return rows


def _threads(run: Run) -> Table:
    rows: Table = [("search in threads: queries/s", *map(str, THREADS), "× one")]
    for name, each in run.engines.items():
        if each.threads:
            rates = [each.threads[count] for count in THREADS]
            rows.append((name, *(f"{rate:,.0f}" for rate in rates), _times(rates[-1] / rates[0])))
    return rows


def _growth(runs: tuple[Run, ...]) -> Table:
    """What an article costs to index, and a search, by the number of articles."""
    rows: Table = [
        ("articles", "engine", "index, µs each", "search: median ms", "× floor", "p99 ms", "× floor")
    ]
    for run in runs:
        for name, each in run.engines.items():
            timing = each.tasks["search"]
            rows.append(
                (
                    f"{run.articles:,}",
                    name,
                    f"{1e6 * each.index.seconds / run.articles:.0f}",
                    f"{timing.median:.3f}",
                    _against(run, each, lambda found: found.tasks["search"].median),
                    f"{timing.p99:.3f}",
                    _against(run, each, lambda found: found.tasks["search"].p99),
                )
            )
    return rows
