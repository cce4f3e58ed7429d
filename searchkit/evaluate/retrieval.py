"""Queries put to an index: a profile's run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from searchkit.evaluate.runs import Run, falling
from searchkit.evaluate.topics import Topics
from searchkit.index import Index
from searchkit.profile import RankProfile
from searchkit.query import Row, Word, print_query
from searchkit.query.words import has_word

DEPTH: Final = 1_000
"""Hits for each query, as TREC has it."""


def plain(text: str) -> str:
    """A query for the words of ``text`` alone: no sign or word in it is an operator. Empty if it has none.

    Queries of test collections are prose: ``what are wing-body problems? (NOT flutter)``.
    """
    words = tuple(Word(word) for word in text.split() if has_word(word))
    return print_query(Row(words)) if len(words) > 1 else "".join(map(print_query, words))


@dataclass(slots=True)
class Retrieval:
    """How queries are put to an index: the best ``depth`` articles that have any of the words.

    ``as_typed`` reads a query as ``searchkit search`` does, else it is :func:`plain` words. ``warnings``
    gathers what the searches say; ``on_query`` is told the number of ``searched`` queries so far.
    """

    index: Index
    depth: int = DEPTH
    as_typed: bool = False
    on_query: Callable[[int], None] = lambda _: None
    warnings: dict[str, None] = field(default_factory=dict)
    searched: int = 0

    def run(self, topics: Topics, profile: RankProfile) -> Run:
        """What the index finds for each query under a profile.

        :raises InvalidRequest: for a depth beyond the window of a search.
        """
        return {identifier: self._hits(identifier, text, profile) for identifier, text in topics.items()}

    def _hits(self, identifier: str, text: str, profile: RankProfile) -> dict[str, float]:
        self.searched += 1
        self.on_query(self.searched)
        query = text if self.as_typed else plain(text)
        if not query:
            return {}
        results = self.index.search(query, match="any", limit=self.depth, snippets=0, profile=profile)
        self.warnings.update(dict.fromkeys(f"query {identifier}: {warning}" for warning in results.warnings))
        return falling((hit.id, hit.score) for hit in results)
