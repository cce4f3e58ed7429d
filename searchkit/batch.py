"""A batch: articles checked, compared with what is there, and put in by one commit."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from itertools import islice
from typing import Any, Final, TypeAlias

from searchkit.article import MAX_ID, Article
from searchkit.engines.base import Snapshot, Writer
from searchkit.errors import InvalidArticle
from searchkit.read import MAX_KEPT, BadRecord, identity_of, record_to_article
from searchkit.report import AddReport
from searchkit.schema import document

Addable: TypeAlias = Article | Mapping[str, Any] | BadRecord
"""What can be added; a bad record is counted and listed."""

LOOKED_UP: Final = 500
"""Articles that are looked up at once."""


class Batch:
    """Everything between two commits. ``pending`` holds the digests of what is not committed yet."""

    def __init__(self, writer: Writer, snapshot: Snapshot, zone: tzinfo) -> None:
        self._writer = writer
        self._snapshot = snapshot
        self._zone = zone
        self._pending: dict[str, int | None] = {}
        self._there: dict[str, int] = {}
        self._counted: dict[str, tuple[AddReport, str]] = {}

    def add(self, records: Iterable[Addable]) -> AddReport:
        """Puts in new and changed articles. Of equal ids the last wins."""
        report = AddReport()
        started = time.perf_counter()
        numbered = enumerate(records, start=1)
        while some := [_checked(record, position) for position, record in islice(numbered, LOOKED_UP)]:
            self._look_up(each.id for each in some if isinstance(each, Article))
            for each in some:
                report.read += 1
                if isinstance(each, BadRecord):
                    report.reject(each)
                else:
                    self._put(each, report)
        report.seconds = time.perf_counter() - started
        return report

    def delete(self, identifiers: Iterable[str]) -> int:
        """Takes out the articles of these ids; returns how many there were."""
        wanted = dict.fromkeys(identifiers)
        self._look_up(wanted)
        there = [each for each in wanted if self._known(each) is not None]
        for identifier in there:
            self._writer.delete(identifier)
            self._pending[identifier] = None
        return len(there)

    def commit(self) -> None:
        """Makes the batch visible and lasting. A batch without changes costs nothing.

        What the engine refuses then is a bad record of the report that had counted it.
        """
        for identifier, reason in self._writer.commit().items() if self._pending else ():
            report, kind = self._counted[identifier]
            setattr(report, kind, getattr(report, kind) - 1)
            report.reject(BadRecord("add", 0, reason, identifier))

    def _put(self, article: Article, report: AddReport) -> None:
        fields = document(article, self._zone)
        known, new = self._known(article.id), fields["digest"]
        if known == new:
            report.unchanged += 1
            return
        self._writer.add(fields, replaces=known is not None)
        self._pending[article.id] = int(str(new))
        kind = "added" if known is None else "replaced"
        setattr(report, kind, getattr(report, kind) + 1)
        self._counted[article.id] = report, kind

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
    return repr(record)[:MAX_KEPT]


def _own_identity(article: Article) -> str:
    """The id of an article that was given none: its URL, or a digest where that is missing or too long."""
    return article.url if 0 < len(article.url) <= MAX_ID else identity_of(article)
