"""The order of hits, made total: of equal keys the newest first, then by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Protocol

from searchkit.found import Found, Handle, RawHit
from searchkit.plan import Bool, Plan, Present, Range
from searchkit.request import Sort

MAX_TIE: Final = 1_000
"""Hits of one score that are put in order; a longer run stays in the engine's, as steady in a snapshot."""
MARGIN: Final = 5
"""Hits beyond the window that are looked at, as they cost next to nothing: most ties end there."""
FEW: Final = 20
"""Up to so many articles, reading them for their ids beats another search."""


class Searchable(Protocol):
    """The part of an engine's snapshot that an order needs."""

    def search(self, plan: Plan, *, sort: Sort, limit: int, offset: int = 0) -> Found:
        """The best matches."""

    def instants(self, handles: Sequence[Handle]) -> list[int | None]:
        """When each was published."""

    def ids(self, handles: Sequence[Handle]) -> list[str]:
        """The ids of the articles."""

    def by_id(self, plan: Plan, *, limit: int) -> list[Handle]:
        """The first matches in the order of their ids."""


def window(snapshot: Searchable, plan: Plan, *, sort: Sort, limit: int, offset: int) -> Found:
    """The hits from ``offset`` to ``offset + limit`` of the total order, the same however pages are cut."""
    need = offset + limit
    if sort is Sort.RELEVANCE:
        return _best(snapshot, plan, offset, need)
    found = snapshot.search(plan, sort=sort, limit=need + 1)
    hits = found.hits
    cut = 0 < need < len(hits) and hits[need - 1].key == hits[need].key
    ordered: list[RawHit] = []
    for key, tie in _ties(hits[:need]):
        if len(tie) > FEW or (cut and key == hits[-1].key):
            handles = snapshot.by_id(_published_at(plan, key), limit=len(tie))
            ordered += [RawHit(handle, key) for handle in handles]
        else:
            ordered += _by_id(snapshot, tie)
    return Found(ordered[offset:need], found.total)


def _best(snapshot: Searchable, plan: Plan, offset: int, need: int) -> Found:
    """By score; a tie across the end of the window is looked at whole."""
    looked = need + MARGIN
    found = snapshot.search(plan, sort=Sort.RELEVANCE, limit=looked)
    hits = found.hits
    if 0 < need < looked == len(hits) and hits[need - 1].key == hits[-1].key:
        start = [hit.key for hit in hits].index(hits[-1].key)
        hits = snapshot.search(plan, sort=Sort.RELEVANCE, limit=max(need, start + MAX_TIE) + 1).hits
    return Found(by_score(snapshot, _with_tie(hits, need))[offset:need], found.total)


def _with_tie(hits: Sequence[RawHit], need: int) -> Sequence[RawHit]:
    """As many hits as are needed, and those that tie with the last of them."""
    while 0 < need < len(hits) and hits[need - 1].key == hits[need].key:
        need += 1
    return hits[:need]


def by_score(snapshot: Searchable, hits: Sequence[RawHit]) -> list[RawHit]:
    """The hits, best first already, with those of one score in order."""
    if len({hit.key for hit in hits}) == len(hits):
        return list(hits)
    ties = [tie for _, tie in _ties(hits)]
    instants = iter(snapshot.instants([hit.handle for tie in ties if _is_ordered(tie) for hit in tie]))
    ordered: list[RawHit] = []
    for tie in ties:
        ordered += _newest_first(snapshot, tie, instants) if _is_ordered(tie) else tie
    return ordered


def _is_ordered(tie: list[RawHit]) -> bool:
    return 1 < len(tie) <= MAX_TIE


def _ties(hits: Sequence[RawHit]) -> Iterator[tuple[float | None, list[RawHit]]]:
    for key, group in groupby(hits, key=lambda hit: hit.key):
        yield key, list(group)


def _published_at(plan: Plan, key: float | None) -> Plan:
    """The matches of one instant; of None, the undated."""
    if key is None:
        return Bool(filters=(plan,), must_not=(Present("published"),))
    return Bool(filters=(plan, Range("published", int(key), int(key) + 1)))


def _newest_first(
    snapshot: Searchable, tie: list[RawHit], instants: Iterator[int | None]
) -> Iterator[RawHit]:
    """The tie in order; ``instants`` gives when each of it was published, and goes on."""
    dated = sorted(zip(tie, instants, strict=False), key=lambda pair: _descending(pair[1]))
    for _, group in groupby(dated, key=lambda pair: pair[1]):
        yield from _by_id(snapshot, [hit for hit, _ in group])


def _by_id(snapshot: Searchable, tie: list[RawHit]) -> list[RawHit]:
    if len(tie) < 2:
        return tie
    identifiers = snapshot.ids([hit.handle for hit in tie])
    return [hit for _, hit in sorted(zip(identifiers, tie, strict=True), key=lambda pair: pair[0])]


def _descending(instant: int | None) -> float:
    return float("inf") if instant is None else -instant
