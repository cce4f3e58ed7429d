"""Files and folders → index: what is new or changed goes in, batch by batch; what is done is remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

import orjson

from searchkit.article import Article, digest
from searchkit.errors import SourceError
from searchkit.index import Index
from searchkit.read import BadRecord, Reading, files, read
from searchkit.report import AddReport

NOTE: Final = "sources.json"
"""The note beside the index that says which files are in it."""
BATCH: Final = 20_000
"""Records between two commits: what an interrupted run has to read again at most."""
TICK: Final = 500
"""Records between two calls of ``on_progress``."""

Source: TypeAlias = Path | BinaryIO


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in the index whole: the name its records go by, what it looked like, what it held."""

    name: str
    size: int
    mtime_ns: int
    reading: str
    articles: int


class Sources:
    """The files that an index has taken in, by absolute path."""

    def __init__(self, index: Index) -> None:
        self._index = index
        note = index.engine.read_note(NOTE)
        self._taken = {path: Taken(**known) for path, known in orjson.loads(note or b"{}").items()}
        self._names = {taken.name for taken in self._taken.values()}

    def find(self, path: Path) -> Taken | None:
        """What is known of a file."""
        return self._taken.get(str(path))

    def name(self, path: Path, top: Path) -> str:
        """What identifies a file's records: its path from the folder that was named on, with that folder.

        A file keeps its first name however it is reached later; where another file has that name already,
        it goes by its whole path.
        """
        if known := self.find(path):
            return known.name
        name = path.relative_to(top.parent).as_posix()
        return path.as_posix() if name in self._names else name

    def save(self, done: dict[str, Taken]) -> None:
        """Adds files to the note. To be called when what they hold is committed."""
        if done:
            self._taken |= done
            self._names |= {taken.name for taken in done.values()}
            known = {path: asdict(taken) for path, taken in self._taken.items()}
            self._index.engine.write_note(NOTE, orjson.dumps(known))


class Ingest:
    """One run over sources. ``report`` counts what is committed, at any moment, also after an exception.

    ``on_progress`` is told the records seen so far; ``on_reject`` each bad record; ``again`` reads unchanged
    files too. ``unreadable`` holds the files that could not be read at all.
    """

    def __init__(
        self,
        index: Index,
        reading: Reading,
        *,
        on_progress: Callable[[int], None] = lambda _: None,
        on_reject: Callable[[BadRecord], None] = lambda _: None,
        again: bool = False,
    ) -> None:
        self.report = AddReport()
        self.unreadable: set[Path] = set()
        self._index = index
        self._reading = reading
        self._on_progress = on_progress
        self._on_reject = on_reject
        self._again = again
        self._sources = Sources(index)
        self._done: dict[str, Taken] = {}
        self._skipped = 0
        self._seen = 0
        self._bad = 0

    def run(self, sources: Iterable[Source]) -> AddReport:
        """Takes in all that is new or changed, a commit every :data:`BATCH` records."""
        started = time.perf_counter()
        stream = self._records(sources)
        try:
            while (first := next(stream, None)) is not None:
                self.report += self._index.add(chain([first], islice(stream, BATCH - 1)))
                self._sources.save(self._done)
                self._done = {}
        finally:
            self.report.read += self._skipped
            self.report.unchanged += self._skipped
            self.report.seconds = time.perf_counter() - started
        return self.report

    def _records(self, sources: Iterable[Source]) -> Iterator[Article | BadRecord]:
        for source in sources:
            if not isinstance(source, Path):
                yield from self._counted(read(source, name="-", reading=self._reading))
                continue
            top = source.resolve()
            for path in files(top):
                yield from self._file(path, self._sources.name(path, top))

    def _file(self, path: Path, name: str) -> Iterator[Article | BadRecord]:
        """The records of a file, unless it is as it was. Only a file without bad records counts as done."""
        try:
            state = self._state(path)
            known = self._sources.find(path)
            if known and not self._again and (known.size, known.mtime_ns, known.reading) == state:
                self._skipped += known.articles
                return
            before, bad_before = self._seen, self._bad
            yield from self._counted(read(path, name=name, reading=self._reading))
        except (SourceError, OSError) as error:
            reason = str(error) if isinstance(error, SourceError) else str(error.strerror)
            self.unreadable.add(path)
            yield from self._counted(iter([BadRecord(name, 0, reason)]))
            return
        if self._bad == bad_before:
            self._done[str(path)] = Taken(name, *state, self._seen - before)

    def _counted(self, records: Iterator[Article | BadRecord]) -> Iterator[Article | BadRecord]:
        for record in records:
            self._seen += 1
            if self._seen % TICK == 0:
                self._on_progress(self._seen)
            if isinstance(record, BadRecord):
                self._bad += 1
                self._on_reject(record)
            yield record

    def _state(self, path: Path) -> tuple[int, int, str]:
        """What tells that a file, or the way to read it, has changed: size, time of change, options."""
        status = path.stat()
        return status.st_size, status.st_mtime_ns, f"{digest(repr(self._reading).encode()):x}"
