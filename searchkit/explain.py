"""What a reader asks about a search: where a score comes from, and what words with gaps stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from searchkit.analysis.edits import within_edits
from searchkit.engines.base import Snapshot
from searchkit.found import Contribution, OpenWord
from searchkit.limits import EXPLAINED
from searchkit.plan import (
    Bool,
    Boost,
    Close,
    Fuzzy,
    OneOf,
    Plan,
    Prefix,
    Scored,
    Unscored,
    Verify,
    Wildcard,
    walk,
)
from searchkit.plan.leaves import TextLeaf, in_field
from searchkit.plan.positions import whole_form, wildcard_regex
from searchkit.plan.show import readers_name, words
from searchkit.query import Query
from searchkit.query import walk as walk_query
from searchkit.request import Sort

NAMED: Final = 5
"""Words that are named of those that an open word stands for."""


def contributions(snapshot: Snapshot, plan: Plan, identifier: str) -> tuple[Contribution, ...]:
    """What each scored leaf of ``plan`` adds to the score of an article; they sum up to it.

    Each leaf is searched for in that one article: so the figures are the engine's own, whichever it is.
    """
    only = OneOf("id", (identifier,))

    def score(part: Plan) -> float | None:
        found = snapshot.search(Bool(must=(part,), filters=(only,)), sort=Sort.RELEVANCE, limit=1)
        return found.hits[0].key if found.hits else None

    parts = [
        Contribution(words(leaf), readers_name(leaf.field), weight, weight * one, _reason(leaf))
        for leaf, weight in _weighted(plan, 1.0, lambda part: score(part) is not None)
        if (one := score(leaf)) is not None
    ]
    return tuple(sorted(parts, key=lambda part: -part.score))


def _reason(leaf: Scored) -> str:
    return "pair" if isinstance(leaf, Close) else "word"


def _weighted(plan: Plan, weight: float, matches: Callable[[Plan], bool]) -> Iterator[tuple[Scored, float]]:
    """The scored leaves of the branches that match, each with the product of the weights above it."""
    match plan:
        case Bool(must=must, must_not=excluded, filters=filters):
            if not (must or excluded or filters or plan.least > 1) or matches(plan):
                for child in (*must, *plan.should):
                    yield from _weighted(child, weight, matches)
        case Boost(child=child, factor=factor):
            yield from _weighted(child, weight * factor, matches)
        case Verify(child=child):
            yield from _weighted(child, weight, matches)
        case _ if not isinstance(plan, Unscored):
            yield plan, weight


def open_words(snapshot: Snapshot, query: Query, language: str) -> tuple[OpenWord, ...]:
    """What each prefix, wildcard and fuzzy word of a query stands for in the index, each once."""
    found = {
        (leaf.field, node): _open_word(snapshot, leaf.field, node)
        for leaf in walk_query(query)
        if isinstance(leaf, TextLeaf) and not (leaf.field or "").startswith("extra.")
        for step in in_field(leaf.field or "text", language).steps(leaf)
        for node in walk(step.plan)
        if isinstance(node, Prefix | Wildcard | Fuzzy)
    }
    return tuple(found.values())


def _open_word(snapshot: Snapshot, field: str | None, node: Prefix | Wildcard | Fuzzy) -> OpenWord:
    """The search itself takes all words; this looks at the most frequent ones, in most indexes all."""
    vocabulary = snapshot.vocabulary(node.field, _beginning(node), limit=EXPLAINED)
    is_meant = _test(node)
    meant = [(word, count) for word, count in vocabulary if is_meant(word)]
    typed = f"{field}:{words(node)}" if field else words(node)
    return OpenWord(typed, tuple(meant[:NAMED]), len(meant), exact=len(vocabulary) < EXPLAINED)


def _beginning(node: Prefix | Wildcard | Fuzzy) -> str:
    """What all of its words begin with."""
    match node:
        case Prefix(prefix=prefix):
            return prefix
        case Wildcard(pattern=pattern):
            return re.split(r"[*?]", pattern)[0]
        case Fuzzy():
            return ""


def _test(node: Prefix | Wildcard | Fuzzy) -> Callable[[str], object]:
    """Whether a word is one that it stands for."""
    match node:
        case Prefix(prefix=prefix):
            return lambda word: word.startswith(prefix)
        case Wildcard(pattern=pattern):
            return whole_form(wildcard_regex(pattern))
        case Fuzzy(term=term, edits=edits):
            return lambda word: within_edits(word, term, edits)
