"""Evaluations and tunings → tables for a person, JSON for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Final

from searchkit.evaluate.compare import Comparison, Evaluation
from searchkit.evaluate.significance import SAME
from searchkit.evaluate.topics import Topics
from searchkit.evaluate.tune import Parameter, Tuning
from searchkit.present.text import Cells, aligned, clean
from searchkit.profile import RankProfile, to_table

QUERY_WIDTH: Final = 50
"""Characters of a query's text that a table shows."""


def tables(evaluation: Evaluation) -> str:
    """The measures of every run, and how the others compare with the baseline."""
    names = next(iter(evaluation.measured.values())).means
    rows = ((name, *map(_value, found.means.values())) for name, found in evaluation.measured.items())
    measures = aligned([("run", *names), *rows])
    if not evaluation.comparisons:
        return measures
    heading = (
        f"against {evaluation.baseline}",
        "measure",
        "difference",
        "wins",
        "ties",
        "losses",
        "p",
        "Holm",
    )
    compared = aligned([heading, *map(_comparison, evaluation.comparisons)])
    return f"{measures}\n\n{compared}"


def per_query(evaluation: Evaluation, topics: Topics) -> str:
    """Every query's values, a table for each measure: ``+`` beside a win over the baseline, ``-`` a loss."""
    baseline = evaluation.measured[evaluation.baseline].per_query
    return "\n\n".join(aligned(_queries(evaluation, topics, measure)) for measure in baseline)


def _queries(evaluation: Evaluation, topics: Topics, measure: str) -> Iterator[Cells]:
    runs = {name: found.per_query[measure] for name, found in evaluation.measured.items()}
    yield (measure, *(f"{name} " for name in runs), "")
    for query, before in runs[evaluation.baseline].items():
        values = (values[query] for values in runs.values())
        shown = " ".join(clean(topics[query]).split())[:QUERY_WIDTH]
        yield (
            query,
            *(f"{_value(value)}{_sign(value - before)}" for value in values),
            f"  {shown:<{QUERY_WIDTH}}",
        )


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """What ``searchkit evaluate --json`` gives."""
    return {
        "measures": {name: found.means for name, found in evaluation.measured.items()},
        "per_query": {name: found.per_query for name, found in evaluation.measured.items()},
        "comparisons": [asdict(each) for each in evaluation.comparisons],
    }


def tuning_table(tuning: Tuning, measure: str, parameters: Iterable[Parameter]) -> str:
    """What each fold chose and gained, and what was chosen on all queries."""
    names = [each.name for each in parameters]
    base = ("base", *_settings(tuning.base, names), "", "")
    folds = [
        (f"fold {number}", *_settings(fold.chosen, names), str(len(fold.queries)), f"{fold.gain:+.4f}")
        for number, fold in enumerate(tuning.folds, start=1)
    ]
    queries = sum(len(fold.queries) for fold in tuning.folds)
    chosen = ("all", *_settings(tuning.profile, names), str(queries), f"{tuning.gain:+.4f}")
    return aligned([("", *names, "queries", f"gain in {measure}"), base, *folds, chosen])


def verdict(tuning: Tuning, measure: str) -> str:
    """What the search came to, in a sentence."""
    seen = f"{tuning.seen_gain:+.4f} on the queries it was chosen on"
    if tuning.profile == tuning.base:
        return f"Nothing that was tried is better than {tuning.base.name}."
    if tuning.is_noise:
        held = f"{tuning.gain:+.4f} in {measure} on queries held out (p {_p(tuning.p)})"
        return f"The gain is noise: {held}, {seen}. Keep {tuning.base.name}, or judge more queries."
    return f"{tuning.gain:+.4f} in {measure} on queries held out (p {_p(tuning.p)}), {seen}."


def tuning_json(tuning: Tuning, measure: str) -> dict[str, Any]:
    """What ``searchkit tune --json`` gives."""
    return {
        "measure": measure,
        "base": to_table(tuning.base),
        "profile": to_table(tuning.profile),
        "gain": tuning.gain,
        "seen_gain": tuning.seen_gain,
        "p": tuning.p,
        "noise": tuning.is_noise,
        "folds": [
            {"queries": list(fold.queries), "chosen": to_table(fold.chosen), "gain": fold.gain}
            for fold in tuning.folds
        ],
    }


def _comparison(each: Comparison) -> Cells:
    counts = map(str, (each.wins, each.ties, each.losses))
    mark = " *" if each.significant else "  "
    return (
        each.run,
        each.measure,
        f"{each.difference:+.4f}",
        *counts,
        _p(each.p),
        f"{_p(each.p_holm)}{mark}",
    )


def _settings(profile: RankProfile, names: Iterable[str]) -> Iterator[str]:
    table = to_table(profile)
    for name in names:
        group, _, key = name.rpartition(".")
        value = (table.get(group, {}) if group else table).get(key)
        yield "-" if value is None else f"{value:g}"


def _sign(difference: float) -> str:
    return " " if abs(difference) <= SAME else "+" if difference > 0 else "-"


def _p(p: float) -> str:
    return f"{p:.4f}" if p >= 0.0001 else "<.0001"


def _value(value: float) -> str:
    return f"{value:.4f}"
