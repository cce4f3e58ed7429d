"""Files and folders → index: what is new or changed goes in, batch by batch; what is done is remembered."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice
from math import inf
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from searchkit.article import Article
from searchkit.batch import Batch
from searchkit.errors import SourceError
from searchkit.hashing import digest
from searchkit.index import Index
from searchkit.interrupt import uninterrupted
from searchkit.readers import BadRecord, Reading, files, read
from searchkit.report import AddReport
from searchkit.sources import Sources
from searchkit.taken import Taken

BATCH: Final = 12_500
"""Records between two commits: what an interrupted run has to read again at most, with the :data:`REST` where
they are the last. Of fewer, an engine has to join segments more often and is left with more of them, and
every search looks into each; of many more, it takes too much memory to join them."""
BATCH_CHARACTERS: Final = 40_000_000
"""Characters of articles that fill a batch."""
HELD: Final = 10_000
"""Records of a stream between two commits."""
AHEAD: Final = 2_000
"""Records of a batch that are read before the index is locked for it, so that other writers have their turn.
What comes from a stream is all read before, as it may be long in coming."""
REST: Final = 0.5
"""A share of a batch's records that may follow it where they are the last: they make no batch of their own,
whose few articles every search would have to look into by themselves."""
TURN_SECONDS: Final = 10.0
"""How long the index stays locked, batch after batch, before other writers that wait have their turn."""
TICK: Final = 500
"""Records between two calls of ``on_progress``, and between two looks at whether somebody waits."""

Source: TypeAlias = Path | BinaryIO
_Item: TypeAlias = "Article | BadRecord | _Done"


def _is_quick(source: Source) -> bool:
    """Whether no record is long in coming, as one of a stream or a pipe may be."""
    if not isinstance(source, Path):
        return False
    return os.path.isfile(source) or os.path.isdir(source)  # noqa: PTH112, PTH113  # they never raise


class _Done(Struct, frozen=True):
    """What to note of a file as soon as the records before this are in: in front of its own, that it is not
    taken in whole yet; behind them, whether it is."""

    path: Path
    taken: Taken


class _Stream(Iterator[_Item]):
    """Records that one may look ahead in."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self._items = iter(items)
        self._ahead: deque[_Item] = deque()

    def __next__(self) -> _Item:
        return self._ahead.popleft() if self._ahead else next(self._items)

    def rest(self, most: int) -> list[_Item]:
        """What is left, if that is no more than ``most`` records; else nothing."""
        room = most - sum(type(each) is not _Done for each in self._ahead)
        while room >= 0:
            if (item := next(self._items, None)) is None:
                return [*self]
            self._ahead.append(item)
            room -= type(item) is not _Done
        return []


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
        self._done: dict[Path, Taken] = {}
        self._skipped = 0
        self._seen = 0
        self._bad = 0
        self._end = inf

    def run(self, sources: Iterable[Source]) -> AddReport:
        """Takes in all that is new or changed, batch by batch."""
        started = time.perf_counter()
        try:
            for is_quick, group in groupby(sources, _is_quick):
                records = _Stream(self._records(group))
                most, rest, ahead = (BATCH, REST, AHEAD) if is_quick else (HELD, 0.0, HELD)
                while begun := list(islice(batch := self._bounded(records, most, rest), ahead)):
                    self._turn(chain(begun, batch), records if is_quick else _Stream(()))
            self._save()
        finally:
            self.report.read += self._skipped
            self.report.unchanged += self._skipped
            self.report.seconds = time.perf_counter() - started
        return self.report

    def _turn(self, begun: Iterable[Article | BadRecord], records: _Stream) -> None:
        """Batch after batch under one lock: the engine merges one while it takes in the next."""
        with self._index.batch() as batch:
            self._end = time.monotonic() + TURN_SECONDS
            while self._add(batch, begun) and not self._is_over():
                begun = self._bounded(records, BATCH, REST)
            self._end = inf

    def _bounded(self, records: _Stream, most: int, rest: float) -> Iterator[Article | BadRecord]:
        """The next batch, with a share of ``rest`` more where they are the last; notes whose they are."""
        size = count = 0
        for count, record in enumerate(islice(self._noting(records), most), start=1):
            yield record
            size += len(record.record if isinstance(record, BadRecord) else record.body)
            if count % TICK == 0 and self._is_over():
                return
            if size >= BATCH_CHARACTERS:
                break
        if more := int(rest * count):
            yield from self._noting(records.rest(more))

    def _noting(self, records: Iterable[_Item]) -> Iterator[Article | BadRecord]:
        for record in records:
            if isinstance(record, _Done):
                self._done[record.path] = record.taken
            else:
                yield record

    def _is_over(self) -> bool:
        """Whether this turn to write has lasted long enough for those who wait for theirs."""
        return time.monotonic() >= self._end and self._index.is_awaited

    def _add(self, batch: Batch, records: Iterable[Article | BadRecord]) -> bool:
        """Commits a batch; says whether more may follow it under the same lock.

        The files of what the engine itself refuses are read again by the next run.
        """
        report = batch.add(records)
        known = report.rejected
        with uninterrupted():
            batch.commit()
            self.report += report
            refused = report.rejected - known
            if refused:
                self._bad += refused
                self._done = {path: replace(taken, whole=False) for path, taken in self._done.items()}
                for bad in report.rejects[known:]:
                    self._on_reject(bad)
            self._save()
        return report.read > 0 and not refused

    def _save(self) -> None:
        if self._done:
            with self._index.batch():
                self._sources.save(self._done)
            self._done = {}

    def _records(self, sources: Iterable[Source]) -> Iterator[_Item]:
        for source in sources:
            if not isinstance(source, Path):
                yield from self._counted(read(source, name="-", reading=self._reading))
                continue
            top = source.resolve()
            for path in files(top):
                yield from self._file(path, self._sources.name(path, top))

    def _file(self, path: Path, name: str) -> Iterator[_Item]:
        """The records of a file, unless it is as it was. Only without bad records is it taken in whole."""
        try:
            state = self._state(path)
            known = self._sources.find(path)
            if known and not self._again and known.whole and known.state == state:
                self._skipped += known.articles
                return
            before, bad_before = self._seen, self._bad
            begun = Taken(name, *state, articles=0, whole=False)
            yield _Done(path, begun)
            yield from self._counted(read(path, name=name, reading=self._reading))
        except (SourceError, OSError) as error:
            reason = str(error) if isinstance(error, SourceError) else str(error.strerror)
            self.unreadable.add(path)
            yield from self._counted(iter([BadRecord(name, 0, reason)]))
            return
        yield _Done(path, replace(begun, articles=self._seen - before, whole=self._bad == bad_before))

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
        """See :attr:`Taken.state`."""
        status = path.stat()
        return status.st_size, status.st_mtime_ns, f"{digest(repr(self._reading).encode()):x}"
