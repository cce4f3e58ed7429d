"""``searchkit evaluate`` and ``searchkit tune``: how good a ranking is, and what would better it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec.structs import replace

from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import DEFAULT_INDEX, AsJson, IndexAt
from searchkit.errors import InvalidRequest
from searchkit.evaluate import report
from searchkit.evaluate.checks import fruitless, missing, read_judged
from searchkit.evaluate.compare import evaluate
from searchkit.evaluate.measures import DEFAULTS, measured, parse_measures
from searchkit.evaluate.retrieval import DEPTH, Retrieval
from searchkit.evaluate.runs import read_run, write_run
from searchkit.evaluate.tune import USUAL, Scores, parameter, tune
from searchkit.index import Index
from searchkit.limits import WINDOW
from searchkit.profile import NEWS, RankProfile, named, save

TUNING_DEPTH: Final = 100
"""Hits for each query while parameters are searched: many profiles are tried."""

Queries = Annotated[
    Path, typer.Option("--queries", metavar="FILE", help="Queries: JSON lines, TSV or TREC topics.")
]
Judgements = Annotated[
    Path,
    typer.Option("--qrels", metavar="FILE", help="Judgements: TREC qrels, or query, article, grade as TSV."),
]
AsTyped = Annotated[
    bool,
    typer.Option(
        "--as-typed", help="Read queries as `searchkit search` does; by default, all is plain words."
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="Of what is drawn at random.")]


@app.command("evaluate")
def evaluate_command(
    queries: Queries,
    judgements: Judgements,
    index_at: IndexAt = DEFAULT_INDEX,
    profiles: Annotated[
        list[str] | None,
        typer.Option(
            "--profile", metavar="NAME", help="A profile or a TOML file; may be repeated. By default news."
        ),
    ] = None,
    run_files: Annotated[
        list[Path] | None,
        typer.Option("--run", metavar="FILE", help="A TREC run of any engine; may be repeated."),
    ] = None,
    baseline: Annotated[
        str,
        typer.Option(
            "--baseline", metavar="NAME", help="What to compare with. By default the first profile."
        ),
    ] = "",
    save_runs: Annotated[
        Path | None,
        typer.Option("--save-runs", metavar="FOLDER", help="Write a TREC run of each profile there."),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="NAME", help=f"May be repeated. By default {', '.join(DEFAULTS)}."),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=WINDOW, help="Hits for each query.")] = DEPTH,
    as_typed: AsTyped = False,
    per_query: Annotated[bool, typer.Option("--per-query", help="Show every query's values.")] = False,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Measure how well profiles and other engines' runs answer judged queries."""
    wanted = parse_measures(measures or DEFAULTS)
    judged = read_judged(queries, judgements)
    stems = [path.stem for path in run_files or ()]
    chosen = [named(name) for name in profiles or {NEWS.name}.difference(stems)]
    _check_names([*(each.name for each in chosen), *stems], baseline)
    files = {path.stem: read_run(path) for path in run_files or ()}
    with Index.open(index_at) as index:
        with screen.Progress("queries") as progress:
            retrieval = Retrieval(index, depth, as_typed, progress)
            runs = {profile.name: retrieval.run(judged.topics, profile) for profile in chosen}
        _warn(judged.warnings, retrieval.warnings, missing(index, judged.qrels))
    if save_runs:
        for name, run in runs.items():
            write_run(run, save_runs / f"{name}.run", name=name)
    runs |= files
    for name, run in runs.items():
        _warn(fruitless(name, run, judged.qrels))
    found = evaluate(runs, judged.qrels, wanted, baseline=baseline or next(iter(runs)), seed=seed)
    if as_json:
        screen.put_json(report.as_json(found))
    else:
        screen.put(report.tables(found))
        if per_query:
            screen.put(f"\n{report.per_query(found, judged.topics)}")


@app.command("tune")
def tune_command(
    queries: Queries,
    judgements: Judgements,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Write the profile there, as TOML.")
    ],
    index_at: IndexAt = DEFAULT_INDEX,
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help="The profile to better, or its TOML file.")
    ] = NEWS.name,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            metavar="NAME[=VALUES]",
            help=f"Such as weights.headline=0,0.1,0.3; may be repeated. By default {', '.join(USUAL)}.",
        ),
    ] = None,
    measure: Annotated[str, typer.Option("--measure", metavar="NAME", help="What to better.")] = DEFAULTS[0],
    depth: Annotated[
        int, typer.Option("--depth", min=1, max=WINDOW, help="Hits for each query.")
    ] = TUNING_DEPTH,
    folds: Annotated[int, typer.Option("--folds", min=2, help="Parts of the cross-validation.")] = 5,
    as_typed: AsTyped = False,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Search for better parameters of a profile, and say whether they are more than noise."""
    (wanted,) = parse_measures([measure])
    judged = read_judged(queries, judgements)
    searched = [parameter(text) for text in parameters or USUAL]
    base = named(profile)
    _check_output(base, output)
    with Index.open(index_at) as index:
        progress = screen.Progress("queries")
        retrieval = Retrieval(index, depth, as_typed, progress)

        def scores(tried: RankProfile) -> Scores:
            run = retrieval.run(judged.topics, tried)
            return measured(run, judged.qrels, [wanted]).per_query[str(wanted)]

        with progress:
            tuning = tune(scores, base, searched, folds=folds, seed=seed)
        _warn(judged.warnings, retrieval.warnings, missing(index, judged.qrels))
    save(replace(tuning.profile, name=output.stem), output)
    if as_json:
        screen.put_json(report.tuning_json(tuning, str(wanted)))
    else:
        screen.put(report.tuning_table(tuning, str(wanted), searched))
    screen.say(f"{report.verdict(tuning, str(wanted))} What was chosen on all queries is in {output}.")


def _check_output(base: RankProfile, output: Path) -> None:
    """Keeps a long search from being lost at its end."""
    if output.suffix != ".toml" or not output.parent.is_dir():
        raise InvalidRequest(f"-o {output}: expected a file that ends in .toml, in a folder that is there")
    replace(base, name=output.stem)


def _check_names(names: list[str], baseline: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InvalidRequest(f"two profiles or runs are called {twice!r}", hint="rename one")
    if baseline and baseline not in names:
        raise InvalidRequest(f"--baseline {baseline}: not among {', '.join(names)}")


def _warn(*warnings: Iterable[str]) -> None:
    for warning in chain(*warnings):
        screen.say(f"searchkit: {warning}")
