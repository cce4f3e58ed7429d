"""Where output goes: data to standard output, all else to standard error; colour on terminals only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, TextIO

from searchkit.errors import SearchkitError
from searchkit.present.text import clean, escaped

INTERRUPTED: Final = 130
"""The exit status after Ctrl-C."""
UNREAD: Final = 141
"""The exit status where nobody reads on, ``searchkit search … | head``: what shells say of any filter."""


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
    _write(sys.stdout, text + "\n")


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
    except BrokenPipeError:
        unread(sys.stdout)
    except OSError:
        _drop(sys.stdout)
        raise


def say(text: str) -> None:
    """Anything but data, to standard error. File names and pieces of articles in it steer no terminal."""
    _write(sys.stderr, clean(text) + "\n")


def waiting(who: str) -> None:
    """That the program waits, and for whom."""
    say(f"Waiting: {who}.")


def fail(error: SearchkitError) -> None:
    """An error: what was wrong, where, what to do."""
    say(f"searchkit: {error}")


@contextmanager
def stoppable(remark: str) -> Iterator[None]:
    """Ends the program with a remark on what to do, after Ctrl-C in the block."""
    try:
        yield
    except KeyboardInterrupt:
        say(f"Stopped. {remark}")
        raise SystemExit(INTERRUPTED) from None


def unread(stream: TextIO) -> NoReturn:
    """Ends the program where nobody reads a stream any more.

    The signal's own default would end it at once, and leave its temporary files behind.
    """
    _drop(stream)
    raise SystemExit(UNREAD) from None


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except BrokenPipeError:
        unread(stream)


def _drop(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Progress:
    """A line on a terminal that counts things and their rate while the block runs; silent anywhere else."""

    def __init__(self, things: str = "records") -> None:
        self._things = things
        self._started = time.perf_counter()
        self._shown = False

    def __call__(self, seen: int) -> None:
        """Shows the count so far."""
        if sys.stderr.isatty():
            rate = seen / max(time.perf_counter() - self._started, 1e-9)
            _write(sys.stderr, f"\r{seen:,} {self._things}, {rate:,.0f} a second ")
            sys.stderr.flush()
            self._shown = True

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            _write(sys.stderr, "\r\033[K")
