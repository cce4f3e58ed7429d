"""Xapian through its own bindings for Python, see https://getting-started-with-xapian.readthedocs.io.

As that guide shows: a ``TermGenerator`` with a stemmer, what is shown kept as the document's data, the query
parser with ``STEM_SOME`` (phrases go unstemmed), ``MSet.snippet``; and, as it advises for whole collections,
fewer flushes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import xapian

from searchkit.benchmark.peers import body, rows, text
from searchkit.benchmark.question import Question

_FLUSH: Final = "XAPIAN_FLUSH_THRESHOLD"
_DOCUMENTS: Final = "100000"
_SHOWN: Final = ("id", "headline", "publication", "published")


@dataclass(frozen=True, slots=True)
class Xapian:
    """A database in a folder of its own."""

    version: str
    name: str = "xapian"
    engine: str = "xapian"

    def index(self, corpus: Path, folder: Path) -> None:
        """Adds every article, and commits once."""
        generator = xapian.TermGenerator()
        generator.set_stemmer(_stemmer())
        with _few_flushes(), closing(xapian.WritableDatabase(str(folder), xapian.DB_CREATE)) as database:
            for row in rows(corpus):
                document = xapian.Document()
                generator.set_document(document)
                generator.index_text(text(row))
                document.set_data(orjson.dumps([*(row.get(name, "") for name in _SHOWN), body(row)]))
                database.add_document(document)
            database.commit()

    def open(self, folder: Path) -> XapianSearcher:
        """Opens the database, for reading only."""
        return XapianSearcher(xapian.Database(str(folder)))


class XapianSearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._enquire = xapian.Enquire(database)
        self._parser = xapian.QueryParser()
        self._parser.set_database(database)
        self._parser.set_stemmer(_stemmer())
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)

    def search(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [match.docid for match in self._matches(asked, limit)]

    def fetch(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [_data(match)[: len(_SHOWN)] for match in self._matches(asked, limit)]

    def snippets(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        matches, stemmer = self._matches(asked, limit), _stemmer()
        return [matches.snippet(_data(match)[-1], 200, stemmer) for match in matches]

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [_data(match)[0] for match in self._matches(asked, limit)]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        self._database.close()

    def _matches(self, asked: Question, limit: int) -> Any:
        self._enquire.set_query(self._parser.parse_query(str(asked)))
        return self._enquire.get_mset(0, limit)


def found() -> Xapian:
    """The bindings as they are installed. :raises ImportError: if they are not."""
    return Xapian(xapian.version_string())


def _stemmer() -> Any:
    return xapian.Stem("english")


def _data(match: Any) -> list[str]:
    kept: list[str] = orjson.loads(match.document.get_data())
    return kept


@contextmanager
def _few_flushes() -> Iterator[None]:
    """The environment is where Xapian looks for it."""
    before = os.environ.get(_FLUSH)
    os.environ[_FLUSH] = before or _DOCUMENTS
    try:
        yield
    finally:
        if before is None:
            del os.environ[_FLUSH]
