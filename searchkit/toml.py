"""TOML read strictly: what is wrong is named, with the file, and with what may have been meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from searchkit.errors import InvalidRequest, SourceError
from searchkit.nearest import nearest

Table: TypeAlias = dict[str, Any]
"""A table of TOML's types."""

_T = TypeVar("_T")


def load(path: str | os.PathLike[str], build: Callable[[str], _T]) -> _T:
    """What ``build`` makes of a file's text; its errors name the file.

    :raises SourceError: if the file cannot be read. :raises InvalidRequest: if it is not UTF-8, or ``build``
        does.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{os.fspath(path)}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidRequest(f"{os.fspath(path)}: not UTF-8, as TOML is") from None
    except ValueError as error:  # a path that no file can have
        raise SourceError(f"{os.fspath(path)!r}: {error}") from None
    try:
        return build(text)
    except InvalidRequest as error:
        raise InvalidRequest(f"{os.fspath(path)}: {error.message}", hint=error.hint) from None


def loads(text: str) -> Table:
    """The table that a text holds.

    :raises InvalidRequest: if it is not TOML.
    """
    if sys.version_info >= (3, 11):  # imported here, for a search seldom needs it
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise InvalidRequest(f"not TOML: {error}") from None
    except RecursionError:
        raise InvalidRequest("not TOML: values within values, too many of them") from None


def check_whole(name: str, value: object, *, least: int = 0, most: int = 10**9) -> None:
    """:raises InvalidRequest: unless the value is a whole number in that range."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InvalidRequest(f"{name}: expected a whole number from {least} to {most}, got {value!r}")


def meant(name: str, known: Iterable[str]) -> str:
    """A hint for a name that is unknown: the one nearest to it, or all."""
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"known: {', '.join(known)}"
