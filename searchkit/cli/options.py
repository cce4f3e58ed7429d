"""The options that several commands share, each defined once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from searchkit.dates import since
from searchkit.errors import InvalidDate, InvalidRequest
from searchkit.index import Index
from searchkit.profile import RankProfile, named
from searchkit.regex import regex

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
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME|FILE",
        help="How to rank: news, bm25, feedback, recent or a TOML file. By default as the index does.",
    ),
]
Recency = Annotated[
    str | None,
    typer.Option("--recency", metavar="AGE", help="Articles of this age, as 30d or 6m, count half."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there, not to standard output."),
]


def ranking(index: Index, profile: str | None, recency: str | None) -> RankProfile:
    """The profile that is meant: the one named or the index's own, with the half-life asked for.

    :raises InvalidRequest: for an unknown profile, or an age that is none.
    """
    found = named(profile) if profile else index.profile
    if recency is None:
        return found
    today = date.today()
    try:
        start = since(recency, today) if _AGE.fullmatch(recency) else None
    except InvalidDate:
        start = None
    if start is None:
        raise InvalidRequest(f"--recency {recency}: expected an age", hint="such as 30d, 8w, 6m or 2y")
    return replace(found, half_life=(today - start).days + 1)


_AGE = regex("[0-9]{1,5} ?[dwmy]")


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
