"""A batch: articles checked, compared with what is there, and put in by one commit."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from itertools import islice
from typing import Any, Final, TypeAlias

from msgspec import Struct

from searchkit import limits
from searchkit.article import Article
from searchkit.document import document
from searchkit.engines.base import Snapshot, Writer
from searchkit.errors import InvalidArticle, InvalidRequest
from searchkit.hashing import digest
from searchkit.readers import BadRecord, identity_of, record_to_article
from searchkit.report import AddReport

Addable: TypeAlias = Article | Mapping[str, Any] | BadRecord
"""What can be added; a bad record is counted and listed."""

LOOKED_UP: Final = 500
"""Articles that are looked up at once."""


class _Put(Struct):
    """An article put in: the ``count`` of its report that it is in, and what to say if it is refused."""

    report: AddReport
    count: str
    position: int
    identifier: str


class Batch:
    """What one writer puts in. ``pending`` holds the digests of what the snapshot does not know yet."""

    def __init__(self, writer: Writer, snapshot: Snapshot, zone: tzinfo) -> None:
        self._writer = writer
        self._snapshot = snapshot
        self._zone = zone
        self._pending: dict[str, int | None] = {}
        self._there: dict[str, int] = {}
        self._puts: list[_Put] = []
        self._has_changes = False
        self._has_ended = False

    def add(self, records: Iterable[Addable]) -> AddReport:
        """Puts in new and changed articles. Of equal ids the last wins.

        The report is final after the commit. Where ``records`` raises, what came before is in the batch: it
        goes with the batch, unless the error is caught within its block.

        :raises InvalidRequest: if the batch has ended.
        """
        self._check_open()
        report = AddReport()
        started = time.perf_counter()
        numbered = enumerate(records, start=1)
        while some := [(at, _checked(record, at)) for at, record in islice(numbered, LOOKED_UP)]:
            self._look_up(each.id for _, each in some if isinstance(each, Article))
            for at, each in some:
                report.read += 1
                if isinstance(each, BadRecord):
                    report.reject(each)
                else:
                    self._put(each, report, at)
        report.seconds = time.perf_counter() - started
        return report

    def delete(self, identifiers: Iterable[str]) -> int:
        """Takes out the articles of these ids; returns how many there were.

        :raises InvalidRequest: if the batch has ended.
        """
        self._check_open()
        wanted = dict.fromkeys(identifiers)
        self._look_up(wanted)
        there = [each for each in wanted if self._known(each) is not None]
        for identifier in there:
            self._writer.delete(identifier)
            self._pending[identifier] = None
            self._has_changes = True
        return len(there)

    def commit(self) -> None:
        """Makes all so far visible and lasting; without changes, it costs nothing.

        What the engine refuses is left out, and moves among the rejects of the report that counts it.
        More may be added after it, and committed in its turn, but where something was refused: what is there
        under that id is not known to the batch.

        :raises InvalidRequest: if the batch has ended.
        """
        self._check_open()
        puts, self._puts = self._puts, []
        has_changes, self._has_changes = self._has_changes, False
        for number, reason in self._writer.commit().items() if has_changes else ():
            put = puts[number]
            setattr(put.report, put.count, getattr(put.report, put.count) - 1)
            why = f"article {put.identifier!r}: the engine cannot take it: {reason}"
            put.report.reject(BadRecord("add", put.position, why))

    def end(self) -> None:
        """From now on, it takes nothing any more."""
        self._has_ended = True

    def _check_open(self) -> None:
        if self._has_ended:
            hint = "add within its with block, in the process that opened it"
            raise InvalidRequest("the batch has ended", hint=hint)

    def _put(self, article: Article, report: AddReport, position: int) -> None:
        known = self._known(article.id)
        if known is not None and known == digest(article.to_json()):
            report.unchanged += 1
            return
        fields = document(article, self._zone)
        self._writer.add(fields, replaces=known is not None)
        self._pending[article.id] = int(str(fields["digest"]))
        count = "added" if known is None else "replaced"
        self._has_changes = True
        self._puts.append(_Put(report, count, position, article.id))
        setattr(report, count, getattr(report, count) + 1)

    def _look_up(self, identifiers: Iterable[str]) -> None:
        """Asks for the digests of several articles at once: a cluster answers as fast as for one."""
        self._there = self._snapshot.digests([each for each in identifiers if each not in self._pending])

    def _known(self, identifier: str) -> int | None:
        """The digest of a looked up article as this batch leaves it, None if there is none."""
        if identifier in self._pending:
            return self._pending[identifier]
        return self._there.get(identifier)


def _checked(record: object, position: int) -> Article | BadRecord:
    """The article that something added is, with an id, or why it is none."""
    if isinstance(record, BadRecord):
        return record
    if not isinstance(record, Article | Mapping):
        kind = type(record).__name__
        return BadRecord("add", position, f"expected an Article or a dict, got {kind}", _shown(record))
    try:
        article = record if isinstance(record, Article) else record_to_article(record)
    except InvalidArticle as error:
        return BadRecord("add", position, str(error), _shown(record))
    return article if article.id else article.with_id(_own_identity(article))


def _shown(record: object) -> str:
    try:
        return repr(record)[: limits.KEPT]
    except (RecursionError, ValueError):  # values within values, or digits, too many of them
        return ""


def _own_identity(article: Article) -> str:
    """The id of an article that was given none: its URL, or a digest where that is missing or too long."""
    return article.url if 0 < len(article.url) <= limits.ID else identity_of(article)
