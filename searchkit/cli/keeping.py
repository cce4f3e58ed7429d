"""``searchkit check`` and ``searchkit repair``: is an index whole, and what to save if it is not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import DEFAULT_INDEX, AsJson, IndexAt
from searchkit.engines.base import Flaw
from searchkit.engines.registry import check_engine


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


def _show(flaws: list[Flaw], is_whole: bool, deep: bool) -> None:
    for flaw in flaws:
        screen.put(f"{flaw.file}: {flaw.wrong}\n  {flaw.remedy}")
    if not is_whole:
        screen.say("The index is damaged.")
    elif deep:
        screen.say("The index is whole: every file has its checksum, every article reads.")
    else:
        screen.say("The index is whole, as far as can be told without --deep.")
