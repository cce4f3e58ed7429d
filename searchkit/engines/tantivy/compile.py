"""Plan → Tantivy's query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import tantivy
from tantivy import FieldType, Occur

from searchkit.analysis import analyzer
from searchkit.plan import All, Bool, Boost, Nothing, Phrase, PhrasePrefix, Plan, Prefix, Range, Term
from searchkit.schema import BY_NAME, Kind, forms_field

MAX_FORMS: Final = 1_000
"""How many words the open end of a phrase may stand for, the most frequent first."""

MAX_REGEX: Final = 50
"""Characters of the longest prefix that is looked up as a regular expression, whose automaton is bounded."""

_Query = tantivy.Query


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles plans for one snapshot: ``searcher`` tells the words that an open end stands for."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    language: str

    def compile(self, plan: Plan) -> tantivy.Query:
        """The query that matches and scores as ``plan`` says."""
        match plan:
            case All():
                return _unscored(_Query.all_query())
            case Nothing():
                return _Query.empty_query()
            case Term(field=field, term=term):
                return _Query.term_query(self.schema, field, term, _index_option(field))
            case Phrase(field=field, terms=terms):
                return _Query.phrase_query(self.schema, field, list(terms))
            case Prefix(field=field, prefix=prefix):
                return self._prefix(field, prefix)
            case PhrasePrefix():
                return self._phrase_prefix(plan)
            case Range():
                return self._range(plan)
            case Boost(child=child, factor=factor):
                return _Query.boost_query(self.compile(child), factor)
            case Bool():
                return self._bool(plan)
        raise AssertionError(plan)

    def _bool(self, plan: Bool) -> tantivy.Query:
        should = [(Occur.Should, self.compile(child)) for child in plan.should]
        must = [(Occur.Must, self.compile(child)) for child in plan.must]
        must += [(Occur.Must, _unscored(self.compile(child))) for child in plan.filters]
        must_not = [(Occur.MustNot, self.compile(child)) for child in plan.must_not]
        if should and must and not plan.must:
            # Beside a Must, Tantivy takes every Should for optional.
            must.append((Occur.Must, _Query.boolean_query(should)))
            should = []
        if not should and not must:
            must.append((Occur.Must, _unscored(_Query.all_query())))
        return _Query.boolean_query([*must, *should, *must_not])

    def _prefix(self, field: str, prefix: str) -> tantivy.Query:
        if len(prefix) <= MAX_REGEX:
            return _Query.regex_query(self.schema, field, f"{re.escape(prefix)}.*")
        terms = [term for term, _ in self.searcher.terms_with_prefix(field, prefix)]
        return _Query.const_score_query(_Query.term_set_query(self.schema, field, terms), 1.0)

    def _range(self, plan: Range) -> tantivy.Query:
        if plan.low is None and plan.high is None:
            return _unscored(_Query.exists_query(plan.field))
        bounds = (plan.low, plan.high)
        return _unscored(
            _Query.range_query(
                self.schema, plan.field, FieldType.Integer, *bounds, include_upper=plan.high is None
            )
        )

    def _phrase_prefix(self, plan: PhrasePrefix) -> tantivy.Query:
        forms = self.searcher.terms_with_prefix(forms_field(plan.field), plan.prefix, limit=MAX_FORMS)
        analyse = analyzer(BY_NAME[plan.field].analyzer, self.language).word
        last = sorted({term for form, _ in forms for term in analyse(form)})
        phrases = [_Query.phrase_query(self.schema, plan.field, [*plan.terms, term]) for term in last]
        return _Query.boolean_query([(Occur.Should, phrase) for phrase in phrases])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return _Query.const_score_query(query, 0.0)


def _index_option(field: str) -> str:
    return "position" if BY_NAME[field].kind is Kind.TEXT else "basic"
