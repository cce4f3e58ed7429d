"""Query → plan: fields become concrete, words become terms, and a row of words becomes any or all of them."""

from __future__ import annotations

from datetime import date, datetime, timezone, tzinfo
from functools import lru_cache
from math import ceil
from typing import Final

from msgspec import Struct, field

from searchkit import dates, limits, schema
from searchkit.analysis import analyzer
from searchkit.errors import InvalidDate
from searchkit.plan import nodes
from searchkit.plan.forgive import content, is_bare
from searchkit.plan.leaves import FieldLeaves, TextLeaf, in_field
from searchkit.plan.nodes import Bool, Boost, Plan
from searchkit.plan.pairs import Counts, pairs
from searchkit.plan.proximity import Proximity
from searchkit.plan.simplify import simplify
from searchkit.profile import NEWS, RankProfile
from searchkit.query import (
    And,
    AtLeast,
    Boosted,
    Compare,
    Dated,
    Everything,
    Exists,
    First,
    Fuzzy,
    Near,
    Not,
    NotNear,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Wildcard,
    Word,
    walk,
)
from searchkit.request import Match, Request

_FIXED: Final = frozenset((Required, Not, Dated, Compare, Exists))
"""What narrows a row of words, whatever the others do."""


class Lowering(Struct, frozen=True):
    """What a query's words mean in one index: its language, its ranking, its clock."""

    language: str = "en"
    profile: RankProfile = NEWS
    match: Match = "any"
    today: date = field(default_factory=date.today)
    zone: tzinfo = timezone.utc
    counts: Counts | None = None
    """The index's own, for what the ranking makes of rare words; without them, words are ranked alone."""

    def request(self, request: Request) -> Plan:
        """The plan for a whole request: its query, with its date range and fields as filters."""
        filters = [_keyword(name, values) for name, values in request.where]
        filters += self.dates(request.published) if request.published else ()
        left_out = (nodes.OneOf("id", request.without),) if request.without else ()
        wanted = self.query(request.query)
        if filters or left_out:
            wanted = Bool(must=(wanted,), must_not=left_out, filters=tuple(filters))
        return simplify(wanted)

    def query(self, query: Query) -> Plan:
        """The plan for a query."""
        match query:  # the most frequent first, as it takes a while to tell that a class does not fit
            case Word() | Phrase():
                return self._leaf(query)
            case Row(items=items):
                return self._row(items)
            case And(children=children):
                return self._all(children)
            case Or(children=children):
                return Bool(should=tuple(map(self.query, children)))
            case Prefix() | Wildcard() | Fuzzy():
                return self._leaf(query)
            case Everything():
                return nodes.All()
            case Near() | NotNear() | AtLeast() | First():
                return Proximity(in_field(field_of(query) or "text", self.language)).plan(query)
            case Boosted(child=child, factor=factor):
                return Boost(self.query(child), factor)
            case Exists(field=name):
                return Bool(filters=(_present(name),))
            case Compare(field=name, low=low, high=high):
                number = nodes.Range(schema.COMPARABLE[name], low, None if high is None else high + 1)
                return Bool(filters=(number,))
            case Dated(text=text):
                return self._dated(text)
            case Required(child=child):
                return self.query(child)
            case Not():
                return self._all((query,))
        raise AssertionError(query)

    def _dated(self, text: str) -> Plan:
        """The parser has read the date already; but a day later, its end may precede its start."""
        try:
            return Bool(filters=self.dates(dates.parse_range(text, self.today, zone=self.zone)))
        except InvalidDate:
            return nodes.Nothing()

    def dates(self, published: dates.Range) -> tuple[Plan, ...]:
        """The filters for a range of days, of instants, or from one to the other; the undated never match."""
        low, high = published.start, published.end
        days = nodes.Range("day", _day(low), _day(high))
        moments = nodes.Range("published", self._moment(low), self._moment(high))
        bounded = tuple(span for span in (days, moments) if (span.low, span.high) != (None, None))
        return bounded or (nodes.Present("day"),)

    def _moment(self, bound: date | None) -> int | None:
        return schema.instant_number(bound, self.zone) if isinstance(bound, datetime) else None

    def _all(self, children: tuple[Query, ...]) -> Plan:
        wanted = [self._parts(child) for child in children if type(child) is not Not]
        excluded = [self._parts(child.child) for child in children if type(child) is Not]
        more = tuple(plan for _, plans in wanted for plan in plans)
        return Bool(must=tuple(m for m, _ in wanted), should=more, must_not=tuple(m for m, _ in excluded))

    def _parts(self, query: Query) -> tuple[Plan, tuple[Plan, ...]]:
        """What a query has to match, and what only adds to the score of that."""
        if type(query) is Required:
            return self._parts(query.child)
        if isinstance(query, TextLeaf) and query.field is None:
            return self._fields(query)
        return self.query(query), ()

    def _row(self, items: tuple[Query, ...]) -> Plan:
        """A date in a row narrows it, whatever the others do; stop words go unless nothing else is left."""
        free = content([item for item in items if type(item) not in _FIXED], self.language)
        fixed = [item for item in items if type(item) in _FIXED]
        near = self._pairs(free)
        if self.match == "all":
            return Bool(must=(self._all((*free, *fixed)),), should=near)
        words = tuple(map(self.query, free))
        if not fixed:
            return self._enough(words, near)
        rest = self._all(tuple(fixed))
        if Required in map(type, fixed):
            return Bool(must=(rest,), should=(*words, *near))
        return Bool(must=(self._enough(words, near), rest) if free else (rest,))

    def _enough(self, words: tuple[Plan, ...], near: tuple[Plan, ...]) -> Plan:
        """Any of the words, or as many as the profile says."""
        wanted = Bool(should=words, least=max(ceil(self.profile.minimum * len(words)), 1))
        # What has a pair has its words: so engines need look for pairs only where the words are.
        return Bool(must=(wanted,), should=near) if near else wanted

    def _pairs(self, items: list[Query]) -> tuple[Plan, ...]:
        """What neighbouring bare words add where they are near each other."""
        if len(items) < 2 or self.counts is None:
            return ()
        if not self.profile.pairs or not dict(self.profile.weights).get("text"):
            return ()
        text = in_field("text", self.language)
        plans = [text.plan(item) if is_bare(item) else None for item in items]
        terms = [plan.term if type(plan) is nodes.Term else None for plan in plans]
        return tuple(pairs(terms, self.profile, self.counts))

    def _leaf(self, leaf: TextLeaf) -> Plan:
        if leaf.field is not None and leaf.field.startswith("extra."):
            return _extra(leaf, _folded(f"{leaf.field.removeprefix('extra.')}={leaf.text}"))
        if leaf.field is not None:
            return in_field(leaf.field, self.language).plan(leaf)
        matching, more = self._fields(leaf)
        if type(matching) in (nodes.Phrase, nodes.Close):  # dear to look for, and only once in all
            return Bool(must=(matching,), should=more)
        return Bool(should=(matching, *more)) if more else matching

    def _fields(self, leaf: TextLeaf) -> tuple[Plan, tuple[Plan, ...]]:
        """A leaf in each field that the profile weighs: those within the text only add to the score."""
        plans: list[Plan] = []
        more: list[Plan] = []
        for leaves, weight, only_adds in _weighed(self.profile.weights, self.language):
            plan = leaves.plan(leaf)
            if type(plan) is nodes.Verify:
                # To look at the headline too would cost as much again, for a little more score.
                return in_field("text", self.language).plan(leaf), ()
            (more if only_adds else plans).append(plan if weight == 1.0 else Boost(plan, weight))
        return (plans[0] if len(plans) == 1 else Bool(should=tuple(plans))), tuple(more)


