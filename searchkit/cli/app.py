"""The program: its commands, and what happens when one fails."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

import searchkit
from searchkit.cli import screen
from searchkit.errors import SearchkitError

app = typer.Typer(
    name="searchkit",
    help="Search newspaper archives. Start with: searchkit demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        screen.put(f"searchkit {searchkit.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Search newspaper archives. Start with: searchkit demo."""


def main() -> None:
    """Runs the command line. Exit status: 0 done or hits, 1 no hits, 2 an error, 130 interrupted."""
    if sys.stdout is None:  # `searchkit search … >&-`
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  # to the end of the process
    if hasattr(signal, "SIGPIPE"):  # `searchkit search … | head` ends as any Unix filter does
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        try:
            app()
        finally:
            screen.flush()
    except SearchkitError as error:
        screen.fail(error)
    except OSError as error:
        what = error.filename or "cannot read or write"
        screen.say(f"searchkit: {what}: {error.strerror or error}")
    except Exception:  # noqa: BLE001  # a bug, shown whole; Python's own status for it is that of "no hits"
        traceback.print_exc()
    sys.exit(2)
