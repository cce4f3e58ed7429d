"""The seam: what searchkit asks of an engine. It takes plans and documents, never a query language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct, field

from searchkit.article import Article
from searchkit.card import Card, Texts
from searchkit.found import Found, Handle
from searchkit.plan import Plan
from searchkit.request import Sort
from searchkit.results import Facet
from searchkit.schema import Document


class Statistics(Struct, frozen=True):
    """What lies in a snapshot. ``first`` and ``last`` are days as YYYYMMDD."""

    articles: int
    undated: int
    first: int | None
    last: int | None
    segments: int
    size_bytes: int


class Settings(Struct, frozen=True):
    """What an index was made with, for good: kept beside it.

    ``language`` is an ISO 639-1 code or ``multi``; ``zone`` (an IANA name) says when "today" begins.
    """

    language: str
    zone: str
    format: int
    fingerprint: str


class Flaw(Struct, frozen=True):
    """Something that is not as it should be in an index.

    ``file`` is its path from the folder of the index, ``wrong`` what is wrong with it, ``remedy`` what can be
    done; with a ``harmless`` one the index is whole all the same.
    """

    file: str
    wrong: str
    remedy: str
    harmless: bool = False


class Rescue(Struct):
    """What can be saved of a damaged index; the counts are final when ``articles`` have been walked through.

    ``notes`` are those beside the index. ``lost`` counts articles that do not read; ``doubtful`` those that
    do, from a file with a wrong checksum, with nothing to prove them unchanged; ``remarks`` say what was
    lost.
    """

    settings: Settings
    notes: dict[str, bytes]
    articles: Iterator[Article] = field(default_factory=lambda: iter(()))
    lost: int = 0
    doubtful: int = 0
    remarks: list[str] = field(default_factory=list)


class Snapshot(Protocol):
    """One unchanging view of the index. Any number of threads may use it at once."""

    def search(self, plan: Plan, *, sort: Sort, limit: int, offset: int = 0) -> Found:
        """The best ``limit`` matches after ``offset``; of equal keys, always in the same order."""

    def pages(self, plan: Plan, *, sort: Sort, size: int) -> Iterator[Found]:
        """All matches, however many, in the order of :meth:`search`, ``size`` at a time."""

    def is_quick(self, plan: Plan, *, within: float) -> bool:
        """Whether a search for it surely takes less than so many seconds: then nobody looks at the clock."""

    def by_id(self, plan: Plan, *, limit: int) -> list[Handle]:
        """The first matches in the order of their ids."""

    def articles(self, handles: Sequence[Handle]) -> list[Article]:
        """The articles, as they were put in."""

    def texts(self, handles: Sequence[Handle]) -> list[Texts]:
        """The texts that snippets of the articles are taken from."""

    def cards(self, handles: Sequence[Handle]) -> list[Card]:
        """What a list shows of the articles."""

    def ids(self, handles: Sequence[Handle]) -> list[str]:
        """The ids of the articles."""

    def instants(self, handles: Sequence[Handle]) -> list[int | None]:
        """When each was published, in seconds since 1970 UTC; None where not known."""

    def get(self, identifier: str) -> Article | None:
        """The article of that id."""

    def digests(self, identifiers: Sequence[str]) -> dict[str, int]:
        """The digests of those articles of these ids that there are."""

    def facet(self, plan: Plan, field: str, *, prefix: str = "", limit: int) -> list[Facet]:
        """The values of a KEYWORD field that begin so, in any case, with their matches: by count."""

    def size(self) -> int:
        """The number of articles."""

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Those of the terms that occur in a field, each with the number of articles that have it."""

    def vocabulary(self, field: str, prefix: str, *, limit: int | None = None) -> list[tuple[str, int]]:
        """The terms of a field that begin so, each with the number of articles that have it.

        The most frequent come first; of more than ``limit``, only these.
        """

    def statistics(self) -> Statistics:
        """What lies in the snapshot."""


class Writer(Protocol):
    """The one writer of an index, between two commits. Not for several threads at once."""

    def add(self, document: Document, *, replaces: bool) -> None:
        """Puts in a document; ``replaces`` says that there may be one of the same id, which then goes.

        :raises WriteFailed: as :meth:`commit` does.
        """

    def delete(self, identifier: str) -> None:
        """Takes out the article of that id, if there is one."""

    def commit(self) -> Mapping[int, str]:
        """Makes all of it visible and lasting.

        An embedded engine does it at once. A distributed one does it part by part, and after a failure a part
        may be in: whatever is put in again replaces itself.

        What cannot be taken is left out, as if it had not been put in: it is returned by its number among
        the documents put in since the last commit, from 0 on, with the reason.

        :raises WriteFailed: if there is no room, say: then nothing since the last commit is in.
        """

    def rollback(self) -> None:
        """Forgets everything since the last commit."""


class Engine(Protocol):
    """A place that holds articles and runs plans."""

    name: str
    settings: Settings

    def snapshot(self) -> Snapshot:
        """The index as last committed, by whatever process."""

    def writer(self, *, wait: float, on_wait: Callable[[str], None]) -> AbstractContextManager[Writer]:
        """The writer, waited for at most ``wait`` seconds, freed at the end of the block.

        What was not committed by then is forgotten. If it takes a while, ``on_wait`` is told once who has it.

        :raises IndexLocked: if another one keeps it longer. :raises IndexReadOnly: without permission.
        """

    @property
    def is_awaited(self) -> bool:
        """Whether another program waits for the writer, as far as can be told."""

    def read_note(self, name: str) -> bytes | None:
        """A small named file kept beside the index, or None."""

    def write_note(self, name: str, data: bytes) -> None:
        """Keeps a note, in the place of any older one of that name."""

    def check(self, *, deep: bool) -> list[Flaw]:
        """What is not as it should be; ``deep`` reads every byte and every article."""

    def close(self) -> None:
        """Frees files and threads. The engine is of no use afterwards."""
