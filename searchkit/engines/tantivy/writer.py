"""The one writer of a Tantivy index."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

import tantivy

from searchkit.clock import time_zone
from searchkit.document import document
from searchkit.engines.base import Settings
from searchkit.engines.tantivy.cards import CardWriter
from searchkit.engines.tantivy.commit import read_meta, segments
from searchkit.engines.tantivy.damage import damage, is_fault, is_full, reason_of
from searchkit.engines.tantivy.joining import lacks_segments
from searchkit.engines.tantivy.journal import Journal, Step
from searchkit.engines.tantivy.memory import give_back
from searchkit.engines.tantivy.permission import let_read
from searchkit.engines.tantivy.rows import encode
from searchkit.engines.tantivy.snapshot import FRESH_SECONDS, decode
from searchkit.engines.tantivy.tables import build_schema, register
from searchkit.errors import WriteFailed
from searchkit.schema import Document

_APART_BYTES: Final = 15_000_000
"""The memory of a writer that tries documents out: the least that Tantivy takes."""
_TOGETHER: Final = 256
"""Documents that are tried out at once."""
_LATEST: Final = 16
"""Documents that are kept at hand, to be put in once more."""
_MANY: Final = 5_000
"""Articles of a commit from which on it leaves so much memory behind that it is worth giving back."""


def open_writer(index: tantivy.Index, heap: int, threads: int) -> tantivy.IndexWriter:
    """Tantivy's writer, with so many bytes of memory for all its threads."""
    writer = index.writer(heap, threads)
    _begin(writer)
    return writer


def _begin(writer: tantivy.IndexWriter) -> None:
    """Deletes nothing, as the first thing that a writer does.

    Tantivy gives a writer's first operation the number of the last commit. A merge that begins before the
    next one takes it for done in the segments that the last one deleted from: what it was to delete stays.
    """
    writer.delete_documents_by_term("id", "")


class TantivyWriter:
    """Holds Tantivy's lock from making to :meth:`close`.

    A document that Tantivy cannot take kills its writer, at the commit or long before, without a word on
    which one it was; all since the last commit is lost with it. Then the documents are tried out apart, and
    the good ones put in again.
    """

    def __init__(self, writer: tantivy.IndexWriter, path: Path, settings: Settings) -> None:
        self._writer = writer
        self._path = path
        self._settings = settings
        self._journal = Journal(path)
        self._cards = CardWriter(path)
        self._number = 0
        self._refused: dict[int, str] = {}
        self._added = 0
        self._latest: dict[str, Document] = {}

    def add(self, document: Document, *, replaces: bool) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        step = Step(str(document["id"]), str(document["article"]), self._number, replaces)
        self._number += 1
        self._latest.pop(step.identifier, None)
        self._latest[step.identifier] = document
        if len(self._latest) > _LATEST:
            del self._latest[next(iter(self._latest))]
        self._do(step, document)

    def delete(self, identifier: str) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        self._latest.pop(identifier, None)
        self._do(Step(identifier), None)

    def commit(self) -> Mapping[int, str]:
        """See :class:`~searchkit.engines.base.Writer`.

        :raises WriteFailed: if the disk is full or fails; all since the last commit is forgotten then.
        """
        try:
            self._commit()
        except BaseException as error:
            if not is_fault(error):
                raise
            self._recover(error)
            with damage(self._path, writing=True):
                self._commit()
        let_read(self._path)
        time.sleep(FRESH_SECONDS)
        if self._number >= _MANY:
            give_back()
        refused = self._refused
        self._added += self._number - len(refused)
        self._clear()
        return refused

    def _commit(self) -> None:
        self._cards.sync()
        self._writer.commit()

    def settle(self) -> None:
        """Leaves few segments, if all is committed.

        The last articles are put in again, each as a segment of its own, until Tantivy has as many small ones
        as it joins. No reader sees a difference.

        :raises WriteFailed: as :meth:`commit` does; all articles are in nevertheless.
        """
        added, latest = self._added, list(self._latest.values())
        while latest and self._journal.is_empty and self._is_scattered(added):
            self.add(latest.pop(), replaces=True)
            self.commit()

    def _is_scattered(self, added: int) -> bool:
        return lacks_segments(segments(read_meta(self._path / "tantivy")), added)

    def rollback(self) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        self._clear()
        self._forget()

    def close(self) -> None:
        """Waits for the merges and frees the lock: a writer merely dropped leaves every commit a segment."""
        self._journal.close()
        with suppress(ValueError):  # a merge that fails leaves the segments that it was to join
            self._writer.wait_merging_threads()
        let_read(self._path)

    def _do(self, step: Step, document: Document | None) -> None:
        with damage(self._path, writing=True):
            self._journal.append(step)
        try:
            self._take(step, document)
        except BaseException as error:
            if not is_fault(error):
                raise
            self._recover(error)

    def _take(self, step: Step, document: Document | None) -> None:
        if step.replaces:
            self._writer.delete_documents_by_term("id", step.identifier)
        if document is not None:
            self._writer.add_json(encode(document, self._cards.append(str(document["card"]))))

    def _recover(self, error: BaseException) -> None:
        """Does all since the last commit again, without what cannot be taken.

        :raises WriteFailed: if that is nothing: the disk must be full, or failing.
        """
        self._forget()
        self._latest.clear()
        bad = {} if is_full(error) else self._bad()
        if not bad:
            raise _failed(self._path, error) from error
        self._refused |= bad
        with damage(self._path, writing=True):
            for step in self._journal.steps():
                if step.number not in self._refused:
                    self._take(step, self._document(step))

    def _forget(self) -> None:
        self._cards.forget()
        with damage(self._path, writing=True):
            self._writer.rollback()
            _begin(self._writer)
            self._writer.garbage_collect_files()  # a full disk needs the room

    def _clear(self) -> None:
        self._journal.clear()
        self._number = 0
        self._refused = {}

    def _document(self, step: Step) -> Document | None:
        return document(decode(step.article), time_zone(self._settings.zone)) if step.article else None

    def _bad(self) -> dict[int, str]:
        """The numbers of what Tantivy cannot take, each with why."""
        steps = (each for each in self._journal.steps() if each.article and each.number not in self._refused)
        bad: dict[int, str] = {}
        while group := list(islice(steps, _TOGETHER)):
            bad |= self._bad_of(group)
        return bad

    def _bad_of(self, steps: Sequence[Step]) -> dict[int, str]:
        reason = self._tried(steps)
        if not reason or len(steps) == 1:
            return {steps[0].number: reason} if reason else {}
        half = len(steps) // 2
        return self._bad_of(steps[:half]) | self._bad_of(steps[half:])

    def _tried(self, steps: Sequence[Step]) -> str:
        """Why Tantivy cannot take these documents, tried out in memory; nothing if it can."""
        index = tantivy.Index(build_schema())
        register(index, self._settings.language)
        try:
            writer = open_writer(index, _APART_BYTES, 1)
            for step in steps:
                writer.add_json(encode(self._document(step) or {}))
            writer.commit()
        except BaseException as error:
            if not is_fault(error):
                raise
            return reason_of(error)
        return ""


def _failed(path: Path, error: BaseException) -> WriteFailed:
    return WriteFailed(
        f"{path}: nothing since the last commit was kept: {reason_of(error)}",
        hint="the index is whole as of its last commit; make room on the disk and run it again",
    )
