"""``searchkit stats``, ``demo`` and ``help``: what is in an index, and how to use the program."""

from __future__ import annotations

import shlex
import sys
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

import searchkit
from searchkit.cli import screen
from searchkit.cli.app import app, load
from searchkit.cli.options import DEFAULT_INDEX, AsJson, IndexAt
from searchkit.errors import InvalidRequest, SourceError
from searchkit.index import Index
from searchkit.temporary import temporary_folder

DEMO = (
    ("A ranked search", "search 'ferry inquiry' --limit 3"),
    ("A phrase", "search '\"bow door\"' --limit 2"),
    ("A range of dates, newest first", "search dam --since 2018 --until 2020-06 --sort newest --limit 2"),
    ("An author", "search 'byline:\"Ann Lee\"' --limit 2"),
)


@app.command("stats")
def stats_command(index_at: IndexAt = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Say what is in the index."""
    with Index.open(index_at) as index:
        stats = index.stats()
    if as_json:
        screen.put_json(stats)
        return
    dates = f"{stats['first']} to {stats['last']}" if stats["first"] else "none dated"
    screen.put(f"articles      {stats['articles']:,} ({stats['undated']:,} undated)")
    screen.put(f"dates         {dates}")
    screen.put(f"size          {stats['size_bytes'] / 1e6:,.1f} MB in {stats['segments']} segments")
    screen.put(f"language      {stats['language']}")
    screen.put(f"engine        {stats['engine']}, schema {stats['schema']}")
    screen.put("publications")
    for name, count in stats["publications"].items():
        screen.put(f"{count:>9,}     {name}")


@app.command("demo")
def demo_command() -> None:
    """Index the sample articles that come with searchkit, and search them."""
    load()
    with temporary_folder() as folder:
        where = str(folder / "demo.idx")
        _run(f"index {shlex.quote(str(_corpora()))} --date-from-path %Y-%m-%d", where)
        for title, command in DEMO:
            screen.put(f"\n# {title}")
            _run(f"{command} --layout page", where)
    screen.put("Now with your own: searchkit index FOLDER, then searchkit search WORDS.")


@app.command("help")
def help_command(
    topic: Annotated[str | None, typer.Argument(metavar="[TOPIC]", help="A topic or a command.")] = None,
) -> None:
    """Read the manual."""
    pages = resources.files("searchkit") / "help"
    topics = sorted(page.name.removesuffix(".md") for page in pages.iterdir() if page.name.endswith(".md"))
    if topic in topics:
        screen.put((pages / f"{topic}.md").read_text(encoding="utf-8").rstrip())
    elif topic is None:
        screen.put(f"Topics: {', '.join(topics)}. Read one with: searchkit help TOPIC")
    else:
        raise InvalidRequest(f"no topic {topic!r}", hint=f"topics: {', '.join(topics)}")


def _run(command: str, where: str) -> None:
    """Shows a command, then runs it as the shell would."""
    command = f"{command} -i {shlex.quote(where)}"
    screen.put(f"$ searchkit {command}")
    sys.stdout.flush()
    if status := app(shlex.split(command), standalone_mode=False):
        raise typer.Exit(status)
    sys.stderr.flush()


def _corpora() -> Path:
    """The sample articles: in an installed package inside it, in a checkout beside it."""
    package = Path(searchkit.__file__).parent
    for folder in (package / "corpora", package.parent / "corpora"):
        if folder.is_dir():
            return folder
    raise SourceError("the sample articles are missing", hint="install searchkit again")
