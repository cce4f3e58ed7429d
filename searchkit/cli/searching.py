"""``searchkit search`` and ``searchkit show``: query → hits on the screen, id → article."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.hits import (
    AsCsv,
    AsJsonl,
    Explain,
    Layout,
    LayoutOption,
    Limit,
    Offset,
    Snippets,
    form_of,
    passages_of,
    put_results,
)
from searchkit.cli.options import (
    DEFAULT_INDEX,
    AsJson,
    In,
    IndexAt,
    Profile,
    Recency,
    Since,
    Strict,
    Until,
    pairs,
    ranking,
)
from searchkit.index import Index
from searchkit.limits import SECONDS
from searchkit.present import text
from searchkit.request import Sort


class Matching(str, Enum):
    """Which of a query's words an article must have."""

    ANY = "any"
    ALL = "all"


@app.command("search")
def search_command(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="See: searchkit help query.")],
    index_at: IndexAt = DEFAULT_INDEX,
    since: Since = None,
    until: Until = None,
    where: In = None,
    match: Annotated[
        Matching | None,
        typer.Option(
            "--match", help="Any of the words, or all. By default any, but all where sorted by date."
        ),
    ] = None,
    sort: Annotated[Sort, typer.Option("--sort", help="The order of the hits.")] = Sort.RELEVANCE,
    limit: Limit = 10,
    offset: Offset = 0,
    profile: Profile = None,
    recency: Recency = None,
    facet: Annotated[
        list[str] | None, typer.Option("--facet", metavar="FIELD", help="Count the values of a field.")
    ] = None,
    snippets: Snippets = None,
    layout: LayoutOption = Layout.AUTO,
    explain: Explain = False,
    strict: Strict = False,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Then it gives what it has.")
    ] = SECONDS,
    as_json: AsJson = False,
    as_jsonl: AsJsonl = False,
    as_csv: AsCsv = False,
) -> None:
    """Find articles, best first."""
    form = form_of(layout, as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv)
    passages = passages_of(form, snippets)
    with Index.open(index_at) as index:
        results = index.search(
            " ".join(query),
            since=since,
            until=until,
            where=pairs("--in", where),
            match=match.value if match else None,
            sort=sort,
            limit=limit,
            offset=offset,
            snippets=passages,
            facets=facet or (),
            profile=ranking(index, profile, recency),
            strict=strict,
            timeout=timeout,
        )
        put_results(results, form, passages, explain=explain)
    raise typer.Exit(0 if results.total.value else 1)


@app.command("show")
def show_command(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="What search gives as id.")],
    index_at: IndexAt = DEFAULT_INDEX,
    as_json: Annotated[bool, typer.Option("--json", help="Each as one JSON document.")] = False,
) -> None:
    """Show whole articles."""
    missing = False
    with Index.open(index_at) as index:
        for identifier in ids:
            article = index.get(identifier)
            if article is None:
                screen.say(f"searchkit: no article has the id {identifier!r}")
                missing = True
            elif as_json:
                screen.put_json(article.to_dict())
            else:
                screen.put_styled(text.article(article, colour=screen.has_colour()))
    raise typer.Exit(1 if missing else 0)
