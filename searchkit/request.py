"""The request: a query and what to do with it. Sorting, filters and windows never enter the query's tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Literal, TypeAlias

from msgspec import Struct

from searchkit import dates, schema
from searchkit.article import is_text
from searchkit.clock import today
from searchkit.dates import Range
from searchkit.errors import InvalidDate, InvalidRequest
from searchkit.limits import FACETS, WINDOW
from searchkit.query import Query

Match: TypeAlias = Literal["any", "all"]
Day: TypeAlias = str | date | datetime | None


class Sort(str, Enum):
    """The order of the hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Request(Struct, frozen=True, kw_only=True):
    """A query, the filters around it, and which part of the hits to give in which order.

    ``where`` pairs a filter field with the values of which an article must have one. ``match`` says whether
    a row of words wants any of them or all. ``snippets`` is the number of passages a hit may show. The
    articles whose ids are in ``without`` are left out.

    :raises InvalidRequest: for a window beyond :data:`WINDOW` or a field that cannot be filtered by.
    """

    query: Query
    published: Range | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    match: Match = "any"
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    snippets: int = 3
    facets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = (("limit", self.limit), ("offset", self.offset), ("snippets", self.snippets))
        for name, number in numbers:
            if not isinstance(number, int) or number < 0:
                raise InvalidRequest(f"{name}: expected a whole number from 0 on, got {number!r}")
        if self.match not in ("any", "all"):
            raise InvalidRequest(f"match: expected any or all, got {self.match!r}")
        if self.limit + self.offset > WINDOW:
            raise InvalidRequest(
                f"limit + offset is {self.limit + self.offset}, more than {WINDOW}",
                hint="narrow the search by date or field, or walk all hits: iterate(), searchkit export",
            )
        if len(self.facets) > FACETS:
            raise InvalidRequest(f"{len(self.facets)} facets, more than {FACETS}", hint="ask for fewer")
        for name, _ in self.where:
            schema.filter_field(name)
        for name in self.facets:
            schema.filter_field(name)


def period(since: Day, until: Day, zone: tzinfo) -> Range | None:
    """The time from ``since`` to the end of what ``until`` names, as :mod:`searchkit.dates` reads them.

    :raises InvalidDate: for what is no date, or if it ends before it starts.
    """
    if since is None and until is None:
        return None
    now = today(zone)
    start = None if since is None else dates.since(since, now, zone=zone)
    end = None if until is None else dates.until(until, now, zone=zone)
    if start and end and schema.instant_number(start, zone) >= schema.instant_number(end, zone):
        raise InvalidDate(f"since {since} until {until}: that ends before it starts", hint="swap them")
    return Range(start, end)


def seconds(timeout: object) -> float | None:
    """How long a search may take.

    :raises InvalidRequest: if that is no time.
    """
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not timeout > 0:
        raise InvalidRequest(f"timeout: expected seconds, more than 0, got {timeout!r}")
    return float(timeout)


def sort_order(name: Sort | str) -> Sort:
    """The order of that name.

    :raises InvalidRequest: if there is none.
    """
    if isinstance(name, Sort):
        return name
    try:
        return Sort(name)
    except ValueError:
        names = ", ".join(each.value for each in Sort)
        raise InvalidRequest(f"no order {name!r}", hint=f"sort by one of: {names}") from None


def values(where: Mapping[str, str | Sequence[str]] | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Filters as a request holds them: each field with the values of which an article must have one.

    :raises InvalidRequest: for a value that is not text.
    """
    return tuple((name, _strings(name, value)) for name, value in (where or {}).items())


def _strings(name: str, value: object) -> tuple[str, ...]:
    given = (value,) if isinstance(value, str) or not isinstance(value, Iterable) else tuple(value)
    for each in given:
        if not isinstance(each, str) or not is_text(each):
            raise InvalidRequest(f"where: {name}: expected text, got {each!r}")
    return given
