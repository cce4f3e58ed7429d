"""What no engine decides: candidates are looked up, their texts read, and those that hold take their place.

Looking at a text costs a fraction of a millisecond, so that a search looks at a budget of candidates, the
first in its order. Where there are more, what it found is a lower bound, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from searchkit import document, schema
from searchkit.analysis import analyzer
from searchkit.article import Article
from searchkit.clock import Deadline, OutOfTime
from searchkit.engines.base import Snapshot
from searchkit.engines.narrow import Narrowing
from searchkit.engines.patience import each_in_time
from searchkit.limits import BUDGET, MIN_BUDGET, PHRASES
from searchkit.plan import (
    Bool,
    Nothing,
    OneOf,
    Phrase,
    PhrasePrefix,
    Plan,
    Prefix,
    Term,
    Verify,
    map_children,
    simplify,
    walk,
)
from searchkit.plan.positions import Chain, Form, Stem
from searchkit.plan.spans import Part, TooManySpans, holds
from searchkit.request import Sort

_UNDECIDED: Final = (Verify, PhrasePrefix)
_PAGE: Final = 500


class Verifier(Struct, dict=True, eq=False):
    """Takes the :class:`Verify` nodes out of plans for one snapshot. ``exact`` tells whether the budget held.

    ``budget`` is the number of texts to look at, until the ``deadline``; without them it is every candidate,
    however many. The first ones in the order of ``sort`` are looked at, so that the first hits are the true
    ones.
    """

    snapshot: Snapshot
    language: str
    budget: int | None = BUDGET
    sort: Sort = Sort.RELEVANCE
    deadline: Deadline = field(default_factory=Deadline)
    exact: bool = True
    _read: dict[tuple[str, str], list[Part]] = field(default_factory=dict)
    """The texts looked at, by article and field: a query may ask about one in several of its parts."""

    def resolve(self, plan: Plan) -> Plan:
        """The same plan with what was verified: an engine can run it. Its parts share the budget."""
        if not (found := undecided(plan)):
            return plan
        parts = sum(isinstance(node, Verify) for node in found)
        if self.budget is not None and parts > 1:
            self.budget = max(self.budget // parts, MIN_BUDGET)
        return simplify(self._resolved(plan, ()))

    def _resolved(self, plan: Plan, context: tuple[Plan, ...], *, sure: bool = True) -> Plan:
        """``context`` must match too, so that only articles within it are looked at.

        Beyond the budget, a candidate is left out where ``sure`` ones are wanted, else taken for a match.
        """
        match plan:
            case Verify():
                return self._verified(plan, context, sure=sure)
            case PhrasePrefix():
                return self._resolved(self._expanded(plan), context, sure=sure)
            case Bool():
                around = (*context, *map(relaxed, (*plan.must, *plan.filters)))
                groups = (plan.must, plan.should, plan.filters)
                must, should, filters = (
                    tuple(self._resolved(each, around, sure=sure) for each in group) for group in groups
                )
                excluded = tuple(self._resolved(each, around, sure=not sure) for each in plan.must_not)
                return Bool(must, should, excluded, filters, plan.least)
            case _:
                return map_children(plan, lambda child: self._resolved(child, context, sure=sure))

    def _expanded(self, plan: PhrasePrefix) -> Plan:
        """A phrase for each word that the open end stands for; the text decides where they are too many."""
        last = None if self.deadline.is_over else self._last_terms(plan)
        if last is not None and len(last) <= PHRASES:
            phrases = tuple(Phrase(plan.field, (*plan.terms, term)) for term in sorted(last))
            return Bool(should=phrases) if phrases else Nothing()
        open_end = Form(re.escape(plan.prefix) + ".*")
        return Verify(Bool(must=_words(plan)), plan.field, Chain((*map(Stem, plan.terms), open_end)))

    def _last_terms(self, plan: PhrasePrefix) -> set[str]:
        forms = schema.forms_field(plan.field)
        analyse = analyzer(schema.BY_NAME[plan.field].analyzer, self.language).word
        return {term for form, _ in self.snapshot.vocabulary(forms, plan.prefix) for term in analyse(form)}

    def _verified(self, plan: Verify, context: tuple[Plan, ...], *, sure: bool) -> Plan:
        """The candidates that hold; or all but those that do not, where the others count as well."""
        child = self._resolved(plan.child, context)
        if self.deadline.is_over:
            self.exact = False
            return Nothing() if sure else child
        near = Narrowing(self.snapshot, self.language, plan.field).filters(plan.expression)
        candidates = simplify(Bool(must=(child,), filters=(*context, *near)))
        looked_at: dict[bool, list[str]] = {True: [], False: []}
        left = self._look(candidates, lambda each: looked_at[self.holds(plan, each)].append(each.id))
        self.exact = self.exact and not left
        if sure or not left:
            return Bool(must=(child,), filters=(OneOf("id", tuple(looked_at[True])),))
        return Bool(must=(child,), must_not=(OneOf("id", tuple(looked_at[False])),))

    def _look(self, candidates: Plan, at: Callable[[Article], None]) -> int:
        """Shows the candidates, best first, as far as budget and time go; returns how many are left."""
        size = _PAGE if self.budget is None else min(_PAGE, self.budget)
        looked_at, total, seen = 0, 1, 0
        with suppress(OutOfTime):
            self.deadline.check()
            pages = self.snapshot.pages(candidates, sort=self.sort, size=size)
            for page in each_in_time(self.deadline, self.snapshot, candidates, pages):
                total = page.total
                for hit in page.hits:
                    self.deadline.check()
                    with suppress(TooManySpans):
                        at(self.snapshot.articles([hit.handle])[0])
                        seen += 1
                looked_at += len(page.hits)
                if self.budget is not None and looked_at >= self.budget:
                    break
        return total - seen

    def holds(self, plan: Verify, article: Article) -> bool:
        """Whether the article's text holds what the node asks for.

        :raises OutOfTime: if it takes until the deadline to tell. :raises TooManySpans: if it cannot be told.
        """
        key = (article.id, plan.field)
        if (parts := self._read.get(key)) is None:
            if len(self._read) >= BUDGET:
                self._read.clear()
            analyse = analyzer(schema.BY_NAME[plan.field].analyzer, self.language)
            texts = document.texts(article, plan.field)
            parts = [Part(text, analyse, self.language, self.deadline) for text in texts]
            self._read[key] = parts
        return holds(plan.expression, parts)


def undecided(plan: Plan) -> list[Plan]:
    """What no engine runs: the parts of a plan that are decided on the text."""
    return [node for node in walk(plan) if type(node) in _UNDECIDED]


def relaxed(plan: Plan) -> Plan:
    """A plan without Verify nodes that matches at least what ``plan`` does."""
    match plan:
        case Verify():
            return relaxed(plan.child)
        case PhrasePrefix():
            return Bool(must=_words(plan))
        case Bool():
            sure = tuple(each for each in plan.must_not if not undecided(each))
            return map_children(replace(plan, must_not=sure), relaxed)
        case _:
            return map_children(plan, relaxed)


def _words(plan: PhrasePrefix) -> tuple[Plan, ...]:
    """Its words, wherever they stand."""
    last = Prefix(schema.forms_field(plan.field), plan.prefix)
    return (*(Term(plan.field, term) for term in plan.terms), last)
