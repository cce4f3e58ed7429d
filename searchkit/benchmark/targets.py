"""What searchkit is to reach, beside the floor and on its own: ratios that any result can be held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from searchkit.benchmark.peers import FLOOR, OWN
from searchkit.benchmark.result import Indexing, Result, Run
from searchkit.benchmark.rounds import THREADS

Figure: TypeAlias = Callable[[Result, str], float | None]
"""What a result says of an engine; None if it says nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """A bound: ``most``, or ``least`` where more is better. ``unit`` follows the number."""

    name: str
    figure: Figure
    bound: float
    least: bool = False
    unit: str = "×"

    def meets(self, value: float) -> bool:
        """Whether a figure is within the bound."""
        return value >= self.bound if self.least else value <= self.bound

    @property
    def limit(self) -> str:
        """The bound as a person reads it."""
        return f"{'≥' if self.least else '≤'} {self.shown(self.bound)}"

    def shown(self, value: float) -> str:
        """A figure as a person reads it."""
        return f"{value:,.0f}{self.unit}" if value >= 50 else f"{value:.2f}{self.unit}"


def held(result: Result) -> Iterator[tuple[Target, dict[str, float]]]:
    """Each target, with the figures of searchkit by profile; those without any are left out."""
    names = [name for name in result.runs[-1].engines if name.startswith(f"{OWN}:")]
    for target in TARGETS:
        found = {name: value for name in names if (value := target.figure(result, name)) is not None}
        if found:
            yield target, found


def to_json(result: Result) -> list[dict[str, Any]]:
    """The same for a program."""
    return [
        {"target": target.name, "bound": target.bound, "at_least": target.least, "engine": name}
        | {"value": value, "met": target.meets(value)}
        for target, found in held(result)
        for name, value in found.items()
    ]


def _rate(result: Result, name: str) -> float | None:
    """Articles a second, the floor's being 1."""
    own, floor = _index(result, name), _index(result, FLOOR)
    return floor.seconds / own.seconds if own and floor else None


def _memory(result: Result, name: str) -> float | None:
    own = _index(result, name)
    return own.peak_bytes / 1e6 if own and own.peak_bytes else None


def _same_file(result: Result, name: str) -> float | None:
    own = _index(result, name)
    return own.seconds / own.same_file if own and own.same_file else None


def _same_records(result: Result, name: str) -> float | None:
    own = _index(result, name)
    return own.seconds / own.same_records if own and own.same_records else None


def _index(result: Result, name: str) -> Indexing | None:
    return result.runs[-1].engines[name].index if name in result.runs[-1].engines else None


def _task(task: str, figure: str) -> Figure:
    """How many times the floor's median or p99 it is."""

    def ratio(result: Result, name: str) -> float | None:
        return _ratio(result.runs[-1], name, task, figure)

    return ratio


def _ratio(run: Run, name: str, task: str, figure: str) -> float | None:
    engines = run.engines
    if FLOOR not in engines or not all(task in engines[each].tasks for each in (name, FLOOR)):
        return None
    return float(getattr(engines[name].tasks[task], figure) / getattr(engines[FLOOR].tasks[task], figure))


def _threads(result: Result, name: str) -> float | None:
    rates = result.runs[-1].engines[name].threads
    one, several = THREADS
    return rates[several] / rates[one] if rates.keys() >= {one, several} else None


def _steady(result: Result, name: str) -> float | None:
    """The dearest article of all sizes, by the cheapest."""
    costs = [run.engines[name].index.seconds / run.articles for run in result.sizes if name in run.engines]
    return max(costs) / min(costs) if costs else None


def _growth(result: Result, name: str) -> float | None:
    """How many times the floor's the ratio to it has become, from the fewest articles to the most."""
    if not result.sizes:
        return None
    first, last = (_ratio(run, name, "search", "median") for run in (result.sizes[0], result.sizes[-1]))
    return last / first if first and last else None


TARGETS: Final = (
    Target("index: articles a second, × floor", _rate, 0.85, least=True),
    Target("index: peak memory", _memory, 600, unit=" MB"),
    Target("index: an unchanged file again, × faster", _same_file, 100, least=True),
    Target("index: unchanged records of a changed file, × faster", _same_records, 6, least=True),
    Target("search: p99, × floor", _task("search", "p99"), 2),
    Target("fetch: median, × floor", _task("fetch", "median"), 1.4),
    Target("snippets: median, × floor", _task("snippets", "median"), 0.65),
    Target("snippets: p99, × floor", _task("snippets", "p99"), 1.2),
    Target("four threads' rate, × one thread's", _threads, 1.7, least=True),
    Target("cold: median, × a bare script's", _task("cold", "median"), 4.5),
    Target("growth: seconds to index an article, most / least", _steady, 1.25),
    Target("growth: median of search, × the floor's growth", _growth, 1),
)
"""In the order of an article's way: in, found, shown."""
