"""``searchkit search`` and ``searchkit show``: query → hits on the screen, id → article."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import DEFAULT_INDEX, AsJson, In, IndexAt, Since, Strict, Until, pairs
from searchkit.index import Index
from searchkit.present import json, text
from searchkit.request import Sort
from searchkit.results import Results


class Matching(str, Enum):
    """Which of a query's words an article must have."""

    ANY = "any"
    ALL = "all"


class Layout(str, Enum):
    """What hits look like: a page for a person, lines for a program."""

    AUTO = "auto"
    PAGE = "page"
    LINES = "lines"


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
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="How many hits to give.")] = 10,
    offset: Annotated[int, typer.Option("--offset", min=0, help="How many hits to leave out first.")] = 0,
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help="How to rank: news or bm25.")
    ] = "news",
    facet: Annotated[
        list[str] | None, typer.Option("--facet", metavar="FIELD", help="Count the values of a field.")
    ] = None,
    snippets: Annotated[
        int | None,
        typer.Option("--snippets", min=0, max=20, help="Passages a hit. By default 3 on a terminal."),
    ] = None,
    layout: Annotated[
        Layout, typer.Option("--layout", help="A page to read, or plain lines. By default as the output is.")
    ] = Layout.AUTO,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how the query was understood and where scores come from.")
    ] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a hit and line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One line a hit, with a header.")] = False,
) -> None:
    """Find articles, best first."""
    page = layout is Layout.PAGE or (layout is Layout.AUTO and screen.is_terminal())
    passages = snippets if snippets is not None else 3 if as_json or as_jsonl or page else 0
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
            profile=profile,
            strict=strict,
        )
        for warning in results.warnings:
            screen.say(f"searchkit: {warning}")
        if results.suggestion:
            screen.say(f"searchkit: did you mean: {results.suggestion}")
        if explain and not as_json:
            screen.say(text.explanation(results))
        if as_json:
            screen.put_json(json.results(results, explain=explain))
        elif as_jsonl:
            for hit in results:
                screen.put_json(json.hit(hit), pretty=False)
        elif as_csv:
            screen.put(text.csv_table(results))
        else:
            _print(results, passages, page=page)
    raise typer.Exit(0 if results.total.value else 1)


@app.command("show")
def show_command(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="What search gives as id.")],
    index_at: IndexAt = DEFAULT_INDEX,
    as_json: AsJson = False,
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
                screen.put(text.article(article, colour=screen.has_colour()))
    raise typer.Exit(1 if missing else 0)


def _print(results: Results, passages: int, *, page: bool) -> None:
    if not results.total.value:
        screen.say("No article matches.")
        return
    if page:
        screen.put(text.blocks(results, colour=screen.has_colour()))
    else:
        for hit in results:
            screen.put(text.line(hit, passages))
    for name, facets in results.facets.items():
        screen.put(text.facet_table(name, facets))
