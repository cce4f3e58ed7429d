"""One unchanging view of an index on a cluster: a point in time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import orjson

from searchkit.article import Article
from searchkit.card import Card, Texts
from searchkit.engines.base import Statistics
from searchkit.engines.opensearch.client import Client, patiently
from searchkit.engines.opensearch.compile import Query, compile_plan
from searchkit.engines.opensearch.hits import BY_ID, Page, Place, ahead, found_in, order
from searchkit.engines.opensearch.pin import Pin
from searchkit.engines.opensearch.tables import WINDOW, listing, written
from searchkit.errors import IndexDamaged
from searchkit.found import Found
from searchkit.once import once
from searchkit.plan import All, Fuzzy, OneOf, Phrase, Plan, Prefix, Term, Wildcard, walk
from searchkit.request import Sort
from searchkit.results import Facet
from searchkit.schema import BY_NAME, Kind

BUCKETS: Final = 65_535
"""Values that one answer may list: the cluster's own bound."""
FACET_TERMS: Final = 10_000
"""Values that each shard reports for a facet: counts are exact up to so many different ones."""
READ: Final = 500
"""Articles that are read by one question."""
NO_TEXT: Final = {"_source": False, "stored_fields": "_none_"}
"""Of a hit, only what it is sorted by: not even to find its key, which lies beside the text, is that read."""

_SLOW: Final = (Phrase, Prefix, Wildcard, Fuzzy)


