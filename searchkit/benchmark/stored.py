"""Results as JSON: what ``searchkit bench --json`` gives, and ``-o`` keeps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from searchkit.benchmark.result import Indexing, Measured, Result, Run, Timing
from searchkit.errors import InvalidRequest, SourceError

FORMAT: Final = 2
"""Raised when the JSON below changes."""
_ABOUT: Final = {"date", "machine", "versions", "corpus", "queries", "rounds", "warmups", "builds", "limit"}
_NO_TASKS: Final = ("index", "threads")


def to_json(result: Result) -> dict[str, Any]:
    """The figures, and beside them the times that they come from."""
    return {
        "format": FORMAT,
        **result.about,
        "skipped": dict(result.skipped),
        "runs": [_run(run) for run in result.runs],
        "growth": [_run(run) for run in result.growth],
    }


def from_json(known: Mapping[str, Any]) -> Result:
    """The result that :func:`to_json` wrote.

    :raises InvalidRequest: if it is none.
    """
    try:
        if known["format"] != FORMAT:
            raise InvalidRequest(f"a result of format {known['format']!r}; this version reads {FORMAT}")
        about = {
            key: value for key, value in known.items() if key not in ("format", "skipped", "runs", "growth")
        }
        if not known["runs"] or not about.keys() >= _ABOUT:
            raise KeyError("runs")
        about |= {key: dict(about[key]) for key in ("machine", "versions", "corpus", "queries")}
        return Result(about, _runs(known["runs"]), dict(known["skipped"]), _runs(known["growth"]))
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


def _run(run: Run) -> dict[str, Any]:
    engines = {name: _measured(each, run.articles) for name, each in run.engines.items()}
    return {"articles": run.articles, "engines": engines}


def _measured(each: Measured, articles: int) -> dict[str, Any]:
    index = {
        "seconds": each.index.seconds,
        "per_second": round(articles / each.index.seconds, 1),
        "bytes": each.index.size_bytes,
        "peak_bytes": each.index.peak_bytes,
        "same_file_seconds": each.index.same_file,
        "same_records_seconds": each.index.same_records,
    }
    threads = {"threads": {str(count): rate for count, rate in each.threads.items()}} if each.threads else {}
    return {"index": index, **threads, **{task: _timing(timing) for task, timing in each.tasks.items()}}


def _timing(timing: Timing) -> dict[str, Any]:
    return {
        "median_ms": round(timing.median, 4),
        "p99_ms": round(timing.p99, 4),
        "per_second": round(timing.per_second, 1),
        "times_ms": list(timing.times),
    }


def _runs(known: Iterable[Mapping[str, Any]]) -> tuple[Run, ...]:
    return tuple(
        Run(run["articles"], {name: _read(each) for name, each in run["engines"].items()}) for run in known
    )


def _read(known: Mapping[str, Any]) -> Measured:
    tasks = {task: _read_timing(times["times_ms"]) for task, times in known.items() if task not in _NO_TASKS}
    index = known["index"]
    indexing = Indexing(
        _positive(index["seconds"]),
        int(index["bytes"]),
        None if index["peak_bytes"] is None else int(index["peak_bytes"]),
        *(_maybe(index[f"same_{what}_seconds"]) for what in ("file", "records")),
    )
    threads = {int(count): _positive(rate) for count, rate in known.get("threads", {}).items()}
    return Measured(indexing, tasks, threads)


def _read_timing(times: Iterable[Any]) -> Timing:
    timing = Timing(tuple(map(_maybe, times)))
    if not timing.known:
        raise ValueError("no times")
    return timing


def _maybe(value: Any) -> float | None:
    return None if value is None else _positive(value)


def _positive(value: Any) -> float:
    number = float(value)
    if not 0 < number < math.inf:
        raise ValueError("not a time")
    return number
