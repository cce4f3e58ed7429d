"""Where output goes: data to standard output, all else to standard error; colour on terminals only."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from searchkit.errors import SearchkitError
from searchkit.present.text import clean, escaped


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def has_colour() -> bool:
    """Whether standard output takes colour. See https://no-color.org."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def put(text: str) -> None:
    """Data, to standard output. Whatever would steer a terminal is made harmless."""
    put_styled(clean(text))


def put_styled(text: str) -> None:
    """Data to standard output, with the styles of :mod:`searchkit.present.text`, which is safe already."""
    sys.stdout.write(text + "\n")


def put_json(value: Any, *, pretty: bool = True) -> None:
    """Data as JSON, to standard output: pretty as one document, or on one line."""
    import orjson  # slow to import, and text needs none

    option = orjson.OPT_INDENT_2 if pretty else 0
    put_styled(escaped(orjson.dumps(value, option=option).decode()))


def flush() -> None:
    """Sees to it that all data is written.

    :raises OSError: if it cannot be: then no more is tried, and Python's own try at its end meets a void.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def say(text: str) -> None:
    """Anything but data, to standard error. File names and pieces of articles in it steer no terminal."""
    sys.stderr.write(clean(text) + "\n")


def waiting(who: str) -> None:
    """That the program waits, and for whom."""
    say(f"Waiting: {who}.")


def fail(error: SearchkitError) -> None:
    """An error: what was wrong, where, what to do."""
    say(f"searchkit: {error}")


class Progress:
    """A line on a terminal that counts things and their rate; silent anywhere else."""

    def __init__(self, things: str = "records") -> None:
        self._things = things
        self._started = time.perf_counter()
        self._shown = False

    def __call__(self, seen: int) -> None:
        """Shows the count so far."""
        if sys.stderr.isatty():
            rate = seen / max(time.perf_counter() - self._started, 1e-9)
            sys.stderr.write(f"\r{seen:,} {self._things}, {rate:,.0f} a second ")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            sys.stderr.write("\r\033[K")
            self._shown = False
