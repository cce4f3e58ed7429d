"""Whoosh (whoosh-reloaded), in pure Python, see https://whoosh.readthedocs.io.

As its tips for batch indexing advise: a stemming analyzer whose memo has no bound, 256 MB for the writer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer
from whoosh.query import And, AndMaybe, AndNot, Or, Phrase, Term

from searchkit.benchmark.peers import rows, text
from searchkit.benchmark.question import Question, Words

_WRITER_MB = 256


@dataclass(frozen=True, slots=True)
class Whoosh:
    """One process: several would leave several segments, which are slower to search."""

    version: str
    name: str = "whoosh"
    engine: str = "whoosh"

    def index(self, corpus: Path, folder: Path) -> None:
        """Adds every article, and commits once."""
        folder.mkdir()
        writer = index.create_in(str(folder), _schema()).writer(limitmb=_WRITER_MB)
        for row in rows(corpus):
            writer.add_document(
                id=row["id"],
                headline=row.get("headline", ""),
                paper=row.get("publication", ""),
                published=row.get("published", ""),
                text=text(row),
            )
        writer.commit()

    def open(self, folder: Path) -> WhooshSearcher:
        """Opens the index."""
        return WhooshSearcher(index.open_dir(str(folder)).searcher())


class WhooshSearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._analyzer = searcher.schema["text"].analyzer

    def search(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [number for _, number in self._results(asked, limit).top_n]

    def fetch(self, asked: Question, limit: int) -> list[tuple[str, ...]]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        names = ("id", "headline", "paper", "published")
        return [tuple(hit[name] for name in names) for hit in self._results(asked, limit)]

    def snippets(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit.highlights("text") for hit in self._results(asked, limit)]

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit["id"] for hit in self._results(asked, limit)]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        self._searcher.close()

    def _results(self, asked: Question, limit: int) -> Any:
        return self._searcher.search(self._query(asked), limit=limit)

    def _query(self, asked: Question) -> Any:
        wanted = Or(self._parts(asked.any_of))
        if asked.all_of:
            needed = And(self._parts(asked.all_of))
            wanted = AndMaybe(needed, wanted) if asked.any_of else needed
        return AndNot(wanted, Or(self._parts(asked.none_of))) if asked.none_of else wanted

    def _parts(self, parts: Sequence[Words]) -> list[Any]:
        """Terms and phrases; stop words are in none."""
        found = ([token.text for token in self._analyzer(" ".join(part), mode="query")] for part in parts)
        return [Phrase("text", terms) if len(terms) > 1 else Term("text", *terms) for terms in found if terms]


def found() -> Whoosh:
    """The package as it is installed. :raises ImportError: if it is not."""
    return Whoosh(version("whoosh-reloaded"))


def _schema() -> Any:
    kept = {name: fields.STORED() for name in ("headline", "paper", "published")}
    words = fields.TEXT(analyzer=StemmingAnalyzer(cachesize=-1), stored=True)
    return fields.Schema(id=fields.ID(stored=True, unique=True), text=words, **kept)
