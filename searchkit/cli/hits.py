"""What hits look like on the screen or in a pipe: the same for every command that finds some."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from searchkit.cli import screen
from searchkit.present import json, text
from searchkit.results import Results


class Layout(str, Enum):
    """What a person sees: a page to read, or plain lines."""

    AUTO = "auto"
    PAGE = "page"
    LINES = "lines"


class Form(Enum):
    """What comes out."""

    PAGE = "page"
    LINES = "lines"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


Limit = Annotated[int, typer.Option("-n", "--limit", min=0, help="How many hits to give.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="How many hits to leave out first.")]
Snippets = Annotated[
    int | None,
    typer.Option("--snippets", min=0, max=20, help="Passages a hit. By default 3 on a terminal."),
]
LayoutOption = Annotated[
    Layout, typer.Option("--layout", help="A page to read, or plain lines. By default as the output is.")
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say how the query was understood and where scores come from.")
]
AsJsonl = Annotated[bool, typer.Option("--jsonl", help="One JSON object a hit and line.")]
AsCsv = Annotated[
    bool, typer.Option("--csv", help="One line a hit, with a header; formulas behind an apostrophe, inert.")
]


def form_of(layout: Layout, *, as_json: bool, as_jsonl: bool, as_csv: bool) -> Form:
    """The form asked for; of several, the first of JSON, JSON lines and CSV."""
    for wanted, form in ((as_json, Form.JSON), (as_jsonl, Form.JSONL), (as_csv, Form.CSV)):
        if wanted:
            return form
    page = layout is Layout.PAGE or (layout is Layout.AUTO and screen.is_terminal())
    return Form.PAGE if page else Form.LINES


def passages_of(form: Form, wanted: int | None) -> int:
    """How many passages a hit shows; plain lines and tables none if not asked for."""
    if wanted is not None:
        return wanted
    return 0 if form in (Form.LINES, Form.CSV) else 3


def put_results(results: Results, form: Form, passages: int, *, explain: bool) -> None:
    """Hits on standard output, what is to be said about them on standard error."""
    for warning in results.warnings:
        screen.say(f"searchkit: {warning}")
    if suggestion := results.suggestion:
        screen.say(f"searchkit: did you mean: {suggestion}")
    if explain and form is not Form.JSON:
        screen.say(text.explanation(results))
    match form:
        case Form.JSON:
            screen.put_json(json.results(results, explain=explain))
        case Form.JSONL:
            for hit in results:
                screen.put_json(json.hit(hit), pretty=False)
        case Form.CSV:
            screen.put(text.csv_table(results))
        case _ if not results.total.value:
            screen.say("No article was found in time." if results.partial else "No article matches.")
        case _:
            _put_text(results, form, passages)


def _put_text(results: Results, form: Form, passages: int) -> None:
    if form is Form.PAGE:
        screen.put_styled(text.blocks(results, colour=screen.has_colour()))
    elif results.hits:
        for hit in results:
            screen.put(text.line(hit, passages))
    else:
        screen.say(f"{results.total} {'article matches' if results.total.value == 1 else 'articles match'}.")
    for name, facets in results.facets.items():
        screen.put(text.facet_table(name, facets))
