"""Two editions of a source, and what an index may hold while the second takes the place of the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import searchkit
from searchkit import Article, IndexNotFound, Reading
from searchkit.ingest import Ingest

BATCH: Final = 20
COUNT: Final = 140

INDEX: Final = f"""
import sys
import searchkit.ingest
from searchkit.cli import main
searchkit.ingest.BATCH = {BATCH}
sys.argv[1:1] = ["index"]
main()
"""
"""``searchkit index``, with a commit every few articles."""


def article(number: int, edition: int) -> Article:
    """An article with something in every field, that no other edition has."""
    text = f"{number} of edition {edition}: é “q” \U0001f600"
    return Article.from_dict(
        {
            "id": f"id/{number}",
            "headline": f"Headline {text}",
            "standfirst": f"Standfirst {text}",
            "authors": ["Ann Lee", {"name": f"Bo {number}", "place": "Rome"}],
            "dateline": "ROME",
            "body": f"Body {text}.\n\n" + f"Words of {text}. " * (number % 40),
            "pull_quotes": [f"Quote {text}"],
            "captions": [f"Caption {text}"],
            "publication": f"Paper {number % 3}",
            "edition": str(edition),
            "section": "World",
            "page": str(number),
            "published": f"2001-02-{number % 28 + 1:02}",
            "language": "en",
            "url": f"https://example.org/{number}",
            "tags": [f"t{number % 5}"],
            "extra": {"number": number, "nested": [1.5, None, {"edition": edition}]},
        }
    )


def edition(which: int) -> dict[str, Article]:
    """The articles of an edition, in the order of the source; the second has more."""
    count = COUNT + (BATCH * 2 if which == 2 else 0)
    return {each.id: each for each in (article(number, which) for number in range(count))}


def write(place: Path, which: int) -> Path:
    """A folder of two files with an edition, of which the first ends within a batch."""
    lines = [each.to_json() + b"\n" for each in edition(which).values()]
    place.mkdir(exist_ok=True)
    (place / "a.jsonl").write_bytes(b"".join(lines[:50]))
    (place / "b.jsonl").write_bytes(b"".join(lines[50:]))
    return place


def begin(source: Path, where: Path, *before: str) -> subprocess.Popen[bytes]:
    """Starts a process that indexes a source, perhaps under another program."""
    command = [*before, sys.executable, "-c", INDEX, str(source), "-i", str(where)]
    environment = {**os.environ, "PYTHONPATH": str(Path(searchkit.__file__).parents[1])}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a process that :func:`begin` started, and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def check_whole(where: Path, old: dict[str, Article], new: dict[str, Article]) -> int:
    """Checks an index in which some batches of the new edition are in the place of the old one.

    Returns the number of new articles in it.
    """
    try:
        flaws = searchkit.check(where, deep=True)
    except IndexNotFound:
        assert not old
        return 0
    assert all(flaw.harmless for flaw in flaws), flaws
    with searchkit.open(where) as index:
        walked = [hit.article for hit in index.iterate()]
    found = {each.id: each for each in walked}
    assert len(found) == len(walked)
    assert old.keys() <= found.keys()
    assert all(each in (old.get(each.id), new.get(each.id)) for each in walked)
    is_new = [found.get(identifier) == each for identifier, each in new.items()]
    count = sum(is_new)
    assert is_new == [True] * count + [False] * (len(new) - count), "a batch was torn"
    assert count % BATCH == 0
    return count


def complete(source: Path, where: Path, new: dict[str, Article], already: int) -> None:
    """Runs the same command again: there is no duplicate then, and no gap."""
    with searchkit.open(where, create=True) as index:
        report = Ingest(index, Reading()).run([source])
        assert (report.read, report.rejected) == (len(new), 0)
        assert report.unchanged == already
        assert _all(index.iterate()) == list(new.values())
    assert [flaw for flaw in searchkit.check(where, deep=True) if not flaw.harmless] == []


def _all(hits: Iterable[searchkit.Hit]) -> list[Article]:
    return sorted((hit.article for hit in hits), key=lambda each: int(each.page))
