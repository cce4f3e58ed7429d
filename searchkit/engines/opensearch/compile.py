"""Plan → OpenSearch's query."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from searchkit.engines.opensearch.tables import GAP_WORD, term_of
from searchkit.errors import UnsupportedQuery
from searchkit.plan import (
    All,
    Bool,
    Boost,
    Close,
    Fuzzy,
    Nothing,
    OneOf,
    Phrase,
    Plan,
    Prefix,
    Present,
    Range,
    Term,
    Wildcard,
    walk,
)
from searchkit.schema import TEXTS

Query: TypeAlias = dict[str, Any]

CLAUSES: Final = 1_024
"""Words and the like that Lucene takes in one query, unless the cluster's administrator allows more."""
SPELT_OUT: Final = 8
"""Up to this distance, words near each other are looked for distance by distance: then each place counts
once in the score, as on the embedded engine; Lucene's own slop counts 1/(1 + words between)."""


def compile_plan(plan: Plan) -> Query:
    """The query that matches and scores as ``plan`` says.

    :raises UnsupportedQuery: if it has more words than a cluster takes.
    """
    for spelt_out in (SPELT_OUT, 0):
        if sum(_clauses(node, spelt_out) for node in walk(plan)) <= CLAUSES:
            return _Compiler(spelt_out).compile(plan)
    raise UnsupportedQuery(
        f"the query comes to more than {CLAUSES:,} words",
        node="Bool",
        engine="opensearch",
        hint="use fewer words, or a profile that looks in fewer fields: --profile bm25",
    )


def _clauses(node: Plan, spelt_out: int) -> int:
    match node:
        case Phrase(terms=terms):
            return len(terms)
        case Close(distance=distance) if distance <= spelt_out:
            return 6 * distance
        case Close():
            return 2
        case Bool() | Boost():
            return 0
        case _:
            return 1


class _Compiler:
    def __init__(self, spelt_out: int) -> None:
        self._spelt_out = spelt_out

    def compile(self, plan: Plan) -> Query:
        match plan:
            case All():
                return _constant({"match_all": {}}, 0.0)
            case Nothing():
                return {"match_none": {}}
            case Term(field=field, term=term):
                return {"term": {field: {"value": _term(field, term)}}}
            case Phrase(field=field, terms=terms):
                return {"match_phrase": {field: {"query": " ".join(map(term_of, terms))}}}
            case Prefix(field=field, prefix=prefix):
                return _constant({"prefix": {field: {"value": prefix}}}, 1.0)
            case Wildcard(field=field, pattern=pattern):
                return _constant({"wildcard": {field: {"value": pattern.replace("\\", "\\\\")}}}, 1.0)
            case Fuzzy():
                return self._fuzzy(plan)
            case Close():
                return self._close(plan)
            case OneOf(field=field, terms=terms):
                return _constant({"terms": {field: [_term(field, term) for term in terms]}}, 0.0)
            case Present(field=field):
                return self._present(field)
            case Range(field=field, low=low, high=high):
                return _constant({"range": {field: {"gte": low, "lt": high}}}, 0.0)
            case Boost(child=child, factor=factor):
                return {"bool": {"must": [self.compile(child)], "boost": factor}}
            case Bool():
                return self._bool(plan)
        raise AssertionError(plan)  # what the verifier takes out

    def _bool(self, plan: Bool) -> Query:
        must, should, must_not, filters = (
            [self.compile(child) for child in group]
            for group in (plan.must, plan.should, plan.must_not, plan.filters)
        )
        if not (must or should or filters):
            filters = [{"match_all": {}}]
        least = plan.least if should and (not must or plan.least > 1) else 0
        return {
            "bool": {
                "must": must,
                "should": should,
                "must_not": must_not,
                "filter": filters,
                "minimum_should_match": least,
            }
        }

    def _fuzzy(self, plan: Fuzzy) -> Query:
        alike = {"value": plan.term, "fuzziness": plan.edits, "rewrite": "constant_score"}
        return _constant({"fuzzy": {plan.field: alike}}, 1.0)

    def _close(self, plan: Close) -> Query:
        """A word has no neighbour of its own, so that of one word twice the order does not matter."""
        ordered = plan.ordered or plan.first == plan.second
        orders = [(plan.first, plan.second)] + ([] if ordered else [(plan.second, plan.first)])
        if plan.distance > self._spelt_out:
            return _near(plan.field, *orders[0], slop=plan.distance - 1, ordered=ordered)
        distances = range(1, plan.distance + 1)
        spans = [
            _near(plan.field, *pair, slop=0, ordered=True, gap=distance - 1)
            for pair in orders
            for distance in distances
        ]
        return {"span_or": {"clauses": spans}}

    def _present(self, field: str) -> Query:
        if field in TEXTS:
            return _constant({"term": {field: GAP_WORD}}, 0.0)
        return _constant({"exists": {"field": field}}, 0.0)


def _near(field: str, first: str, second: str, *, slop: int, ordered: bool, gap: int = 0) -> Query:
    words = [{"span_term": {field: term_of(word)}} for word in (first, second)]
    between: list[Query] = [{"span_gap": {field: gap}}] if gap else []
    return {"span_near": {"clauses": [words[0], *between, words[1]], "slop": slop, "in_order": ordered}}


def _term(field: str, term: str) -> str:
    return term_of(term) if field in TEXTS else term


def _constant(query: Query, score: float) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}
