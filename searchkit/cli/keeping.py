"""``searchkit check``, ``repair`` and ``copy``: is an index whole, what to save if not, where to keep it."""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import asdict

from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import DEFAULT_INDEX, AsJson, IndexAt
from searchkit.copying import copy
from searchkit.engines.base import Flaw
from searchkit.engines.registry import check_engine
from searchkit.repairing import repair


@app.command("check")
def check_command(
    deep: Annotated[bool, typer.Option("--deep", help="Read every byte and every article.")] = False,
    as_json: AsJson = False,
    index_at: IndexAt = DEFAULT_INDEX,
) -> None:
    """Say whether the index is whole, and what can be done if it is not. Exit status: 0 whole, 1 damaged."""
    flaws = check_engine(index_at, deep=deep)
    is_whole = all(flaw.harmless for flaw in flaws)
    if as_json:
        screen.put_json({"whole": is_whole, "deep": deep, "flaws": [asdict(flaw) for flaw in flaws]})
    else:
        _show(flaws, is_whole, deep)
    raise typer.Exit(0 if is_whole else 1)


@app.command("repair")
def repair_command(
    source: Annotated[str, typer.Argument(metavar="SRC", help="The damaged index; it stays as it is.")],
    destination: Annotated[str, typer.Argument(metavar="DST", help="The new one: a new or empty folder.")],
    as_json: AsJson = False,
) -> None:
    """Make a new index of all that still reads in a damaged one. Exit status: 0 nothing lost, 1 something."""
    with screen.stoppable("The same command does it anew."):
        report = repair(source, destination)
    if as_json:
        screen.put_json(asdict(report))
    else:
        for remark in report.remarks:
            screen.say(remark)
        screen.say(f"{report.rescued:,} rescued, {report.doubtful:,} of them in doubt; {report.lost:,} lost.")
    raise typer.Exit(1 if report.lost or report.doubtful or report.remarks else 0)


@app.command("copy")
def copy_command(
    source: Annotated[str, typer.Argument(metavar="SRC", help="An index: a folder or an address.")],
    destination: Annotated[str, typer.Argument(metavar="DST", help="Another; made if it is not there.")],
    as_json: AsJson = False,
) -> None:
    """Copy an index to another place or engine, and compare. Exit status: 0 all is there, 1 not all."""
    remark = "Run the same command again: it goes on where it was."
    with screen.stoppable(remark), screen.Progress("articles") as progress:
        report = copy(source, destination, on_progress=progress)
    if as_json:
        screen.put_json({"whole": report.is_whole, **asdict(report)})
    else:
        counts = f"{report.read:,} read: {report.copied:,} copied, {report.there:,} there already"
        more = f"; {report.others:,} others in the destination" if report.others else ""
        screen.say(f"{counts}, {report.differing:,} differ{more}.")
    raise typer.Exit(0 if report.is_whole else 1)


def _show(flaws: list[Flaw], is_whole: bool, deep: bool) -> None:
    for flaw in flaws:
        screen.put(f"{flaw.file}: {flaw.wrong}\n  {flaw.remedy}")
    if not is_whole:
        screen.say("The index is damaged.")
    elif deep:
        screen.say("The index is whole: every file has its checksum, every article reads.")
    else:
        screen.say("The index is whole, as far as can be told without --deep.")
