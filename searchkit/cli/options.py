"""The options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from searchkit.errors import InvalidRequest

IndexAt = Annotated[
    str,
    typer.Option(
        "-i", "--index", metavar="PATH", envvar="SEARCHKIT_INDEX", help="The index.", show_default=True
    ),
]
DEFAULT_INDEX = "./searchkit.idx"

Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="From this day, month, year or instant on: 2017-12."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Up to and including it: --until 2017 ends with December."),
]
In = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="FIELD=VALUE", help="Only articles with this value; may be repeated."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse a query with mistakes instead of mending it.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there, not to standard output."),
]


def pairs(option: str, given: list[str] | None) -> dict[str, list[str]]:
    """``FIELD=VALUE`` options as a map; a field that is given twice has both values.

    :raises InvalidRequest: if one has no equals sign, or nothing on a side of it.
    """
    found: dict[str, list[str]] = {}
    for pair in given or []:
        name, _, value = pair.partition("=")
        if not name.strip() or not value.strip():
            raise InvalidRequest(
                f"{option} {pair}: expected FIELD=VALUE", hint=f"such as {option} section=World"
            )
        found.setdefault(name.strip(), []).append(value.strip())
    return found
