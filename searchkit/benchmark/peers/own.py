"""searchkit itself, under a profile."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import searchkit
from searchkit.benchmark.peers import OWN
from searchkit.benchmark.question import Question
from searchkit.index import Index
from searchkit.ingest import Ingest
from searchkit.profile import NEWS, RankProfile
from searchkit.readers import Reading
from searchkit.results import Results


@dataclass(frozen=True, slots=True)
class Own:
    """As ``searchkit index`` and ``searchkit search`` have it."""

    profile: RankProfile
    engine: str = OWN
    version: str = searchkit.__version__

    @property
    def name(self) -> str:
        """The name of the program and of its profile."""
        return f"{OWN}:{self.profile.name}"

    def index(self, corpus: Path, folder: Path) -> None:
        """Takes in the file as ``searchkit index`` does."""
        with Index.create(folder) as index:
            Ingest(index, Reading()).run([corpus])

    def update(self, corpus: Path, folder: Path) -> None:
        """Does it once more."""
        with Index.open(folder) as index:
            Ingest(index, Reading()).run([corpus])

    def command(self, folder: Path, asked: Question, limit: int) -> list[str] | None:
        """``searchkit search`` as one types it, which ranks as the index does: not by another profile."""
        if self.profile != NEWS:
            return None
        program = [sys.executable, "-m", "searchkit", "search", "-i", str(folder), "--limit", str(limit)]
        return [*program, "--", str(asked)]

    def open(self, folder: Path) -> OwnSearcher:
        """Opens the index."""
        return OwnSearcher(Index.open(folder), self.profile)


class OwnSearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    shared = True

    def __init__(self, index: Index, profile: RankProfile) -> None:
        self._index = index
        self._profile = profile

    def search(self, asked: Question, limit: int) -> Results:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._index.search(str(asked), match="any", limit=limit, profile=self._profile)

    def fetch(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [(hit.id, hit.headline, hit.publication, hit.published) for hit in self.search(asked, limit)]

    def snippets(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit.snippets for hit in self.search(asked, limit)]

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit.id for hit in self.search(asked, limit)]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        self._index.close()
