"""``searchkit delete`` and ``searchkit export``: articles out of the index, for good or as a copy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, BinaryIO

import typer

from searchkit.article import Article
from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import DEFAULT_INDEX, In, IndexAt, Output, Since, Until, pairs
from searchkit.errors import InvalidRequest, SourceError
from searchkit.index import Index
from searchkit.present.text import escaped
from searchkit.sources import Sources


@app.command("delete")
def delete_command(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID…]", help="The articles to take out.")
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(
            "--query", metavar="QUERY", help="Take out all that have all of its words, strictly read."
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    where: In = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which ones.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    index_at: IndexAt = DEFAULT_INDEX,
) -> None:
    """Take articles out of the index, by id or by query."""
    filters = pairs("--in", where)
    if bool(ids) == bool(query or since or until or filters):
        raise InvalidRequest("delete takes either ids, or --query, --since, --until or --in")
    with Index.open(index_at) as index:
        index.on_wait = screen.waiting
        if ids:
            doomed = [each for each in dict.fromkeys(ids) if index.get(each)]
            for identifier in sorted({*ids}.difference(doomed)):
                screen.say(f"no article has the id {identifier!r}")
        else:
            hits = index.iterate(query or "", since=since, until=until, where=filters)
            doomed = [hit.id for hit in hits]
        for identifier in doomed if dry_run else ():
            screen.put(identifier)
        question = f"Delete {len(doomed):,} {'article' if len(doomed) == 1 else 'articles'}?"
        ask = sys.stdin.isatty() and sys.stderr.isatty() and not yes
        if dry_run:
            screen.say(f"{len(doomed):,} would be deleted.")
        elif doomed and (not ask or typer.confirm(question, err=True)):
            with index.batch():
                count = index.delete(*doomed)
                Sources(index).reread()
            screen.say(f"{count:,} deleted.")
        elif not doomed:
            screen.say("No article matches.")
    raise typer.Exit(0 if doomed else 1)


@app.command("export")
def export_command(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]", help="By default everything. Of several words, all are wanted."),
    ] = None,
    since: Since = None,
    until: Until = None,
    where: In = None,
    output: Output = None,
    index_at: IndexAt = DEFAULT_INDEX,
) -> None:
    """Give articles back as they were put in, as JSON lines that `searchkit index` reads."""
    with Index.open(index_at) as index:
        hits = index.iterate(" ".join(query or ()), since=since, until=until, where=pairs("--in", where))
        remark = f"{output} is not whole." if output else "What came out is not all."
        with screen.stoppable(remark), _opened(output) as file:
            count = sum(file.write(_line(hit.article, shown=output is None)) > 0 for hit in hits)
    if output or sys.stderr.isatty():
        screen.say(f"{count:,} exported.")
    raise typer.Exit(0 if count else 1)


def _line(article: Article, *, shown: bool) -> bytes:
    """An article as JSON; what is ``shown`` on a terminal does not steer it."""
    data = article.to_json() + b"\n"
    return escaped(data.decode()).encode() if shown and screen.is_terminal() else data


@contextmanager
def _opened(output: Output) -> Iterator[BinaryIO]:
    if output is None:
        try:
            yield sys.stdout.buffer
        except BrokenPipeError:
            screen.unread(sys.stdout)
        return
    try:
        file = output.open("wb")
    except OSError as error:
        raise SourceError(f"{output}: {error.strerror}") from None
    with file:
        yield file
