"""Whether an index is whole: its settings, its files, its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import tzinfo
from itertools import count, islice
from pathlib import Path
from typing import Final

import orjson

from searchkit import schema
from searchkit.clock import time_zone
from searchkit.engines.base import Flaw, Snapshot
from searchkit.engines.tantivy.cards import FILE as CARDS
from searchkit.engines.tantivy.check_commit import READ, RESCUE, check_commit, fault_of
from searchkit.engines.tantivy.commit import read_meta, segments
from searchkit.engines.tantivy.holder import NOTE
from searchkit.engines.tantivy.make import is_free
from searchkit.engines.tantivy.own_words import own_words
from searchkit.engines.tantivy.settings import check_settings, read_settings
from searchkit.engines.tantivy.snapshot import TantivySnapshot
from searchkit.errors import IndexNotFound, SearchkitError
from searchkit.hashing import digest
from searchkit.plan import All, Term
from searchkit.profile import loads
from searchkit.request import Sort

_TRIES: Final = 5
_PAGE: Final = 5_000
_FOUND: Final = "it was made with other analyzers, or its files belong to another index: searchkit repair"
_MANY: Final = 100
"""Articles that a check names, before it leaves the others aside."""
_SLOWER: Final = (
    "what lists show is read from the articles, which takes longer; searchkit repair makes it anew"
)


def check_files(path: Path, *, deep: bool) -> list[Flaw]:
    """What is wrong with the files of the index at ``path``, even if it cannot be opened.

    ``deep`` reads them all and compares their checksums; else only their ends are looked at. What a writer
    does meanwhile is no flaw.

    A checksum tells whether a file is whole, not whose it is. A whole file in the place of another shows when
    articles are looked up, but for the ``.fieldnorm`` of a segment of as many articles: it misjudges only how
    long they are, and so their ranks.

    :raises IndexNotFound: if there is none.
    """
    if not (path / "tantivy").is_dir() or is_free(path):
        read_settings(path)
    folder = path / "tantivy"
    for _ in range(_TRIES):
        before = _stamp(folder)
        flaws = [*_settings(path), *_notes(path), *_cards(path), *check_commit(path, deep=deep)]
        if not flaws or before == _stamp(folder):
            break
    return flaws


def check_articles(pin: Callable[[], TantivySnapshot], path: Path, *, deep: bool) -> Iterator[Flaw]:
    """Whether counts agree and, if ``deep``, whether every article reads and is found by its id.

    ``pin`` gives the last commit. To be asked only of an index whose files are whole.
    """
    written, snapshot = _written(path), pin()
    while written != (now := _written(path)):  # a commit came between
        written, snapshot = now, pin()
    found = snapshot.search(All(), sort=Sort.RELEVANCE, limit=0).total
    if found != written:
        yield Flaw("tantivy", f"{found:,} articles are found, {written:,} were written", RESCUE)
    if deep:
        analysis = read_settings(path)
        flaws = _unreadable(snapshot, analysis.language, time_zone(analysis.zone))
        yield from islice(flaws, _MANY)
        if any(True for _ in islice(flaws, 1)):
            yield Flaw("tantivy", f"more than {_MANY} articles are not as they were put in", RESCUE)
        yield from _lost_cards(snapshot)


def _lost_cards(snapshot: TantivySnapshot) -> Iterator[Flaw]:
    pages = snapshot.pages(All(), sort=Sort.RELEVANCE, size=_PAGE)
    lost = sum(snapshot.lost_cards([hit.handle for hit in page.hits]) for page in pages)
    if lost:
        yield Flaw(CARDS, f"lacks what {lost:,} articles have in it", _SLOWER, harmless=True)


def _unreadable(snapshot: Snapshot, language: str, zone: tzinfo) -> Iterator[Flaw]:
    """Articles that do not read, are not as they were put in, or are not found by what they say."""
    for offset in count(0, _PAGE):
        hits = snapshot.search(All(), sort=Sort.RELEVANCE, limit=_PAGE, offset=offset).hits
        for number, hit in enumerate(hits, start=offset + 1):
            try:
                article = snapshot.articles([hit.handle])[0]
                if [hit.handle] != snapshot.by_id(Term("id", article.id), limit=2):
                    yield Flaw("tantivy", f"article {article.id!r}: not the one with that id", RESCUE)
                elif snapshot.digests([article.id]).get(article.id) != digest(article.to_json()):
                    yield Flaw("tantivy", f"article {article.id!r}: not as it was put in", RESCUE)
                elif not snapshot.search(
                    own_words(article, language, zone), sort=Sort.RELEVANCE, limit=0
                ).total:
                    yield Flaw("tantivy", f"article {article.id!r}: not found by its own words", _FOUND)
            except (SearchkitError, ValueError, TypeError) as error:
                yield Flaw("tantivy", f"article number {number} does not read: {error}", RESCUE)
        if len(hits) < _PAGE:
            return


def _written(path: Path) -> int:
    """The number of articles that the last commit says there are."""
    return sum(each.size - each.deleted for each in segments(read_meta(path / "tantivy")))


def _stamp(folder: Path) -> bytes:
    try:
        return read_meta(folder)
    except OSError:
        return b""


def _settings(path: Path) -> Iterator[Flaw]:
    name = schema.SETTINGS_FILE
    try:
        settings = read_settings(path)
        time_zone(settings.zone)
        check_settings(path, settings)
    except IndexNotFound:
        yield Flaw(name, "is missing", "restore it from a copy")
    except SearchkitError as error:
        yield Flaw(name, error.message, error.hint)
    except OSError as error:
        yield Flaw(name, fault_of(error), READ)


def _notes(path: Path) -> Iterator[Flaw]:
    """The notes of other floors; the engine knows no more of them than that they are JSON, or a profile."""
    for file in sorted(path.iterdir()):
        if file.name.endswith(".tmp"):
            yield Flaw(file.name, "belongs to nothing", "delete it, when nothing writes", harmless=True)
        elif file.suffix == ".json" and file.name not in (schema.SETTINGS_FILE, NOTE):
            try:
                orjson.loads(file.read_bytes())
            except OSError as error:
                yield Flaw(file.name, fault_of(error), READ)
            except ValueError:
                remedy = "files are read again, and articles that are there stay as they are"
                yield Flaw(file.name, "is not JSON", remedy, harmless=True)
        elif file.suffix == ".toml":
            try:
                loads(file.read_text(encoding="utf-8"))
            except OSError as error:
                yield Flaw(file.name, fault_of(error), READ)
            except (SearchkitError, ValueError) as error:
                yield Flaw(file.name, f"is no profile: {error}", "delete it, or save a profile again")


def _cards(path: Path) -> Iterator[Flaw]:
    """What a list shows; with none in its place, as of an empty index, nothing is amiss that counts."""
    try:
        with suppress(FileNotFoundError), (path / CARDS).open("rb"):
            pass
    except OSError as error:
        yield Flaw(CARDS, fault_of(error), _SLOWER, harmless=True)
