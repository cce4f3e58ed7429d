"""What every engine is given alike: one file of articles, one list of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from searchkit.article import Article
from searchkit.benchmark import generated
from searchkit.benchmark.question import Question, question
from searchkit.benchmark.suite import Suite
from searchkit.errors import InvalidRequest
from searchkit.evaluate.topics import read_queries
from searchkit.hashing import hexadecimal
from searchkit.readers import BadRecord, files, read

QUERIES: Final = 100
"""Made-up queries."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in a file of JSON lines, as :meth:`searchkit.Article.to_json` writes them.

    ``left_out`` counts bad records and further articles of one id, which engines treat differently.
    """

    path: Path
    name: str
    articles: int
    digest: str
    left_out: int = 0

    def first(self, size: int, path: Path) -> Corpus:
        """The first articles alone, in a file of their own."""
        with self.path.open("rb") as lines:
            return _written(islice(lines, size), path, self.name)


def prepare(suite: Suite, folder: Path) -> Corpus:
    """The suite's articles, written into ``folder``.

    :raises SourceError: if they cannot be read. :raises InvalidRequest: if there are none.
    """
    path = folder / "corpus.jsonl"
    if not suite.corpus:
        made = generated.articles(max(suite.sizes, default=suite.generated))
        return _written((article.to_json() + b"\n" for article in made), path, "generated")
    source = _Source()
    name = ", ".join(each.name for each in suite.corpus)
    corpus = _written(source.lines(suite.corpus), path, name, source)
    if not corpus.articles:
        raise InvalidRequest(f"{', '.join(map(str, suite.corpus))}: no articles")
    return corpus


def questions(suite: Suite) -> list[Question]:
    """The suite's queries as every engine is asked them, each once.

    :raises SourceError: if a file cannot be read. :raises InvalidRequest: if no query has a word.
    """
    texts = [text for path in suite.queries for text in read_queries(path)]
    found = map(question, texts if suite.queries else generated.queries(QUERIES))
    different = list(dict.fromkeys(each for each in found if each is not None))
    if not different:
        raise InvalidRequest(f"{', '.join(map(str, suite.queries))}: no query has a word")
    return different


def digest(lines: Iterable[str]) -> str:
    """16 hexadecimal digits of BLAKE2b (RFC 7693): tells whether two runs asked the same."""
    return hexadecimal("\n".join(lines).encode())


class _Source:
    """Files and folders → lines, each article once; counts what is left out."""

    def __init__(self) -> None:
        self.left_out = 0
        self._seen: set[str] = set()

    def lines(self, paths: Iterable[Path]) -> Iterator[bytes]:
        for record in self._records(paths):
            if isinstance(record, BadRecord) or record.id in self._seen:
                self.left_out += 1
            else:
                self._seen.add(record.id)
                yield record.to_json() + b"\n"

    def _records(self, paths: Iterable[Path]) -> Iterator[Article | BadRecord]:
        for top in paths:
            for path in files(top):
                yield from read(path, name=str(path))


def _written(lines: Iterable[bytes], path: Path, name: str, source: _Source | None = None) -> Corpus:
    hashed = hashlib.blake2b(digest_size=8)
    count = 0
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            hashed.update(line)
            count += 1
    return Corpus(path, name, count, hashed.hexdigest(), source.left_out if source else 0)
