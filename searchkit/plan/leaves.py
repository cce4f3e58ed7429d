"""Leaves of a query → what they look for in one field: a plan for the engine, an expression on the text."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from searchkit import schema
from searchkit.analysis import Analyzer, analyzer, normalise
from searchkit.analysis.normalise import LETTER_OR_MARK
from searchkit.plan import nodes
from searchkit.plan.nodes import Bool, Nothing, Plan, Verify
from searchkit.plan.positions import Alike, Chain, Either, Expression, Form, Stem, wildcard_regex
from searchkit.query import Fuzzy, Phrase, Prefix, Wildcard, Word
from searchkit.query.words import is_gapped
from searchkit.regex import regex

TextLeaf = Word | Phrase | Prefix | Wildcard | Fuzzy

_PIECES = regex(f"(?:[*?]|{LETTER_OR_MARK})+")
_SIGNS = regex(r"([*?])")


class Step(Struct, frozen=True):
    """One word of a leaf: how the engine finds articles with it, and what it is in a text."""

    plan: Plan
    expression: Expression


@cache
def in_field(name: str, language: str) -> FieldLeaves:
    """The leaves of a TEXT field in an index of a language."""
    return FieldLeaves(name, language, analyzer(schema.BY_NAME[name].analyzer, language))


class FieldLeaves(Struct, frozen=True):
    """Leaves in one TEXT field of an index, whose words ``analysis`` makes terms: see :func:`in_field`."""

    name: str
    language: str
    analysis: Analyzer

    def plan(self, leaf: TextLeaf) -> Plan:
        """What the engine runs for a leaf."""
        if type(leaf) is Word:  # what most leaves are
            return self._row(self.analysis.word(leaf.text))
        match leaf:
            case Prefix(text=text) if text:
                return self._open_ended(text)
            case Phrase(text=text, slop=0, open_end=True):
                return self._open_ended(text)
        steps = self.steps(leaf)
        terms = tuple(step.plan.term for step in steps if isinstance(step.plan, nodes.Term))
        slop = leaf.slop if isinstance(leaf, Phrase) else 0
        match terms:
            case _ if len(terms) == len(steps) and (not slop or len(terms) < 2):
                return self._row(terms)
            case _ if len(steps) == 1:
                return steps[0].plan
            case (first, second) if len(steps) == 2:
                return nodes.Close(self.name, first, second, slop + 1, ordered=True)
            case _:
                return Verify(Bool(must=tuple(step.plan for step in steps)), self.name, _chain(steps, slop))

    def _row(self, terms: tuple[str, ...]) -> Plan:
        """Terms side by side: those of what a reader takes for one word, or of a phrase."""
        if len(terms) == 1:
            return nodes.Term(self.name, terms[0])
        return nodes.Phrase(self.name, terms) if terms else Nothing()

    def expression(self, leaf: TextLeaf) -> Expression:
        """What a leaf is in a text."""
        return _chain(self.steps(leaf), leaf.slop if isinstance(leaf, Phrase) else 0)

    def steps(self, leaf: TextLeaf) -> list[Step]:
        """A leaf word by word."""
        match leaf:
            case Word(text=text):
                return self._terms(text)
            case Phrase(text=text, gaps=True):
                return [step for word in text.split() for step in self._gapped(word)]
            case Phrase(text=text, open_end=open_end):
                return self._with_open_end(text) if open_end else self._terms(text)
            case Prefix(text=text):
                return self._with_open_end(text)
            case Wildcard(text=text):
                return self._wildcards(text)
            case Fuzzy(text=text, distance=distance):
                return [self._fuzzy(form, distance) for form in self._folded(text)]
        raise AssertionError(leaf)

    def _open_ended(self, text: str) -> Plan:
        steps = self._with_open_end(text)
        if len(steps) < 2:
            return steps[0].plan if steps else Nothing()
        before = tuple(step.plan.term for step in steps if isinstance(step.plan, nodes.Term))
        return nodes.PhrasePrefix(self.name, before, self._folded(text)[-1])

    def _with_open_end(self, text: str) -> list[Step]:
        forms = self._folded(text)
        if not forms:
            return []
        open_end = nodes.Prefix(schema.forms_field(self.name), forms[-1])
        before = self._terms(text)[: len(forms) - 1]
        return [*before, Step(open_end, Form(re.escape(forms[-1]) + ".*"))]

    def _terms(self, text: str) -> list[Step]:
        return [Step(nodes.Term(self.name, term), Stem(term)) for term in self.analysis.terms(text)]

    def _gapped(self, word: str) -> list[Step]:
        """One word of a phrase, which may have signs for letters."""
        if not is_gapped(word):
            return self._terms(word)
        stem = word.rstrip(",;.:!?")
        is_prefix = not {"*", "?"} & {*stem[:-1]}
        return self._with_open_end(stem[:-1]) if is_prefix else self._wildcards(stem)

    def _wildcards(self, text: str) -> list[Step]:
        return [self._wildcard(piece) for piece in _PIECES.findall(normalise(text))]

    def _wildcard(self, piece: str) -> Step:
        parts = _SIGNS.split(piece)
        pattern = "".join(part if part in ("*", "?") else "".join(self._folded(part)) for part in parts)
        return Step(nodes.Wildcard(schema.forms_field(self.name), pattern), Form(wildcard_regex(pattern)))

    def _fuzzy(self, form: str, edits: int) -> Step:
        """A word much like it, or the word itself with any ending: all that the plain word finds too."""
        alike = Step(nodes.Fuzzy(schema.forms_field(self.name), form, edits), Alike(form, edits))
        if schema.forms_field(self.name) == self.name:
            return alike
        choices = [alike, *self._terms(form)]
        plan = Bool(should=tuple(step.plan for step in choices))
        return Step(plan, Either(tuple(step.expression for step in choices)))

    def _folded(self, text: str) -> list[str]:
        return analyzer("folded", self.language).terms(text)


def _chain(steps: list[Step], slop: int) -> Expression:
    match [step.expression for step in steps]:
        case []:
            return Either(())
        case [single]:
            return single
        case several:
            return Chain(tuple(several), slop)
