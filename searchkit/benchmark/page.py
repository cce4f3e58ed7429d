"""Results → one HTML page that needs nothing else: tables, and plots of what tables hide."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from searchkit.benchmark import plots, report, rounds
from searchkit.benchmark.result import Result, Run
from searchkit.errors import SourceError
from searchkit.present.text import Cells

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; } h3 { margin: 1.5rem 0 .5rem; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; font-size: 13px; }
td { padding: .1rem .6rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td:first-child { text-align: left; } thead td { font-weight: 600; border-bottom: 1px solid; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
svg .grid { stroke: currentColor; stroke-opacity: .15; }
.legend span { margin-right: 1rem; white-space: nowrap; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; }
"""


def page(result: Result, before: Result | None = None) -> str:
    """The result as a page; with ``before``, what has changed since."""
    about = "<br>".join(map(escape, report.heading(result)))
    (first, tables), *others = report.sections(result, before)
    parts = [f"<h1>searchkit bench</h1>\n<p>{about}</p>", _section(first, tables)]
    colours = plots.palette(result.runs[-1].engines)
    parts += _plots(result.runs[-1], colours)
    if result.sizes:
        parts += _growth(result, colours)
    parts += [_section(title, found) for title, found in others]
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>searchkit bench</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def save(result: Result, path: Path, before: Result | None = None) -> None:
    """Writes the page. :raises SourceError: if it cannot be written."""
    try:
        path.write_text(page(result, before), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None


def _section(title: str, tables: list[list[Cells]]) -> str:
    return "\n".join([f"<h2>{escape(title)}</h2>", *map(_table, tables)])


def _table(rows: list[Cells]) -> str:
    head, *others = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    drawn = "".join(f"<tr>{row}</tr>" for row in others)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{drawn}</tbody></table>"


def _plots(run: Run, colours: plots.Palette) -> Iterator[str]:
    yield "<h2>Indexing</h2>"
    rates = {name: run.articles / each.index.seconds for name, each in run.engines.items()}
    yield f"<h3>Throughput, {run.articles:,} articles</h3>{plots.bars(rates, 'articles a second', colours)}"
    peaks = {name: each.index.peak_bytes for name, each in run.engines.items()}
    if memory := {name: peak / 1e6 for name, peak in peaks.items() if peak}:
        yield f"<h3>Memory at its highest</h3>{plots.bars(memory, 'MB', colours)}"
    for task in report.tasks(run):
        timings = {name: each.tasks[task] for name, each in run.engines.items() if task in each.tasks}
        yield f"<h2>{escape(rounds.TITLES[task].capitalize())}</h2>"
        yield f"<h3>Latency, {run.articles:,} articles</h3>{plots.distribution(timings, colours)}"
        rates = {name: timing.per_second for name, timing in timings.items()}
        yield f"<h3>Throughput, one after the other</h3>{plots.bars(rates, 'a second', colours)}"


def _growth(result: Result, colours: plots.Palette) -> Iterator[str]:
    runs, names = result.sizes, list(result.sizes[-1].engines)
    yield "<h2>Growth</h2>"
    cost = {
        name: [(run.articles, 1e6 * run.engines[name].index.seconds / run.articles) for run in runs]
        for name in names
    }
    yield f"<h3>To index an article</h3>{plots.lines(cost, 'articles', 'microseconds', colours)}"
    for task in report.tasks(runs[-1]):
        medians = {
            name: [(run.articles, run.engines[name].tasks[task].median) for run in runs]
            for name in names
            if task in runs[-1].engines[name].tasks
        }
        yield f"<h3>Median of {escape(task)}</h3>{plots.lines(medians, 'articles', 'milliseconds', colours)}"
