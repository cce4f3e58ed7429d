"""Plan → Tantivy's query."""

from __future__ import annotations

import re
from typing import Final

import tantivy
from msgspec import Struct
from tantivy import FieldType, Occur

from searchkit.engines.tantivy.tables import GAP_WORD
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
)
from searchkit.plan.positions import wildcard_regex
from searchkit.schema import FIELDS, TEXTS

MAX_REGEX: Final = 50
"""Characters of the longest prefix that is looked up as a regular expression, whose automaton is bounded."""

_Query = tantivy.Query


class Compiler(Struct, frozen=True):
    """Compiles plans for one snapshot: ``searcher`` tells the words that a long prefix stands for."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher

    def compile(self, plan: Plan) -> tantivy.Query:
        """The query that matches and scores as ``plan`` says."""
        match plan:  # the most frequent first, as it takes a while to tell that a class does not fit
            case Term(field=field, term=term):
                return _Query.term_query(self.schema, field, term, _INDEX_OPTIONS[field])
            case Boost(child=child, factor=factor):
                return _Query.boost_query(self.compile(child), factor)
            case Bool():
                return self._bool(plan)
            case Close():
                return self._close(plan)
            case Phrase(field=field, terms=terms):
                return _Query.phrase_query(self.schema, field, list(terms))
            case Prefix(field=field, prefix=prefix):
                return self._prefix(field, prefix)
            case Wildcard(field=field, pattern=pattern):
                return self._wildcard(field, pattern)
            case Fuzzy(field=field, term=term, edits=edits):
                return _Query.fuzzy_term_query(self.schema, field, term, distance=edits)
            case OneOf(field=field, terms=terms):
                return _unscored(_Query.term_set_query(self.schema, field, list(terms)))
            case Present(field=field):
                return self._present(field)
            case Range():
                return self._range(plan)
            case All():
                return _unscored(_Query.all_query())
            case Nothing():
                return _Query.empty_query()
        raise AssertionError(plan)  # what the verifier takes out

    def _bool(self, plan: Bool) -> tantivy.Query:
        should = [(Occur.Should, self.compile(child)) for child in plan.should]
        must = [(Occur.Must, self.compile(child)) for child in plan.must]
        must += [(Occur.Must, _unscored(self.compile(child))) for child in plan.filters]
        must_not = [(Occur.MustNot, self.compile(child)) for child in plan.must_not]
        if should and must and (not plan.must or plan.least > 1):
            # Beside a Must, Tantivy takes every Should for optional.
            must.append((Occur.Must, _at_least(plan.least, should)))
            should = []
        if not should and not must:
            must.append((Occur.Must, _unscored(_Query.all_query())))
        return _at_least(plan.least if should else 1, [*must, *should, *must_not])

    def _close(self, plan: Close) -> tantivy.Query:
        """Exact in terms of Tantivy's slop, which lets each word stray and does not mind the order.

        Unordered, both words start from one place. In order, the second starts from the middle of where it
        may stand; an even distance has no middle, so its far end is a phrase of its own.
        """

        def phrase(offset: int, slop: int) -> tantivy.Query:
            words: list[str | tuple[int, str]] = [(0, plan.first), (offset, plan.second)]
            return _Query.phrase_query(self.schema, plan.field, words, slop=slop)

        if not plan.ordered and plan.first != plan.second:
            return phrase(0, plan.distance)
        middle = (plan.distance + 1) // 2
        near = phrase(middle, middle - 1)
        if plan.distance % 2:
            return near
        return _Query.boolean_query([(Occur.Should, near), (Occur.Should, phrase(plan.distance, 0))])

    def _present(self, field: str) -> tantivy.Query:
        if field in TEXTS:
            return _unscored(_Query.term_query(self.schema, field, GAP_WORD))
        return _unscored(_Query.exists_query(field))

    def _prefix(self, field: str, prefix: str) -> tantivy.Query:
        if len(prefix) <= MAX_REGEX:
            return _Query.regex_query(self.schema, field, f"{re.escape(prefix)}.*")
        terms = [term for term, _ in self.searcher.terms_with_prefix(field, prefix)]
        return _Query.const_score_query(_Query.term_set_query(self.schema, field, terms), 1.0)

    def _wildcard(self, field: str, pattern: str) -> tantivy.Query:
        """:raises UnsupportedQuery: if it takes more states than Tantivy allows, as far more letters do."""
        try:
            return _Query.regex_query(self.schema, field, wildcard_regex(pattern))
        except ValueError:
            message = f"too long for a word with * or ?: {pattern[:50]}…"
            hint = "write fewer letters, and a star at the end"
            raise UnsupportedQuery(message, node="Wildcard", engine="tantivy", hint=hint) from None

    def _range(self, plan: Range) -> tantivy.Query:
        bounds = (plan.low, plan.high)
        return _unscored(
            _Query.range_query(
                self.schema, plan.field, FieldType.Integer, *bounds, include_upper=plan.high is None
            )
        )


def _at_least(least: int, clauses: list[tuple[Occur, tantivy.Query]]) -> tantivy.Query:
    """So many of what may match must; the engine's own rule for one, which is faster."""
    return _Query.boolean_query(clauses, minimum_number_should_match=least if least > 1 else None)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return _Query.const_score_query(query, 0.0)


_INDEX_OPTIONS: Final = {f.name: "position" if f.name in TEXTS else "basic" for f in FIELDS}
