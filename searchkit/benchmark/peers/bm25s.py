"""bm25s: BM25 scores worked out ahead, in sparse matrices, see https://bm25s.github.io.

As its documentation advises: PyStemmer, its own English stop words, one list of all texts; the texts saved
with the index; numba, where it is installed. It has no snippets, phrases or words that must be, and cannot be
added to.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bm25s
import Stemmer

from searchkit.benchmark.peers import rows, text
from searchkit.benchmark.question import Question

_KEPT = ("id", "headline", "publication", "published")


@dataclass(frozen=True, slots=True)
class Bm25s:
    """The whole corpus at once, in memory."""

    version: str
    name: str = "bm25s"
    engine: str = "bm25s"

    def index(self, corpus: Path, folder: Path) -> None:
        """Works out the scores, and saves them with what a list of hits shows."""
        articles = list(rows(corpus))
        model = bm25s.BM25(backend="auto")
        model.index(_tokens([text(row) for row in articles]), show_progress=False)
        shown = [{name: row.get(name, "") for name in _KEPT} for row in articles]
        model.save(str(folder), corpus=shown, show_progress=False)

    def open(self, folder: Path) -> Bm25sSearcher:
        """Loads the scores; the corpus stays in its file until it is read."""
        return Bm25sSearcher(bm25s.BM25.load(str(folder), load_corpus=True))


class Bm25sSearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._articles, model.corpus = model.corpus, None
        self._count = int(model.scores["num_docs"])

    def search(self, asked: Question, limit: int) -> list[int] | None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        if asked.kind != "any":
            return None
        tokens = _tokens([str(asked)])
        if not tokens.vocab:
            return []
        found = self._model.retrieve(tokens, k=min(limit, self._count), show_progress=False)
        return [int(at) for at, score in zip(found.documents[0], found.scores[0], strict=True) if score > 0]

    def fetch(self, asked: Question, limit: int) -> list[dict[str, str]] | None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        found = self.search(asked, limit)
        return None if found is None else [self._articles[at] for at in found]

    def snippets(self, asked: Question, limit: int) -> None:  # noqa: ARG002  # it makes none
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [article["id"] for article in self.fetch(asked, limit) or ()]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        if hasattr(self._articles, "close"):
            self._articles.close()


def found() -> Bm25s:
    """The package as it is installed. :raises ImportError: if it is not."""
    return Bm25s(version("bm25s"))


_STEMMER = Stemmer.Stemmer("english")


def _tokens(texts: list[str]) -> Any:
    return bm25s.tokenize(texts, stopwords="en", stemmer=_STEMMER, show_progress=False)
