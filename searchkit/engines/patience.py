"""Waiting for an engine no longer than a search may take: what it has begun, nobody can interrupt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from searchkit.clock import Deadline
from searchkit.engines.base import Snapshot
from searchkit.plan import Plan

T = TypeVar("T")

_DONE: Final = None


def in_time(deadline: Deadline, snapshot: Snapshot, plan: Plan, action: Callable[[], T]) -> T:
    """What ``action``, a search for ``plan``, gives.

    :raises OutOfTime: if it is not there by the deadline.
    """
    if deadline.seconds is None or snapshot.is_quick(plan, within=deadline.left):
        return action()
    return deadline.wait_for(action)


def each_in_time(deadline: Deadline, snapshot: Snapshot, plan: Plan, found: Iterable[T]) -> Iterator[T]:
    """What a search for ``plan`` finds page by page.

    :raises OutOfTime: where the next page is not there by the deadline.
    """
    pages = iter(found)
    while (page := in_time(deadline, snapshot, plan, lambda: next(pages, _DONE))) is not _DONE:
        yield page