class OpenSearchSnapshot:
    """A view of the index as it was when first searched, kept for some minutes after its last use."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._pin = Pin(client)

    def search(self, plan: Plan, *, sort: Sort, limit: int, offset: int = 0) -> Found:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        answer = self._ask(plan, {"from": offset, "size": limit, "sort": order(sort)})
        return found_in(answer, sort)

    def pages(self, plan: Plan, *, sort: Sort, size: int) -> Iterator[Found]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        asked: dict[str, Any] = {"size": min(size, WINDOW), "sort": order(sort)}
        while True:
            answer = self._ask(plan, asked)
            hits = answer["hits"]["hits"]
            yield found_in(answer, sort)
            if len(hits) < asked["size"]:
                return
            asked["search_after"] = hits[-1]["sort"]

    def is_quick(self, plan: Plan, *, within: float) -> bool:  # noqa: ARG002
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return not any(isinstance(node, _SLOW) for node in walk(plan))

    def by_id(self, plan: Plan, *, limit: int) -> list[Place]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        answer = self._ask(plan, {"size": limit, "sort": [BY_ID], "docvalue_fields": ["published"]})
        hits = answer["hits"]["hits"]
        instants = [next(iter(hit.get("fields", {}).get("published", ())), None) for hit in hits]
        return Page([hit["sort"][0] for hit in hits], instants).places

    def articles(self, handles: Sequence[Place]) -> list[Article]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        if len(handles) == 1:
            self._read(ahead(handles[0]))
        else:
            self._read([place for place in handles if place.number not in place.page.articles])
        return [place.page.articles[place.number] for place in handles]

    def texts(self, handles: Sequence[Place]) -> list[Texts]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return [Texts.of(article) for article in self.articles(handles)]

    def cards(self, handles: Sequence[Place]) -> list[Card]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return [Card.of(article) for article in self.articles(handles)]

    def ids(self, handles: Sequence[Place]) -> list[str]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return [place.id for place in handles]

    def instants(self, handles: Sequence[Place]) -> list[int | None]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return [place.page.instants[place.number] for place in handles]

    def get(self, identifier: str) -> Article | None:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return self._stored([identifier]).get(identifier)

    def digests(self, identifiers: Sequence[str]) -> dict[str, int]:
        """See :class:`~searchkit.engines.base.Snapshot`. As of now, and patiently: it is for writing."""
        if not identifiers:
            return {}
        asked = {
            "query": compile_plan(OneOf("id", tuple(identifiers))),
            "size": len(identifiers),
            "docvalue_fields": ["id", "digest"],
        } | NO_TEXT
        path, whole = f"/{self._client.address.name}/_search", {"allow_partial_search_results": "false"}
        hits = patiently(lambda: self._client.ask("POST", path, asked, params=whole))["hits"]["hits"]
        return {hit["fields"]["id"][0]: hit["fields"]["digest"][0] for hit in hits}

    def facet(self, plan: Plan, field: str, *, prefix: str = "", limit: int) -> list[Facet]:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        terms: dict[str, Any] = {"field": written(field), "size": FACET_TERMS}
        if prefix:
            terms["include"] = f"{_in_any_case(prefix)}(.|\n)*"
        found = [Facet(value, count) for value, count in self._values(plan, terms)]
        return sorted(found, key=lambda facet: (-facet.count, facet.value))[:limit]

    @once
    def _size(self) -> int:
        return int(self._ask(All(), {"size": 0})["hits"]["total"]["value"])

    def size(self) -> int:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        return self._size

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """See :class:`~searchkit.engines.base.Snapshot`. Of a TEXT field as of now: it is for ranking."""
        wanted = list(dict.fromkeys(terms))
        if not wanted:
            return {}
        if BY_NAME[field].kind is Kind.FORMS:
            having = {"terms": {field: wanted}}
            return dict(self._terms(having, {"field": field, "include": wanted, "size": len(wanted)}))
        return {term: count for term, count in zip(wanted, self._counts(field, wanted), strict=True) if count}

    def vocabulary(self, field: str, prefix: str, *, limit: int | None = None) -> list[tuple[str, int]]:
        """See :class:`~searchkit.engines.base.Snapshot`. Of more words than one answer holds, only these."""
        name = listing(field)
        having: Query = {"prefix": {name: {"value": prefix}}} if prefix else {"match_all": {}}
        terms: dict[str, Any] = {"field": name, "size": min(limit or BUCKETS, BUCKETS)}
        return self._terms(having, terms | ({"include": f"{_literal(prefix)}(.|\n)*"} if prefix else {}))

    def statistics(self) -> Statistics:
        """See :class:`~searchkit.engines.base.Snapshot`."""
        wanted = {"dated": "value_count", "first": "min", "last": "max"}
        kinds = {name: {kind: {"field": "day"}} for name, kind in wanted.items()}
        found = self._ask(All(), {"size": 0, "aggs": kinds})["aggregations"]
        days = (found[name]["value"] for name in ("first", "last"))
        first, last = (None if day is None else int(day) for day in days)
        parts = self._client.ask("GET", f"/{self._client.address.name}/_stats/store,segments")
        held = parts["_all"]["primaries"]
        size, undated = self.size(), self.size() - int(found["dated"]["value"])
        return Statistics(
            size, undated, first, last, held["segments"]["count"], held["store"]["size_in_bytes"]
        )

    def close(self) -> None:
        """Lets the cluster forget the view."""
        self._pin.drop()

    @property
    def is_lost(self) -> bool:
        """Whether the cluster has lost the view, as with a node."""
        return self._pin.is_lost

    def _ask(self, plan: Plan, wanted: dict[str, Any]) -> Any:
        return self._pin.ask({"query": compile_plan(plan), "track_total_hits": True} | NO_TEXT | wanted)

    def _values(self, plan: Plan, terms: dict[str, Any]) -> list[tuple[str, int]]:
        return self._terms(compile_plan(plan), terms)

    def _terms(self, query: Query, terms: dict[str, Any]) -> list[tuple[str, int]]:
        asked = {"query": query, "size": 0, "track_total_hits": False, "aggs": {"values": {"terms": terms}}}
        buckets = self._pin.ask(asked)["aggregations"]["values"]["buckets"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]

    def _counts(self, field: str, terms: list[str]) -> list[int]:
        """The number of articles that have each term, all asked for at once."""
        asked = (
            {"query": compile_plan(Term(field, term)), "size": 0, "track_total_hits": True} for term in terms
        )
        lines = "".join(f"{{}}\n{orjson.dumps(each).decode()}\n" for each in asked)
        return [answer["hits"]["total"]["value"] for answer in self._client.ask_many(lines)]

    def _read(self, places: Sequence[Place]) -> None:
        for start in range(0, len(places), READ):
            some = places[start : start + READ]
            found = self._stored([place.id for place in some])
            for place in some:
                place.page.articles[place.number] = found[place.id]

    def _stored(self, identifiers: Sequence[str]) -> dict[str, Article]:
        if not identifiers:
            return {}
        query = compile_plan(OneOf("id", tuple(identifiers)))
        asked = {"query": query, "size": len(identifiers), "_source": ["article"], "track_total_hits": False}
        hits = self._pin.ask(asked)["hits"]["hits"]
        articles = (_decoded(hit["_source"]["article"], self._client) for hit in hits)
        return {article.id: article for article in articles}


def _decoded(text: str, client: Client) -> Article:
    try:
        return Article.from_own(orjson.loads(text))
    except (ValueError, TypeError, AttributeError) as error:
        hint = "index its source again"
        raise IndexDamaged(f"{client.address}: an article does not read: {error}", hint=hint) from None


def _in_any_case(text: str) -> str:
    return "".join(
        f"[{_literal(char.lower())}{_literal(char.upper())}]"
        if char.lower() != char.upper()
        else _literal(char)
        for char in text
    )


def _literal(text: str) -> str:
    """Lucene's regular expression for the text itself."""
    return re.sub(r"(\W)", r"\\\1", text)
