"""SQLite's FTS5, from the standard library: Porter's stemmer over Unicode words, ranked by bm25.

As https://www.sqlite.org/fts5.html advises: one transaction, then ``optimize``; ``ORDER BY rank``, which is
faster than ``bm25()``; columns that are only kept are ``UNINDEXED``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchkit.benchmark.peers import body, rows
from searchkit.benchmark.question import Question, Words

_TABLE = """CREATE VIRTUAL TABLE press USING fts5(
    id UNINDEXED, paper UNINDEXED, published UNINDEXED, headline, body, tokenize = 'porter unicode61')"""
_MATCH = "FROM press WHERE press MATCH ? ORDER BY rank LIMIT ?"


@dataclass(frozen=True, slots=True)
class Fts5:
    """A table in a file of its own."""

    version: str = sqlite3.sqlite_version
    name: str = "fts5"
    engine: str = "fts5"

    def index(self, corpus: Path, folder: Path) -> None:
        """Fills the table in one transaction."""
        folder.mkdir()
        values = (
            (row["id"], row.get("publication"), row.get("published"), row.get("headline", ""), body(row))
            for row in rows(corpus)
        )
        with closing(sqlite3.connect(_file(folder))) as connection:
            with connection:
                connection.execute(_TABLE)
                connection.executemany("INSERT INTO press VALUES (?, ?, ?, ?, ?)", values)
            with connection:
                connection.execute("INSERT INTO press(press) VALUES ('optimize')")

    def open(self, folder: Path) -> Fts5Searcher:
        """Connects, for reading only."""
        return Fts5Searcher(sqlite3.connect(f"{_file(folder).resolve().as_uri()}?mode=ro", uri=True))


class Fts5Searcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._rows("rowid", asked, limit)

    def fetch(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._rows("id, headline, paper, published", asked, limit)

    def snippets(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._rows("snippet(press, -1, '<b>', '</b>', '…', 32)", asked, limit)

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [identifier for (identifier,) in self._rows("id", asked, limit)]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        self._connection.close()

    def _rows(self, columns: str, asked: Question, limit: int) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"SELECT {columns} {_MATCH}", (_expression(asked), limit)).fetchall()


def found() -> Fts5:
    """SQLite as Python has it.

    :raises ImportError: if it was built without FTS5.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(_TABLE)
        except sqlite3.OperationalError as error:
            raise ImportError(f"SQLite {sqlite3.sqlite_version}: {error}") from None
    return Fts5()


def _file(folder: Path) -> Path:
    return folder / "press.sqlite"


def _expression(asked: Question) -> str:
    """FTS5 ranks by every word of an expression, but none is optional: one that must be stands beside."""
    wanted = [*map(_string, asked.all_of)]
    if asked.any_of:
        either = " OR ".join(map(_string, (*asked.any_of, *asked.all_of[:1])))
        wanted.append(f"({either})")
    return " NOT ".join([f"({' AND '.join(wanted)})", *map(_string, asked.none_of)])


def _string(part: Words) -> str:
    return f'"{" ".join(part)}"'
