"""What was measured, where and with what; kept as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

import orjson

from searchkit.errors import InvalidRequest, SourceError

FORMAT: Final = 1
"""Raised when the JSON below changes."""
_ABOUT: Final = {"date", "machine", "versions", "corpus", "queries", "rounds", "warmups", "limit"}


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds that each query took, in the order of the queries."""

    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the queries took no longer."""
        return median(self.times)

    @property
    def p99(self) -> float:
        """99 of 100 queries took no longer (the nearest rank)."""
        return sorted(self.times)[math.ceil(0.99 * len(self.times)) - 1]

    @property
    def per_second(self) -> float:
        """Queries a second, one after the other."""
        return 1000 * len(self.times) / sum(self.times)


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine: seconds and bytes of its index, and the times of each task that it has."""

    seconds: float
    size_bytes: int
    tasks: Mapping[str, Timing]


@dataclass(frozen=True, slots=True)
class Run:
    """One size of the corpus: the engines by name."""

    articles: int
    engines: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Result:
    """A whole benchmark. ``about`` says when, where, with what and on what; ``skipped`` maps engines that are
    not there to why. Runs go from few articles to many."""

    about: Mapping[str, Any]
    runs: tuple[Run, ...]
    skipped: Mapping[str, str] = field(default_factory=dict)


def to_json(result: Result) -> dict[str, Any]:
    """What ``searchkit bench --json`` gives: the figures, and beside them the times that they come from."""
    runs = [
        {
            "articles": run.articles,
            "engines": {name: _measured(each, run) for name, each in run.engines.items()},
        }
        for run in result.runs
    ]
    return {"format": FORMAT, **result.about, "skipped": dict(result.skipped), "runs": runs}


def from_json(known: Mapping[str, Any]) -> Result:
    """The result that :func:`to_json` wrote.

    :raises InvalidRequest: if it is none.
    """
    try:
        if known["format"] != FORMAT:
            raise InvalidRequest(f"a result of format {known['format']!r}; this version reads {FORMAT}")
        runs = tuple(
            Run(run["articles"], {name: _read(each) for name, each in run["engines"].items()})
            for run in known["runs"]
        )
        about = {key: value for key, value in known.items() if key not in ("format", "skipped", "runs")}
        if not runs or not about.keys() >= _ABOUT:
            raise KeyError(runs)
        about |= {key: dict(about[key]) for key in ("machine", "versions", "corpus", "queries")}
        return Result(about, runs, dict(known["skipped"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, InvalidRequest):
            raise
        raise InvalidRequest("not a result of searchkit bench", hint="write one: -o FILE") from None


def save(result: Result, path: Path) -> None:
    """Writes the result as JSON. :raises SourceError: if it cannot be written."""
    try:
        path.write_bytes(orjson.dumps(to_json(result), option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None


def load(path: Path) -> Result:
    """The result in a file.

    :raises SourceError: if it cannot be read. :raises InvalidRequest: if it holds none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None
    try:
        return from_json(orjson.loads(data))
    except InvalidRequest as error:
        raise InvalidRequest(f"{path}: {error.message}", hint=error.hint) from None
    except ValueError as error:
        raise InvalidRequest(f"{path}: not JSON: {error}") from None


def _measured(each: Measured, run: Run) -> dict[str, Any]:
    rate = run.articles / each.seconds
    index = {"seconds": each.seconds, "per_second": round(rate, 1), "bytes": each.size_bytes}
    return {"index": index, **{task: _timing(timing) for task, timing in each.tasks.items()}}


def _timing(timing: Timing) -> dict[str, Any]:
    return {
        "median_ms": round(timing.median, 4),
        "p99_ms": round(timing.p99, 4),
        "per_second": round(timing.per_second, 1),
        "times_ms": list(timing.times),
    }


def _read(known: Mapping[str, Any]) -> Measured:
    tasks = {
        task: Timing(tuple(map(_positive, times["times_ms"])))
        for task, times in known.items()
        if task != "index"
    }
    if not all(timing.times for timing in tasks.values()):
        raise ValueError("no times")
    return Measured(_positive(known["index"]["seconds"]), int(known["index"]["bytes"]), tasks)


def _positive(value: Any) -> float:
    number = float(value)
    if not 0 < number < math.inf:
        raise ValueError("not a time")
    return number
