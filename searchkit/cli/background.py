"""``searchkit similar``: article → what else was written about the same."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from searchkit import limits
from searchkit.article import Article
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
    Until,
    pairs,
    ranking,
)
from searchkit.index import Index


@app.command("similar")
def similar_command(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="What search gives as id, or - for a text on standard input.")
    ],
    index_at: IndexAt = DEFAULT_INDEX,
    since: Since = None,
    until: Until = None,
    where: In = None,
    limit: Limit = 10,
    offset: Offset = 0,
    profile: Profile = None,
    recency: Recency = None,
    snippets: Snippets = None,
    layout: LayoutOption = Layout.AUTO,
    explain: Explain = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonl = False,
    as_csv: AsCsv = False,
) -> None:
    """Find the background of an article: what else was written about the same."""
    form = form_of(layout, as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv)
    passages = passages_of(form, snippets)
    with Index.open(index_at) as index:
        results = index.similar(
            _pasted() if identifier == "-" else identifier,
            since=since,
            until=until,
            where=pairs("--in", where),
            limit=limit,
            offset=offset,
            snippets=passages,
            profile=ranking(index, profile, recency),
        )
        put_results(results, form, passages, explain=explain)
    raise typer.Exit(0 if results.total.value else 1)


def _pasted() -> Article:
    """A text on standard input, as an article.

    :raises InvalidArticle: if there is no word in it, or too many.
    """
    data = sys.stdin.buffer.read(4 * limits.TEXT + 1)  # a letter takes up to four bytes
    return Article.from_dict({"body": data.decode(errors="replace")})
