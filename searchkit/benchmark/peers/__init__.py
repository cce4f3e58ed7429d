"""The engines that are measured, a file each: every one through the best use that its documentation shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

import orjson

from searchkit.benchmark.question import Question
from searchkit.profile import RankProfile

OWN: Final = "searchkit"
FLOOR: Final = "tantivy"
"""The engine without anything on top: what the others are compared with."""
ENGINES: Final = (OWN, FLOOR, "fts5", "bm25s", "xapian", "lucene", "whoosh")
INSTALL: Final = {
    "bm25s": "pip install 'searchkit[peers]'",
    "whoosh": "pip install 'searchkit[peers]'",
    "xapian": "Debian has it as python3-xapian: searchkit help bench",
    "lucene": "a JDK and a few jars: searchkit help bench",
}
"""How to get an engine that does not come with searchkit or Python."""

Row: TypeAlias = dict[str, Any]
"""An article as :meth:`searchkit.Article.to_dict` writes it."""


class Searcher(Protocol):
    """An index opened by its engine."""

    def search(self, asked: Question, limit: int) -> Sequence[object] | None:
        """The best hits, as the engine itself calls them: nothing of a text is read.

        Here and below, None if the engine has no such questions.
        """

    def fetch(self, asked: Question, limit: int) -> Sequence[object] | None:
        """The best hits with what a list of them shows: id, headline, paper and date."""

    def snippets(self, asked: Question, limit: int) -> Sequence[object] | None:
        """The best hits with a passage of each that has the words; None, too, if the engine makes none."""

    def ids(self, asked: Question, limit: int) -> list[str]:
        """The ids of the best hits. It is never timed: it shows that the engines find the same."""

    def close(self) -> None:
        """Frees the files."""


@runtime_checkable
class Shared(Protocol):
    """A searcher that any number of threads may search at once."""

    shared: bool


@runtime_checkable
class Afar(Protocol):
    """A searcher in a process of its own, which takes the time there: the way to it does not count."""

    took: float
    """Seconds of the last call."""


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

    def index(self, corpus: Path, folder: Path) -> float | None:
        """Makes an index of a file of JSON lines, each a :data:`Row`, in a folder that is not there yet.

        Returns the seconds it took, where more than that has passed: as a process had to be started for it.
        """

    def open(self, folder: Path) -> Searcher:
        """Opens what :meth:`index` made, anew: nothing is kept of an earlier time."""


@runtime_checkable
class Updating(Protocol):
    """An engine with a command that brings an index up to its file, and leaves alone what has not changed."""

    def update(self, corpus: Path, folder: Path) -> None:
        """Takes in what has changed in the file since."""


@runtime_checkable
class Starting(Protocol):
    """An engine that can be called as a program: it opens the index, searches, and shows the hits."""

    def command(self, folder: Path, asked: Question, limit: int) -> list[str] | None:
        """The program and its arguments; None if it cannot be called so."""


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
