"""The order of hits, made total: of equal keys the newest first, then by id."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final, Protocol

from searchkit.article import Article
from searchkit.plan import Plan
from searchkit.request import Sort
from searchkit.results import Found, Handle, RawHit

MAX_TIE: Final = 1_000
"""A longer run of equal keys stays in the engine's own order, which is as steady within one snapshot."""


class Searchable(Protocol):
    """The part of an engine's snapshot that an order needs."""

    def search(self, plan: Plan, *, sort: Sort, limit: int, offset: int = 0) -> Found:
        """The best matches."""

    def instants(self, handles: Sequence[Handle]) -> list[int | None]:
        """When each was published."""

    def articles(self, handles: Sequence[Handle]) -> list[Article]:
        """The articles."""


def window(snapshot: Searchable, plan: Plan, *, sort: Sort, limit: int, offset: int) -> Found:
    """The hits from ``offset`` to ``offset + limit`` of the total order, the same however pages are cut."""
    need = offset + limit
    found = snapshot.search(plan, sort=sort, limit=need + 1)
    if 0 < need < len(found.hits) and found.hits[need - 1].key == found.hits[need].key:
        keys = [hit.key for hit in found.hits]
        found = snapshot.search(plan, sort=sort, limit=keys.index(keys[need]) + MAX_TIE + 1)
    ordered: list[RawHit] = []
    for _, group in groupby(found.hits, key=lambda hit: hit.key):
        if len(ordered) >= need:
            break
        ordered += _untied(snapshot, list(group))
    return Found(ordered[offset:need], found.total)


def _untied(snapshot: Searchable, tie: Sequence[RawHit]) -> Sequence[RawHit]:
    if not 1 < len(tie) <= MAX_TIE:
        return tie
    handles = [hit.handle for hit in tie]
    instants = snapshot.instants(handles)
    if len(set(instants)) == len(tie):
        identifiers = [""] * len(tie)
    else:
        identifiers = [article.id for article in snapshot.articles(handles)]
    newest = [float("inf") if instant is None else -instant for instant in instants]
    order = sorted(range(len(tie)), key=lambda at: (newest[at], identifiers[at]))
    return [tie[at] for at in order]
