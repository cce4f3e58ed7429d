"""``searchkit index``: files and folders → index."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from msgspec.structs import asdict

from searchkit.cli import screen
from searchkit.cli.app import app
from searchkit.cli.options import DEFAULT_INDEX, AsJson, IndexAt, Profile, pairs
from searchkit.clock import time_zone, today
from searchkit.dates import since, until
from searchkit.errors import IndexExists, IndexNotFound, InvalidDate, InvalidRequest, SourceError
from searchkit.index import Index
from searchkit.ingest import Ingest, Source
from searchkit.profile import named
from searchkit.readers import BadRecord, Reading, files
from searchkit.report import AddReport

SHOWN_REJECTS = 5


@app.command("index")
def index_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, or - for standard input.")
    ],
    index_at: IndexAt = DEFAULT_INDEX,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=NAME", help="The article's FIELD stands under NAME in the records."
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The day of articles that do not say theirs."),
    ] = None,
    publication: Annotated[
        str,
        typer.Option("--publication", metavar="NAME", help="The paper of articles that do not say theirs."),
    ] = "",
    date_from_path: Annotated[
        str,
        typer.Option(
            "--date-from-path", metavar="PATTERN", help="Read the day from the path, such as %Y/%m/%d."
        ),
    ] = "",
    format_name: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="page, jsonl, json, csv or tsv, whatever the file's name."
        ),
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help="The encoding of the text.")
    ] = "utf-8",
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Keep bad records there, as JSON lines."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read unchanged files too.")] = False,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Of a new index: en, de, …, or multi.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", metavar="NAME", help="Of a new index: where its days begin.")
    ] = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Put articles into the index: new ones, changed ones, and nothing twice."""
    found = [_source(source) for source in sources]
    _check_rejects(rejects, found)
    ranking = named(profile) if profile else None
    there = _open(index_at, language, zone)
    reading = Reading(
        format=format_name,
        encoding=encoding,
        mapping={name: names[-1] for name, names in pairs("--map", mapping).items()},
        published=_published(published, there.engine.settings.zone if there else zone or "UTC"),
        publication=publication,
        date_from_path=date_from_path,
    )
    with there or _create(index_at, language, zone) as index, _rejects(rejects) as on_reject:
        index.on_wait = screen.waiting
        if ranking:
            index.profile = ranking
        progress = screen.Progress()
        run = Ingest(index, reading, on_progress=progress, on_reject=on_reject, again=again)
        try:
            with progress:
                run.run(found)
        except BaseException as error:
            is_interrupted = isinstance(error, KeyboardInterrupt)
            if is_interrupted or run.report.read:
                screen.say(f"Stopped. {_sentence(run.report)} Run the same command again to complete it.")
            if is_interrupted:
                raise typer.Exit(screen.INTERRUPTED) from None
            raise
    _show(run.report, as_json=as_json)
    unread = run.unreadable.intersection(source for source in found if isinstance(source, Path))
    if unread or (run.report.rejected and run.report.rejected == run.report.read):
        raise typer.Exit(2)
    if not run.report.read:
        screen.say("No file of a known kind is there: .txt .json .jsonl .csv .tsv, also as .gz .bz2 .xz.")


def _source(name: str) -> Source:
    if name == "-":
        return sys.stdin.buffer
    path = Path(name).resolve()
    next(files(path), None)  # says why, if it cannot be looked at
    return path


def _check_rejects(path: Path | None, sources: list[Source]) -> None:
    """Keeps the file for rejects, which is emptied first, from being one of the sources, now or next time."""
    if path is not None and {path.resolve(), *path.resolve().parents}.intersection(sources):
        raise SourceError(f"{path}: is, or lies in, a source", hint="give --rejects a file somewhere else")


def _open(where: str, language: str | None, zone: str | None) -> Index | None:
    """The index, or None if there is none yet."""
    try:
        index = Index.open(where)
    except IndexNotFound:
        return None
    made = index.engine.settings
    if (language or made.language, zone or made.zone) != (made.language, made.zone):
        index.close()
        raise InvalidRequest(
            f"{where}: made with --language {made.language} --zone {made.zone}, which hold for good",
            hint="leave the options out, or make another index with -i",
        )
    return index


def _create(where: str, language: str | None, zone: str | None) -> Index:
    try:
        return Index.create(where, language=language or "en", zone=zone or "UTC")
    except IndexExists:
        if index := _open(where, language, zone):  # another program was quicker
            return index
        raise


def _published(text: str | None, zone_name: str) -> date | datetime | None:
    """The day or instant that ``--date`` names.

    :raises InvalidDate: for anything longer than a day.
    """
    if not text:
        return None
    zone = time_zone(zone_name)
    now = today(zone)
    start = since(text, now, zone=zone)
    if isinstance(start, datetime) or until(text, now, zone=zone) == until(start, now):
        return start
    raise InvalidDate(f"--date {text}: more than a day", hint=f"write a day, such as {start}, or an instant")


@contextmanager
def _rejects(path: Path | None) -> Iterator[Callable[[BadRecord], None]]:
    """Keeps every bad record in a file, one JSON object a line, as long as the block runs."""
    if path is None:
        yield lambda _: None
        return
    try:
        file = path.open("wb")
    except OSError as error:
        raise SourceError(
            f"{path}: {error.strerror}", hint="give --rejects a file that can be written"
        ) from None
    with file:
        yield lambda bad: _keep(file.write, bad)


def _keep(write: Callable[[bytes], object], bad: BadRecord) -> None:
    write(orjson.dumps(asdict(bad), option=orjson.OPT_APPEND_NEWLINE))


def _show(report: AddReport, *, as_json: bool) -> None:
    if as_json:
        shown = asdict(report)
        shown["rejects"] = [
            {key: getattr(bad, key) for key in ("source", "position", "reason")} for bad in report.rejects
        ]
        screen.put_json(shown | {"seconds": round(report.seconds, 3)})
        return
    for bad in report.rejects[:SHOWN_REJECTS]:
        screen.say(
            f"{bad.source}:{bad.position}: {bad.reason}" if bad.position else f"{bad.source}: {bad.reason}"
        )
    if report.rejected > SHOWN_REJECTS:
        screen.say(f"… and {report.rejected - SHOWN_REJECTS:,} more: keep them all with --rejects FILE")
    screen.say(_sentence(report))


def _sentence(report: AddReport) -> str:
    rate = report.read / max(report.seconds, 1e-9)
    counts = (f"{getattr(report, name):,} {name}" for name in ("added", "replaced", "unchanged", "rejected"))
    return f"{report.read:,} read: {', '.join(counts)} ({report.seconds:.1f} s, {rate:,.0f} a second)."
