"""The program: its commands, and what happens when one fails."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Final

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


COMMANDS: Final = {
    "index": "indexing",
    "search": "searching",
    "similar": "background",
    "show": "searching",
    "delete": "changing",
    "export": "changing",
    "stats": "about",
    "check": "keeping",
    "repair": "keeping",
    "copy": "keeping",
    "evaluate": "evaluating",
    "tune": "evaluating",
    "bench": "benching",
    "demo": "about",
    "help": "about",
}
"""Each command and the module that has it, in the order of the help."""


def load(command: str | None = None) -> None:
    """Makes a command known to :data:`app`, or all of them: one starts faster without the others."""
    for module in (COMMANDS[command],) if command in COMMANDS else dict.fromkeys(COMMANDS.values()):
        import_module(f"searchkit.cli.{module}")


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
    """Runs the command line.

    Exit status: 0 done or hits, 1 no hits, 2 an error, 130 interrupted, 141 nobody reads on.
    """
    if sys.stdout is None:  # `searchkit search … >&-`
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  # to the end of the process
    if isinstance(sys.stdout, TextIOWrapper):  # not every terminal has every letter
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        try:
            load(next((argument for argument in sys.argv[1:] if not argument.startswith("-")), None))
            gc.freeze()  # what is imported stays to the end: not to be looked through again and again
            gc.enable()
            app()
        finally:
            gc.freeze()  # the system takes back what is left sooner than Python would look through it
            screen.flush()
    except SearchkitError as error:
        screen.fail(error)
    except OSError as error:
        what = error.filename or "cannot read or write"
        screen.say(f"searchkit: {what}: {error.strerror or error}")
    except Exception:  # noqa: BLE001  # a bug, shown whole; Python's own status for it is that of "no hits"
        import traceback  # slow to import, and hopefully not needed

        traceback.print_exc()
    sys.exit(2)
