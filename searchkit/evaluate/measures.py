"""Measures of a run by ir-measures (https://ir-measur.es), which comes with the extra ``evaluate``.

They count as trec_eval does: what is not judged is not relevant, a query without hits counts as 0, and a
query without judgements does not count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from searchkit.errors import InvalidRequest, SearchkitError
from searchkit.evaluate.qrels import Qrels
from searchkit.evaluate.runs import Run
from searchkit.nearest import nearest

DEFAULTS: Final = ("nDCG@10", "AP", "R@100", "RR")
MAX_CUTOFF: Final = 1_000_000
"""The deepest rank that a measure may look at: what trec_eval does with others ends the program."""

Measure: TypeAlias = Any
"""A measure of ir-measures; its ``str()`` is the name under which it is reported."""

_TRIAL: Final[tuple[Qrels, Run]] = ({"1": {"1": 1, "2": 0}}, {"1": {"1": 2.0, "2": 1.0}})


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run is worth: the value of each measure over all queries, and for each query."""

    means: dict[str, float]
    per_query: dict[str, dict[str, float]]


def parse_measures(names: Iterable[str]) -> tuple[Measure, ...]:
    """The measures of these names, each once: ``nDCG@10``, ``P(rel=2)@5`` and all others of ir-measures.

    :raises InvalidRequest: for a name that is not known, or needs what is not installed.
    :raises SearchkitError: if ir-measures is not installed.
    """
    return tuple(dict.fromkeys(_measure(name) for name in names))


def measured(run: Run, qrels: Qrels, measures: Sequence[Measure]) -> Measured:
    """The measures of a run, over all queries of ``qrels``.

    :raises InvalidRequest: for a measure that cannot be computed from these judgements.
    """
    found = _computed(", ".join(map(str, measures)), measures, qrels, run)
    per_query: dict[str, dict[str, float]] = {str(measure): {} for measure in measures}
    for metric in found.per_query:
        per_query[str(metric.measure)][metric.query_id] = float(metric.value)
    return Measured(
        {str(measure): float(found.aggregated[measure]) for measure in measures},
        {name: {query: values[query] for query in qrels} for name, values in per_query.items()},
    )


def _measure(name: str) -> Measure:
    """The measure of that name, tried out, so that no search is made for one that cannot be computed."""
    try:
        measure = _parsed(name.strip(), _library().measures.registry)
    except (SyntaxError, TypeError):
        raise InvalidRequest(f"no measure {name!r}", hint="write it as nDCG@10, AP or P(rel=2)@5") from None
    _computed(name, [measure], *_TRIAL)
    return measure


def _computed(names: str, measures: Sequence[Measure], qrels: Qrels, run: Run) -> Any:
    library = _library()
    hits = {query: run[query] for query in qrels if run.get(query)}  # some measures divide by their number
    try:
        return library.calc(measures, qrels, hits)
    except Exception as error:  # noqa: BLE001  # its providers raise whatever they like
        raise InvalidRequest(f"{names}: ir-measures cannot compute this: {error}") from None


def _parsed(text: str, registry: dict[str, Measure]) -> Measure:
    """``NAME``, ``NAME@10`` or ``NAME(rel=2)@10``. The library's own parser fails from Python 3.14 on.

    :raises SyntaxError: or TypeError, if it is nothing of the kind.
    :raises InvalidRequest: for an unknown name or a cutoff that makes no sense.
    """
    arguments: dict[str, Any] = {}
    cutoff = None
    node: ast.expr = ast.parse(text, mode="eval").body
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        cutoff = _literal(node.right)
        node = node.left
    if isinstance(node, ast.Call) and not node.args:
        arguments = {str(each.arg): _literal(each.value) for each in node.keywords}
        node = node.func
    if not isinstance(node, ast.Name):
        raise SyntaxError
    if node.id not in registry:
        near = nearest(node.id, registry, cutoff=0.5)
        known = f"did you mean {near}?" if near else f"measures: {', '.join(sorted(registry))}"
        raise InvalidRequest(f"no measure {node.id!r}", hint=known)
    measure = registry[node.id]
    if cutoff is not None:
        arguments[measure.AT_PARAM] = cutoff
    if not 0 < arguments.get("cutoff", 1) <= MAX_CUTOFF:
        raise InvalidRequest(f"{text}: expected a rank from 1 to {MAX_CUTOFF:,} after the @")
    return measure(**arguments)


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise SyntaxError from None


def _library() -> Any:
    try:
        import ir_measures  # slow, and an extra
    except ImportError as error:
        raise SearchkitError(
            f"measures are computed by ir-measures, which cannot be imported ({error})",
            hint="pip install 'searchkit[evaluate]'",
        ) from None
    return ir_measures
