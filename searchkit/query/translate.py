"""What readers of other services write, read as it is meant; the table is :mod:`searchkit.query.foreign`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from searchkit.query.ast import Span
from searchkit.query.faults import Faults, quoted
from searchkit.query.foreign import Form, Where, rows
from searchkit.query.lexer import lex
from searchkit.query.tokens import MARKS, OPERANDS, POSITIONALS, SUFFIXES, Kind, Token
from searchkit.regex import regex

_BEGINNINGS: Final = frozenset({Kind.WORD, Kind.NOT, Kind.AND, Kind.FIELD})
"""What a foreign form can begin with, as the lexer has read it."""
_OPERATORS: Final = POSITIONALS | {Kind.AND, Kind.OR}
_ENDS: Final = OPERANDS | SUFFIXES | {Kind.CLOSE}
_STARTS: Final = OPERANDS | MARKS | {Kind.OPEN}
_ORDERED = regex("(?:pre|onear)/", re.IGNORECASE)
_STEPS: Final = {Kind.OPEN: 1, Kind.CLOSE: -1}


class Found(Struct, frozen=True):
    """A form in a query: what it is here, where it stands, and the tokens from the first up to ``end``."""

    form: Form
    ours: str
    span: Span
    end: int


def translated(tokens: list[Token], faults: Faults) -> list[Token]:
    """The tokens, with those of foreign forms replaced by what is meant.

    :raises QueryError: in strict mode, for a form that can be nothing else.
    """
    if not any(_rows(faults.query, tokens)):
        return tokens
    query = Written(faults.query, tokens)
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        found = query.form_at(at, read[-1] if read else None)
        if found is None:
            read.append(tokens[at])
            at += 1
        elif found.form.sure:
            read += _meant(found, faults)
            at = found.end
        else:
            _note(found, faults)
            read += tokens[at : found.end]
            at = found.end
    return read


def protected(text: str) -> str:
    """Canonical text with a backslash before each word that would be taken for another service's operator."""
    tokens = lex(text, Faults(text, strict=False))
    kept = text
    for place in sorted(_mistakable(Written(text, tokens)), reverse=True):
        kept = f"{kept[:place]}\\{kept[place:]}"
    return kept


def _mistakable(query: Written) -> set[int]:
    """Where a backslash is needed: at the first word of each form, and of what is a form if that is none."""
    return {
        next(token.span[0] for token in query.tokens[at : found.end] if token.kind is Kind.WORD)
        for at, found in query.forms()
        if found.form.sure
    }


class Written:
    """A query as it was typed: its tokens, and what tells how they are meant."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.rows = _rows(text, tokens)
        self.is_shouted = not any(map(str.islower, text))
        self.depths = list(accumulate(_STEPS.get(token.kind, 0) for token in tokens))
        self.has_operators = any(map(self._is_operator, tokens))
        self.has_operators = self.has_operators or any(found.form.sure for _, found in self.forms())

    def _is_operator(self, token: Token) -> bool:
        """Whether it tells of a reader who writes operators; ``headline:`` does not, ``HEADLINE(`` does."""
        if token.kind is not Kind.FIELD:
            return token.kind in _OPERATORS
        last, behind = self.text[token.span[1] - 1], self.text[token.span[1] : token.span[1] + 1]
        return last == "=" or (behind == "(" and last != ":")

    def forms(self) -> Iterator[tuple[int, Found]]:
        """Every form, whether or not another one overlaps it."""
        for at in range(len(self.tokens)):
            if found := self.form_at(at, self.tokens[at - 1] if at else None):
                yield at, found

    def form_at(self, at: int, before: Token | None) -> Found | None:
        """The form that begins with a token, ``before`` being what the query before it ends with."""
        for form in self.rows[at]:
            match = form.match(self.text, self.tokens[at].span[0]) if self._is_possible(form, at) else None
            if match is None:
                continue
            end = self._end(at, match.end())
            if not form.between or self._is_between(before, match, end):
                return Found(form, _ours(form, match), match.span(), end)
        return None

    def _is_possible(self, form: Form, at: int) -> bool:
        match form.where:
            case Where.ANYWHERE:
                return True
            case Where.BESIDE_OPERATORS:
                return self.has_operators
            case Where.IN_GROUPS:
                return self.has_operators and self.depths[at] > 0
            case Where.UNSHOUTED:
                return not self.is_shouted

    def _is_between(self, before: Token | None, match: re.Match[str], end: int) -> bool:
        """Whether something to search for stands on both sides; an AND before NOT says nothing."""
        found = match.groupdict()
        kinds = _ENDS | {Kind.AND} if found.get("negated") else _ENDS
        return before is not None and before.kind in kinds and ("rest" in found or self._starts(end))

    def _end(self, at: int, place: int) -> int:
        while at < len(self.tokens) and self.tokens[at].span[0] < place:
            at += 1
        return at

    def _starts(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].kind in _STARTS


def _rows(text: str, tokens: list[Token]) -> list[Sequence[Form]]:
    """For each token the forms that may begin with it."""
    return [rows(text, token.span) if token.kind in _BEGINNINGS else () for token in tokens]


def _ours(form: Form, match: re.Match[str]) -> str:
    """What is meant, in our words; NOT goes with w/n alone."""
    if not match.groupdict().get("negated"):
        return match.expand(form.ours)
    return f"NOT {_ORDERED.sub('w/', match.expand(form.ours))}"


def _meant(found: Found, faults: Faults) -> list[Token]:
    written = quoted(faults.query[slice(*found.span)])
    remark = f", {found.form.remark}" if found.form.remark and "NOT " not in found.ours else ""
    faults.add(
        found.span,
        f"{written} is written {found.ours} here{remark}",
        "read so",
        hint=f"write {found.ours}; a backslash before {written} makes it plain text",
    )
    tokens = lex(found.ours, faults.within(found.ours))
    return [replace(token, span=found.span) for token in tokens]


def _note(found: Found, faults: Faults) -> None:
    written = quoted(faults.query[slice(*found.span)])
    faults.note(f"{written} is read as plain text", f"write {found.ours} if that is meant")
