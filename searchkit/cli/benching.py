"""``searchkit bench``: how fast it is here, beside other engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from searchkit.benchmark import comparison, page, report, stored, targets
from searchkit.benchmark.measure import measure
from searchkit.benchmark.peers import ENGINES
from searchkit.benchmark.result import Result
from searchkit.benchmark.suite import Suite, load
from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import AsJson
from searchkit.errors import InvalidRequest


@app.command("bench")
def bench_command(
    what: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SUITE.toml|RESULT.json]", help="A suite to run, or an earlier result to show again."
        ),
    ] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", metavar="PATH", help="Articles, as `index` reads them; may be repeated."),
    ] = None,
    generated: Annotated[
        int | None, typer.Option("--generated", metavar="N", help="Make up so many articles.")
    ] = None,
    queries: Annotated[
        list[Path] | None,
        typer.Option("--queries", metavar="FILE", help="Queries, as `evaluate` reads them; may be repeated."),
    ] = None,
    engines: Annotated[
        list[str] | None,
        typer.Option("--engine", metavar="NAME", help=f"Of {', '.join(ENGINES)}; may be repeated."),
    ] = None,
    profiles: Annotated[
        list[str] | None,
        typer.Option("--profile", metavar="NAME", help="A profile, or its TOML file; may be repeated."),
    ] = None,
    rounds: Annotated[int | None, typer.Option("--rounds", metavar="N", help="How often to ask.")] = None,
    builds: Annotated[int | None, typer.Option("--builds", metavar="N", help="How often to index.")] = None,
    growth: Annotated[
        int | None,
        typer.Option(
            "--growth", metavar="N", help="And on N made-up articles, a tenth, a hundredth of them."
        ),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="FILE", help="An earlier result to compare with.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the result there, as JSON.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with plots there.")
    ] = None,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="The tables as Markdown on standard output.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure speed: searchkit, bare Tantivy and other engines, side by side."""
    before = stored.load(compare) if compare else None
    for path in filter(None, (output, html)):
        _check_writable(path)
    given = {
        "corpus": tuple(corpus or ()),
        "generated": generated,
        "queries": tuple(queries or ()),
        "engines": tuple(engines or ()),
        "profiles": tuple(profiles or ()),
        "rounds": rounds,
        "builds": builds,
        "growth": growth,
    }
    found = _found(what, {key: value for key, value in given.items() if value or value == 0})
    for engine, why in found.skipped.items():
        screen.say(f"searchkit: {engine} is left out: {why}")
    if left_out := found.about["corpus"].get("left_out"):
        screen.say(f"searchkit: bad records, or a second time the same id, left out: {left_out:,}")
    for difference in comparison.differences(before, found) if before else ():
        screen.say(f"searchkit: {difference}")
    if output:
        stored.save(found, output)
    if html:
        page.save(found, html, before)
    if as_json:
        compared = {"comparison": comparison.to_json(before, found)} if before else {}
        screen.put_json(stored.to_json(found) | {"targets": targets.to_json(found)} | compared)
        return
    screen.put((report.markdown if as_markdown else report.text)(found, before))


def _found(what: Path | None, given: dict[str, Any]) -> Result:
    """An earlier result, or a new one: of a suite, or of the default, with what the options say otherwise."""
    if what and what.suffix == ".json":
        if given:
            raise InvalidRequest(
                f"{what}: a result, which is only shown", hint="the options for measuring go with a suite"
            )
        return stored.load(what)
    if "corpus" in given and "generated" in given:
        raise InvalidRequest("--corpus and --generated: only one can be measured", hint="leave one out")
    if "generated" in given:
        given = {"corpus": (), "queries": ()} | given
    with screen.Progress("searches") as progress:
        return measure(replace(load(what) if what else Suite(), **given), progress)


def _check_writable(path: Path) -> None:
    """Keeps a long run from being lost at its end."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InvalidRequest(f"{path}: cannot be written", hint="name a file in a folder that is there")