@lru_cache
def _weighed(weights: tuple[tuple[str, float], ...], language: str) -> list[tuple[FieldLeaves, float, bool]]:
    """The fields of a profile, their weights, and whether what they have only adds to what the text has."""
    has_text = "text" in dict(weights)
    return [
        (in_field(name, language), weight, has_text and name in schema.WITHIN_TEXT)
        for name, weight in weights
    ]


def field_of(query: Query) -> str | None:
    """The field of a positional operator's words: the parser sees to it that there is only one."""
    return next((leaf.field for leaf in walk(query) if isinstance(leaf, TextLeaf)), None)


def _extra(leaf: TextLeaf, value: str) -> Plan:
    """A value of the embedding program's own: compared as a whole."""
    match leaf:
        case Prefix() | Phrase(open_end=True):
            return nodes.Prefix("extra_is", value)
        case Wildcard() | Phrase(gaps=True):
            return nodes.Wildcard("extra_is", value)
        case Fuzzy(distance=distance):
            key = f"{value.partition('=')[0]}="  # which no letter is to be changed of
            return Bool(
                must=(nodes.Fuzzy("extra_is", value, distance),), filters=(nodes.Prefix("extra_is", key),)
            )
        case _:
            return nodes.Term("extra_is", value)


def _present(name: str) -> Plan:
    if name.startswith("extra."):
        return nodes.Wildcard("extra_is", f"{_folded(name.removeprefix('extra.'))}=*")
    return nodes.Present(name)


def _day(bound: date | None) -> int | None:
    return None if bound is None or isinstance(bound, datetime) else schema.day_number(bound)


def _keyword(name: str, values: tuple[str, ...]) -> Plan:
    """A filter: the field has one of the values. Of no values, none."""
    field_name, before = schema.filter_field(name)
    terms = tuple(nodes.Term(field_name, _folded(before + value)) for value in values)
    return Bool(should=terms) if terms else nodes.Nothing()


def _folded(value: str) -> str:
    return "".join(analyzer("keyword").terms(value[: limits.KEYWORD]))
