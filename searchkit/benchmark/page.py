"""Results → one HTML page that needs nothing else: tables, and plots of what tables hide."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from searchkit.benchmark import plots, report
from searchkit.benchmark.result import Result, Run
from searchkit.errors import SourceError

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; } h3 { margin: 1.5rem 0 .5rem; }
pre { overflow-x: auto; font-size: 12px; line-height: 1.4; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
svg .grid { stroke: currentColor; stroke-opacity: .15; }
.legend span { margin-right: 1rem; white-space: nowrap; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; }
"""


def page(result: Result, before: Result | None = None) -> str:
    """The result as a page; with ``before``, what has changed since."""
    largest = result.runs[-1]
    parts = [f"<h1>searchkit bench</h1>\n<pre>{escape(report.heading(result))}</pre>"]
    parts += _plots(largest)
    if len(result.runs) > 1:
        parts += _growth(result)
    if before:
        parts.append(f"<h2>Since {escape(str(before.about['date']))}</h2>")
        parts.append(f"<pre>{escape(report.comparison(before, result))}</pre>")
    parts.append(f"<h2>Tables</h2>\n<pre>{escape(report.tables(result))}</pre>")
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>searchkit bench</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def save(result: Result, path: Path, before: Result | None = None) -> None:
    """Writes the page. :raises SourceError: if it cannot be written."""
    try:
        path.write_text(page(result, before), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None


def _plots(run: Run) -> Iterator[str]:
    for task in report.tasks(run):
        timings = {name: each.tasks[task] for name, each in run.engines.items() if task in each.tasks}
        yield f"<h2>{escape(report.TITLES[task].capitalize())}</h2>"
        yield f"<h3>Latency, {run.articles:,} articles</h3>{plots.distribution(timings)}"
        rates = {name: timing.per_second for name, timing in timings.items()}
        yield f"<h3>Throughput, one after the other</h3>{plots.bars(rates, 'a second')}"
    rates = {name: run.articles / each.seconds for name, each in run.engines.items()}
    yield f"<h2>Indexing</h2>{plots.bars(rates, 'articles a second')}"


def _growth(result: Result) -> Iterator[str]:
    names = list(result.runs[-1].engines)
    yield "<h2>Growth</h2>"
    cost = {
        name: [(run.articles, 1e6 * run.engines[name].seconds / run.articles) for run in result.runs]
        for name in names
    }
    yield f"<h3>To index an article</h3>{plots.lines(cost, 'articles', 'microseconds')}"
    for task in report.tasks(result.runs[-1]):
        medians = {
            name: [(run.articles, run.engines[name].tasks[task].median) for run in result.runs]
            for name in names
            if task in result.runs[-1].engines[name].tasks
        }
        yield f"<h3>Median of {escape(task)}</h3>{plots.lines(medians, 'articles', 'milliseconds')}"
