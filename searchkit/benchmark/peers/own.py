"""searchkit itself, under a profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import searchkit
from searchkit.benchmark.peers import OWN
from searchkit.index import Index
from searchkit.ingest import Ingest
from searchkit.profile import RankProfile
from searchkit.read import Reading
from searchkit.results import Results


@dataclass(frozen=True, slots=True)
class Own:
    """As ``searchkit index`` and ``searchkit search --match any`` have it."""

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

    def open(self, folder: Path) -> OwnSearcher:
        """Opens the index."""
        return OwnSearcher(Index.open(folder), self.profile)


class OwnSearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    def __init__(self, index: Index, profile: RankProfile) -> None:
        self._index = index
        self._profile = profile

    def search(self, query: str, limit: int) -> Results:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._index.search(query, match="any", limit=limit, profile=self._profile)

    def fetch(self, query: str, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [(hit.id, hit.headline, hit.publication, hit.published) for hit in self.search(query, limit)]

    def snippets(self, query: str, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit.snippets for hit in self.search(query, limit)]

    def ids(self, query: str, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit.id for hit in self.search(query, limit)]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        self._index.close()
