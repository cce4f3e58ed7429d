"""The hits of a cluster: how they are ordered, and what is known of each without another question."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct, field

from searchkit.article import Article
from searchkit.found import Found, RawHit
from searchkit.request import Sort
from searchkit.results import AHEAD

BY_ID: Final = {"id": "asc"}
_UNDATED: Final = {Sort.OLDEST: 2**63 - 1, Sort.NEWEST: -(2**63), Sort.RELEVANCE: -(2**63)}
"""What a sort says of an article that has no date."""


class Page(Struct):
    """Hits that came together: their ids, instants and, as far as they were read, articles."""

    ids: list[str]
    instants: list[int | None]
    articles: dict[int, Article] = field(default_factory=dict)

    @property
    def places(self) -> list[Place]:
        """All hits, in their order."""
        return [Place(self, number) for number in range(len(self.ids))]


class Place(Struct, frozen=True, eq=False):
    """A hit's place on its page: the engine's handle."""

    page: Page
    number: int

    @property
    def id(self) -> str:
        """The article's id."""
        return self.page.ids[self.number]


def order(sort: Sort) -> list[dict[str, Any]]:
    """Ties go to the newest, then by id, so that the order is the same on every copy of a shard."""
    direction = "asc" if sort is Sort.OLDEST else "desc"
    published: dict[str, Any] = {"published": {"order": direction, "missing": "_last"}}
    return [{"_score": "desc"}, published, BY_ID] if sort is Sort.RELEVANCE else [published, BY_ID]


def found_in(answer: Any, sort: Sort) -> Found:
    """The hits that an answer to a search in that order holds."""
    rows = [hit["sort"] for hit in answer["hits"]["hits"]]
    instants = [None if row[-2] in (None, _UNDATED[sort]) else int(row[-2]) for row in rows]
    keys = [row[0] for row in rows] if sort is Sort.RELEVANCE else instants
    page = Page([row[-1] for row in rows], instants)
    hits = [RawHit(place, key) for place, key in zip(page.places, keys, strict=True)]
    return Found(hits, answer["hits"]["total"]["value"])


def ahead(place: Place) -> list[Place]:
    """A hit and those behind it, if it has not been read."""
    if place.number in place.page.articles:
        return []
    last = min(place.number + AHEAD, len(place.page.ids))
    wanted = (Place(place.page, number) for number in range(place.number, last))
    return [each for each in wanted if each.number not in place.page.articles]
