"""The floor: tantivy-py alone, with the same fields, analyzers, stored texts, threads and heap.

What searchkit adds is left out: its checks, gaps between the parts of a text, signs made alike, digests,
cards, the parser, profiles, the articles as objects; stored texts lie in blocks of Tantivy's own size. A file
of JSON lines is read as a bare loop would read it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

import orjson
import tantivy

from searchkit.analysis import analyzer, is_stop_word
from searchkit.benchmark.peers import FLOOR, Row, body
from searchkit.benchmark.question import Question, Words
from searchkit.document import LEAD_WORDS
from searchkit.engines.tantivy.tables import build_schema, register
from searchkit.engines.tantivy.writing import HEAP_PER_THREAD, MAX_THREADS

LANGUAGE = "en"
_SCRIPT = Path(__file__).parents[1] / "bare.py"
_PLAIN = ("id", "headline", "dateline", "publication", "edition", "section", "page", "language", "url")
_KEYWORDS = ("publication", "edition", "section", "page", "language")


@dataclass(frozen=True, slots=True)
class Tantivy:
    """A loop of ``add_json``, and a search of one term query for each word."""

    version: str
    name: str = FLOOR
    engine: str = FLOOR

    def index(self, corpus: Path, folder: Path) -> None:
        """Adds every line, and commits once."""
        folder.mkdir()
        threads = min(os.cpu_count() or 1, MAX_THREADS)
        writer = _opened(folder).writer(HEAP_PER_THREAD * threads, threads)
        with corpus.open("rb") as lines:
            for line in lines:
                writer.add_json(document(line))
        writer.commit()
        writer.wait_merging_threads()

    def command(self, folder: Path, asked: Question, limit: int) -> list[str]:
        """A script that imports nothing but tantivy-py; the words are analysed for it."""
        signed = (("", _telling(asked.any_of)), ("+", asked.all_of), ("-", asked.none_of))
        parts = [sign + " ".join(terms) for sign, found in signed for terms in _terms(found)]
        return [sys.executable, str(_SCRIPT), str(folder), str(limit), *parts]

    def open(self, folder: Path) -> TantivySearcher:
        """Opens the index."""
        index = _opened(folder)
        return TantivySearcher(index.searcher(), index.schema)


class TantivySearcher:
    """See :class:`~searchkit.benchmark.peers.Searcher`. Matches are counted, as searchkit counts them."""

    shared = True

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def search(self, asked: Question, limit: int) -> Sequence[object]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return self._hits(self._query(asked), limit)

    def fetch(self, asked: Question, limit: int) -> list[str]:
        """The stored documents as they are: not even parsed."""
        return [self._stored(address) for address in self._hits(self._query(asked), limit)]

    def snippets(self, asked: Question, limit: int) -> Sequence[object]:
        """Tantivy's own generator, on the body of each hit: a passage, and where the words are in it."""
        parsed = self._query(asked)
        generator = tantivy.SnippetGenerator.create(self._searcher, parsed, self._schema, "text")
        stored = map(self._stored, self._hits(parsed, limit))
        documents = (tantivy.Document(text=orjson.loads(each).get("body", "")) for each in stored)
        found = map(generator.snippet_from_doc, documents)
        return [(snippet.fragment(), snippet.highlighted()) for snippet in found]

    def ids(self, asked: Question, limit: int) -> list[str]:
        """See :class:`~searchkit.benchmark.peers.Searcher`."""
        return [orjson.loads(stored)["id"] for stored in self.fetch(asked, limit)]

    def close(self) -> None:
        """Nothing is to be done: a searcher frees its files when it goes."""

    def _hits(self, query: tantivy.Query, limit: int) -> list[tantivy.DocAddress]:
        return [address for _, address in self._searcher.search(query, limit).hits]

    def _stored(self, address: tantivy.DocAddress) -> str:
        return self._searcher.doc(address).get_first("article") or ""

    def _query(self, asked: Question) -> tantivy.Query:
        """The same terms and phrases that searchkit looks for."""
        needs = (
            (tantivy.Occur.Should, _telling(asked.any_of)),
            (tantivy.Occur.Must, asked.all_of),
            (tantivy.Occur.MustNot, asked.none_of),
        )
        return tantivy.Query.boolean_query(
            [(need, self._part(terms)) for need, parts in needs for terms in _terms(parts)]
        )

    def _part(self, terms: Words) -> tantivy.Query:
        if len(terms) == 1:
            return tantivy.Query.term_query(self._schema, "text", terms[0])
        return tantivy.Query.phrase_query(self._schema, "text", [*terms])


def found() -> Tantivy:
    """The engine under searchkit, which is always there."""
    return Tantivy(version("tantivy"))


def _telling(parts: tuple[Words, ...]) -> tuple[Words, ...]:
    """Without stop words, unless there are no others."""
    return tuple(part for part in parts if len(part) > 1 or not is_stop_word(part[0], LANGUAGE)) or parts


def _terms(parts: tuple[Words, ...]) -> list[Words]:
    """The parts as they are indexed, each once."""
    analysed = (tuple(analyzer("stemmed", LANGUAGE).terms(" ".join(part))) for part in parts)
    return list(dict.fromkeys(filter(None, analysed)))


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index(build_schema(), str(folder), reuse=True)
    register(index, LANGUAGE)
    return index


def document(line: bytes) -> str:
    """An article with what each field of searchkit's schema holds of it; the line itself is stored."""
    row = orjson.loads(line)
    headline = row.get("headline", "")
    lead = " ".join(row.get("body", "").split(None, LEAD_WORDS)[:LEAD_WORDS])
    values: Row = {name: row[name] for name in _PLAIN if name in row}
    values |= {f"{name}_is": row[name] for name in _KEYWORDS if name in row}
    values |= _texts("text", [headline, body(row)])
    values |= _texts("lead", [headline, row.get("standfirst", ""), lead])
    values |= _texts("headline", [headline])
    values |= _texts("caption", row.get("captions", []))
    names = [each["name"] if isinstance(each, dict) else each for each in row.get("authors", ())]
    values |= {"byline": names, "author_is": names, "tag": row.get("tags", []), "tag_is": row.get("tags", [])}
    if extra := row.get("extra"):
        values["extra_is"] = [f"{key}={each}" for key, value in extra.items() for each in _listed(value)]
    if row.get("page", "").isdecimal():
        values["page_number"] = int(row["page"])
    values |= _dates(row.get("published", ""))
    values |= {"words": len(row.get("body", "").split()), "article": line.decode()}
    return orjson.dumps(values).decode()


def _texts(field: str, values: list[str]) -> Row:
    return {field: values, f"{field}_forms": values}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _dates(published: str) -> Row:
    if not published:
        return {}
    moment = datetime.fromisoformat(published)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return {"day": int(published[:10].replace("-", "")), "published": int(moment.timestamp())}
