"""What does not fit together: queries without judgements, judgements of articles that are not there.

Each finding is a warning, one sentence that says how it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from searchkit.errors import InvalidRequest
from searchkit.evaluate.qrels import Qrels, read_qrels
from searchkit.evaluate.runs import Run
from searchkit.evaluate.topics import Topics, read_topics
from searchkit.index import Index

SHOWN: Final = 5
"""How many ids a warning spells out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Queries and their judgements: the same queries in both, and what was left out to get there."""

    topics: Topics
    qrels: Qrels
    warnings: tuple[str, ...] = ()


def read_judged(queries: Path, judgements: Path) -> Judged:
    """The queries of one file that have judgements in the other.

    :raises SourceError: if a file cannot be read. :raises InvalidRequest: if no query has any.
    """
    topics, qrels = read_topics(queries), read_qrels(judgements)
    if not topics.keys() & qrels.keys():
        ids = f"queries: {_some(topics)}; judgements: {_some(qrels)}"
        raise InvalidRequest(f"no query of {queries} has a judgement in {judgements}", hint=ids)
    asked = {query: text for query, text in topics.items() if query in qrels}
    return Judged(asked, {query: qrels[query] for query in asked}, tuple(_left_out(topics, qrels)))


def _left_out(topics: Topics, qrels: Qrels) -> Iterator[str]:
    unjudged = [query for query in topics if query not in qrels]
    unasked = [query for query in qrels if query not in topics]
    hopeless = [query for query in topics if query in qrels and max(qrels[query].values()) <= 0]
    if unjudged:
        yield f"queries without judgements, left out: {_some(unjudged)}"
    if unasked:
        yield f"judgements of queries that are not asked, left out: {_some(unasked)}"
    if hopeless:
        yield f"queries without a relevant article, which count as 0: {_some(hopeless)}"


def missing(index: Index, qrels: Qrels) -> Iterator[str]:
    """A warning where relevant articles are not in the index."""
    relevant = dict.fromkeys(
        article for grades in qrels.values() for article, grade in grades.items() if grade > 0
    )
    lost = [article for article in relevant if index.get(article) is None]
    if lost:
        share = f"{len(lost):,} of {len(relevant):,} relevant articles"
        yield f"{share} are not in the index and count as not found: {_some(lost)}"


def fruitless(name: str, run: Run, qrels: Qrels) -> Iterator[str]:
    """Warnings where a run has no hits for a query, or hits for others."""
    empty = [query for query in qrels if not run.get(query)]
    others = [query for query in run if query not in qrels]
    if empty:
        yield f"{name} finds nothing for these queries, which count as 0: {_some(empty)}"
    if others:
        yield f"{name} has hits for queries that are not evaluated: {_some(others)}"


def _some(ids: Collection[str]) -> str:
    shown = ", ".join(list(ids)[:SHOWN])
    return f"{shown} and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else shown
