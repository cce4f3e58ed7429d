"""Runs: what an engine found for each query, with scores; TREC's run files, in and out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from searchkit.errors import InvalidRequest, SourceError
from searchkit.evaluate.lines import fault, numbered, read_text
from searchkit.regex import regex

Run: TypeAlias = dict[str, dict[str, float]]
"""Scores by query and article, the best first."""

STEP: Final = 1e-6
"""By how much equal scores are set apart: more than single precision rounds away, less than matters."""

_LINE = regex(r"\s*(\S+)\s+\S+\s+(\S|\S[^\r\n]*\S)\s+(\S+)\s+(\S+)\s+(\S+)\s*")
_EXPECTED: Final = "expected TREC's six columns: query, Q0, article, rank, score, name of the run"


def falling(scored: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Hits in their order, with scores that fall at every step.

    trec_eval goes by scores alone, in single precision, and puts equal ones in the order of their ids
    backwards: it would measure another order than the one that a reader sees.
    """
    scores: dict[str, float] = {}
    bound = math.inf
    for article, score in scored:
        scores[article] = score = min(score, bound)
        bound = score - STEP * max(1.0, abs(score))
    return scores


def read_run(path: Path) -> Run:
    """A run of any engine. The scores count, not the ranks and not the order of the lines, as in trec_eval.

    :raises SourceError: if the file or a line of it cannot be read, or a query has an article twice.
    """
    run: Run = {}
    for number, line in numbered(read_text(path)):
        match = _LINE.fullmatch(line)
        if not match:
            raise fault(path, number, "cannot be read as a hit", _EXPECTED)
        query, article, _, score, _ = match.groups()
        hits = run.setdefault(query, {})
        if article in hits:
            raise fault(path, number, f"query {query} has the article {article!r} twice")
        hits[article] = _score(path, number, score)
    if not run:
        raise SourceError(f"{path}: no hits", hint=_EXPECTED)
    return run


def write_run(run: Run, path: Path, *, name: str) -> None:
    """Writes a run as TREC has it, ``name`` in the last column.

    An article's id that holds spaces is written as it is: :func:`read_run` reads it, trec_eval does not.

    :raises InvalidRequest: for an id that no line can hold.
    :raises SourceError: if the file cannot be written.
    """
    lines = [
        _line(query, article, rank, score, name)
        for query, hits in run.items()
        for rank, (article, score) in enumerate(hits.items(), start=1)
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None


def _line(query: str, article: str, rank: int, score: float, name: str) -> str:
    line = f"{query} Q0 {article} {rank} {score!r} {name}\n"
    match = _LINE.fullmatch(line)
    if not match or (match[1], match[2]) != (query, article):
        culprit = f"the query's id {query!r}" if query.split() != [query] else f"the article's id {article!r}"
        raise InvalidRequest(f"{culprit} does not fit into a TREC run", hint="use ids without spaces")
    return line


def _score(path: Path, number: int, text: str) -> float:
    with suppress(ValueError):
        if math.isfinite(score := float(text)):
            return score
    raise fault(path, number, f"the score {text!r} is not a number", _EXPECTED)
