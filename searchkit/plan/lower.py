"""Query → plan: fields become concrete, words become terms, and a row of words becomes any or all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timezone, tzinfo

from searchkit import dates, schema
from searchkit.analysis import analyzer, is_stop_word
from searchkit.plan import nodes
from searchkit.plan.nodes import Bool, Boost, Nothing, Plan
from searchkit.plan.simplify import simplify
from searchkit.profile import NEWS, RankProfile
from searchkit.query import And, Dated, Everything, Not, Or, Phrase, Prefix, Query, Required, Row, Word
from searchkit.request import Match, Request


@dataclass(frozen=True, slots=True)
class Lowering:
    """What a query's words mean in one index: its language, its ranking, its clock."""

    language: str = "en"
    profile: RankProfile = NEWS
    match: Match = "any"
    today: date = field(default_factory=date.today)
    zone: tzinfo = timezone.utc

    def request(self, request: Request) -> Plan:
        """The plan for a whole request: its query, with its date range and fields as filters."""
        filters = [_keyword(name, values) for name, values in request.where]
        filters += self.dates(request.published) if request.published else ()
        return simplify(Bool(must=(self.query(request.query),), filters=tuple(filters)))

    def query(self, query: Query) -> Plan:
        """The plan for a query.

        :raises InvalidDate: for a date that cannot be read (the parser has seen to it).
        """
        match query:
            case Everything():
                return nodes.All()
            case Word() | Phrase() | Prefix():
                return self._leaf(query)
            case Dated(text=text):
                return Bool(filters=self.dates(dates.parse_range(text, self.today, zone=self.zone)))
            case Required(child=child):
                return self.query(child)
            case Not(child=child):
                return Bool(must_not=(self.query(child),))
            case And(children=children):
                return self._all(children)
            case Or(children=children):
                return Bool(should=tuple(map(self.query, children)))
            case Row(items=items):
                return self._row(items)
        raise AssertionError(query)

    def dates(self, published: dates.Range) -> tuple[Plan, ...]:
        """The filters for a range of days, of instants, or from one to the other; the undated never match."""
        low, high = published.start, published.end
        days = nodes.Range("day", _day(low), _day(high))
        moments = nodes.Range("published", self._moment(low), self._moment(high))
        bounded = tuple(span for span in (days, moments) if (span.low, span.high) != (None, None))
        return bounded or (days,)  # without bounds: whatever has a date

    def _moment(self, bound: date | None) -> int | None:
        return schema.instant_number(bound, self.zone) if isinstance(bound, datetime) else None

    def _all(self, children: tuple[Query, ...]) -> Plan:
        wanted = [child for child in children if not isinstance(child, Not)]
        excluded = [child.child for child in children if isinstance(child, Not)]
        return Bool(must=tuple(map(self.query, wanted)), must_not=tuple(map(self.query, excluded)))

    def _row(self, items: tuple[Query, ...]) -> Plan:
        """A date in a row narrows it, whatever the others do; stop words go unless nothing else is left."""
        free = [item for item in items if not isinstance(item, Required | Not | Dated)]
        free = [item for item in free if not self._is_stop_word(item)] or free
        fixed = [item for item in items if isinstance(item, Required | Not | Dated)]
        if self.match == "all":
            return self._all((*free, *fixed))
        rest = self._all(tuple(fixed))
        if any(isinstance(item, Required) for item in fixed):
            return Bool(must=(rest,), should=tuple(map(self.query, free)))
        any_of = (Bool(should=tuple(map(self.query, free))),) if free else ()
        return Bool(must=(*any_of, *((rest,) if fixed else ())))

    def _is_stop_word(self, item: Query) -> bool:
        if not isinstance(item, Word) or item.field:
            return False
        terms = analyzer("folded", self.language).terms(item.text)
        return len(terms) == 1 and is_stop_word(terms[0], self.language)

    def _leaf(self, leaf: Word | Phrase | Prefix) -> Plan:
        if leaf.field is None:
            weights = self.profile.weights
            return Bool(
                should=tuple(_boosted(self._in_field(leaf, name), weight) for name, weight in weights)
            )
        if leaf.field.startswith("extra."):
            return nodes.Term("extra_is", _folded(f"{leaf.field.removeprefix('extra.')}={leaf.text}"))
        return self._in_field(leaf, leaf.field)

    def _in_field(self, leaf: Word | Phrase | Prefix, name: str) -> Plan:
        terms = tuple(analyzer(schema.BY_NAME[name].analyzer, self.language).terms(leaf.text))
        if isinstance(leaf, Prefix):
            forms = analyzer("folded", self.language).terms(leaf.text)
            return _prefix(name, terms[: len(forms) - 1], forms[-1]) if forms else Nothing()
        match terms:
            case ():
                return Nothing()
            case (term,):
                return nodes.Term(name, term)
            case _:
                return nodes.Phrase(name, terms)


def _prefix(name: str, before: tuple[str, ...], prefix: str) -> Plan:
    if before:
        return nodes.PhrasePrefix(name, before, prefix)
    return nodes.Prefix(schema.forms_field(name), prefix)


def _boosted(plan: Plan, weight: float) -> Plan:
    return plan if weight == 1.0 else Boost(plan, weight)


def _day(bound: date | None) -> int | None:
    return None if bound is None or isinstance(bound, datetime) else schema.day_number(bound)


def _keyword(name: str, values: tuple[str, ...]) -> Plan:
    """A filter: the field has one of the values. Of no values, none."""
    field_name, before = schema.filter_field(name)
    terms = tuple(nodes.Term(field_name, _folded(before + value)) for value in values)
    return Bool(should=terms) if terms else Nothing()


def _folded(value: str) -> str:
    return "".join(analyzer("keyword").terms(value))
