"""Lucene, in a Java program beside this file, see https://lucene.apache.org/core.

As its documentation advises: one analyzer for English on both sides, threads that share a writer with a large
buffer, ``IndexSearcher`` with its usual threshold for counting, the unified highlighter over offsets in the
postings. The program takes the time itself, so that pipes and the start of the machine do not count.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from weakref import finalize

from searchkit.benchmark.peers import Row, rows, text
from searchkit.benchmark.question import Question, Words
from searchkit.errors import SearchkitError
from searchkit.once import once

JARS: Final = "SEARCHKIT_LUCENE"
"""The environment's name for the folder with Lucene's jars."""
_CORE: Final = "lucene-core-*.jar"
_KEPT: Final = ("id", "headline", "publication", "published")


class Java:
    """The program at work. It ends when it is closed, or when nobody has it any more."""

    def __init__(self, jars: Path) -> None:
        program = ["java", "-cp", str(jars / "*"), str(Path(__file__).with_name("Lucene.java"))]
        self._process = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self.close = finalize(self, _end, self._process)

    def tell(self, *parts: str) -> None:
        """One line."""
        assert self._process.stdin
        self._process.stdin.write("\t".join(parts) + "\n")

    def answer(self) -> tuple[float, list[str]]:
        """The seconds that it took, and what it found.

        :raises SearchkitError: if the program has failed: why is on standard error.
        """
        assert self._process.stdin and self._process.stdout
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SearchkitError("Lucene's program has failed", hint=f"are all jars of the manual in {JARS}?")
        took, _, found = line.rstrip("\n").partition("\t")
        return int(took) / 1e9, found.split("\t") if found else []


@dataclass(frozen=True)
class Lucene:
    """One program for all rounds, as Java grows fast by and by; the index is opened anew in each."""

    jars: Path
    version: str
    name: str = "lucene"
    engine: str = "lucene"

    @once
    def _java(self) -> Java:
        return Java(self.jars)

    def index(self, corpus: Path, folder: Path) -> float:
        """Adds every article, and commits once. While Java takes a row, Python reads the next."""
        with closing(Java(self.jars)) as java:
            java.tell("index", str(folder))
            for row in rows(corpus):
                java.tell(*_columns(row))
            java.tell()
            took, _ = java.answer()
        return took

    def open(self, folder: Path) -> LuceneSearcher:
        """Opens the index."""
        return LuceneSearcher(self._java, folder)


class LuceneSearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`."""

    def __init__(self, java: Java, folder: Path) -> None:
        self._java = java
        self.took = 0.0
        self._ask("open", str(folder))

    def search(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._hits("search", asked, limit)

    def fetch(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._hits("fetch", asked, limit)

    def snippets(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._hits("snippets", asked, limit)

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [hit.split("\x1f")[0] for hit in self._hits("fetch", asked, limit)]

    def close(self) -> None:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        self._ask("close")

    def _hits(self, task: str, asked: Question, limit: int) -> list[str]:
        return self._ask(task, str(limit), *map(_listed, (asked.any_of, asked.all_of, asked.none_of)))

    def _ask(self, *parts: str) -> list[str]:
        self._java.tell(*parts)
        self.took, found = self._java.answer()
        return found


def found() -> Lucene:
    """Lucene where ``SEARCHKIT_LUCENE`` says. :raises ImportError: if it is not there, or no Java."""
    jars = Path(os.environ.get(JARS) or os.devnull)
    core = next(jars.glob(_CORE), None)
    if core is None:
        raise ImportError(f"no {_CORE} in a folder that {JARS} names")
    if not shutil.which("java"):
        raise ImportError("no java on the path")
    return Lucene(jars, core.stem.removeprefix("lucene-core-"))


def _columns(row: Row) -> list[str]:
    """What the program takes as a line: spaces alike, so that a line it is."""
    return [" ".join(value.split()) for value in (*(row.get(name, "") for name in _KEPT), text(row))]


def _listed(parts: Sequence[Words]) -> str:
    return ",".join(map(" ".join, parts))


def _end(process: subprocess.Popen[str]) -> None:
    """Its input ends, and so does the program."""
    with process:
        pass
