"""The engines that are measured, a file each: every one through the best use that its documentation shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

import orjson

from searchkit.profile import RankProfile

OWN: Final = "searchkit"
FLOOR: Final = "tantivy"
"""The engine without anything on top: what the others are compared with."""
ENGINES: Final = (OWN, FLOOR, "fts5", "bm25s", "whoosh")

Row: TypeAlias = dict[str, Any]
"""An article as :meth:`searchkit.Article.to_dict` writes it."""


class Searcher(Protocol):
    """An index opened by its engine. A query is plain words, of which an article must have any."""

    def search(self, query: str, limit: int) -> Sequence[object]:
        """The best hits, as the engine itself calls them: nothing of a text is read."""

    def fetch(self, query: str, limit: int) -> Sequence[object]:
        """The best hits with what a list of them shows: id, headline, paper and date."""

    def snippets(self, query: str, limit: int) -> Sequence[object] | None:
        """The best hits with a passage of each that has the words; None if the engine makes none."""

    def ids(self, query: str, limit: int) -> list[str]:
        """The ids of the best hits. It is never timed: it shows that the engines find the same."""

    def close(self) -> None:
        """Frees the files."""


class Peer(Protocol):
    """An engine, ready to be measured."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    @property
    def engine(self) -> str:
        """Whose index it searches: one of :data:`ENGINES`."""

    @property
    def version(self) -> str:
        """The version of the package."""

    def index(self, corpus: Path, folder: Path) -> None:
        """Makes an index of a file of JSON lines, each a :data:`Row`, in an empty folder."""

    def open(self, folder: Path) -> Searcher:
        """Opens what :meth:`index` made, anew: nothing is kept of an earlier time."""


def load(engine: str, profiles: Iterable[RankProfile]) -> list[Peer]:
    """The engine of that name; searchkit once for each profile.

    :raises ImportError: if its package is not there.
    """
    module = import_module(f"{__name__}.{'own' if engine == OWN else engine}")
    found: list[Peer] = [module.Own(each) for each in profiles] if engine == OWN else [module.found()]
    return found


def rows(corpus: Path) -> Iterator[Row]:
    """The articles of a file, one after the other."""
    with corpus.open("rb") as lines:
        yield from map(orjson.loads, lines)


def text(row: Row) -> str:
    """Everything that a reader searches in an article, each part once."""
    return "\n\n".join(filter(None, (row.get("headline"), body(row))))


def body(row: Row) -> str:
    """What an article has beside its headline."""
    parts = (row.get("standfirst"), row.get("body"), *row.get("captions", ()))
    return "\n\n".join(filter(None, parts))
