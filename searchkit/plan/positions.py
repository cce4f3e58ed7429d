"""Expressions over the positions of words in a text: what no engine can decide, decided on the text itself.

Each expression has spans in a text: half-open ranges of word positions within one part. A text is the parts
of one field of an article, so that nothing is ever near a word of another part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, TypeAlias

from searchkit.analysis import Analyzer, analyzer
from searchkit.analysis.edits import within_edits
from searchkit.analysis.sentences import Sentences

PositionSpan: TypeAlias = tuple[int, int]
Distance: TypeAlias = int | Literal["s", "p"]


@dataclass(frozen=True, slots=True)
class Stem:
    """A word of that analysed term."""

    term: str


@dataclass(frozen=True, slots=True)
class Form:
    """A word whose folded form matches a regular expression as a whole."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A word whose folded form is ``form`` but for so many edits."""

    form: str
    edits: int


@dataclass(frozen=True, slots=True)
class Chain:
    """All in this order, with at most ``slop`` other words between them in all."""

    items: tuple[Expression, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of them."""

    choices: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Both, apart from each other by at most ``distance`` words, or in one sentence or paragraph."""

    left: Expression
    right: Expression
    distance: Distance
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Alone:
    """``left`` where no ``right`` is together with it."""

    left: Expression
    right: Expression
    distance: Distance


@dataclass(frozen=True, slots=True)
class Repeated:
    """``item``, if the text has it ``count`` times or more."""

    item: Expression
    count: int


@dataclass(frozen=True, slots=True)
class Early:
    """``item`` among the first ``count`` words of the text, its parts taken one after the other."""

    item: Expression
    count: int


Expression: TypeAlias = Stem | Form | Alike | Chain | Either | Together | Alone | Repeated | Early


class Part:
    """One part of a text, analysed: the terms and forms of its words, their sentences and paragraphs."""

    def __init__(self, text: str, field_analyzer: Analyzer, language: str) -> None:
        self._text = text
        self._language = language
        tokens = list(field_analyzer.tokens(text))
        self.terms = [token.term for token in tokens]
        self._starts = [token.start for token in tokens]

    @cached_property
    def forms(self) -> list[str]:
        """The folded forms, word by word."""
        return [token.term for token in analyzer("folded", self._language).tokens(self._text)]

    @cached_property
    def sentences(self) -> list[int]:
        """For each word, the number of its sentence."""
        return _numbered(self._starts, (start for start, _ in Sentences(self._text)))

    @cached_property
    def paragraphs(self) -> list[int]:
        """For each word, the number of its paragraph."""
        return _numbered(self._starts, (match.end() for match in _BLANK_LINE.finditer(self._text)))


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def holds(expression: Expression, parts: Sequence[Part]) -> bool:
    """Whether the expression has a span in the text."""
    return any(True for _, found in _found(expression, parts) if found)


def _found(expression: Expression, parts: Sequence[Part]) -> Iterator[tuple[int, list[PositionSpan]]]:
    """The spans in each part, with the number of words before that part."""
    match expression:
        case Repeated(item, count):
            found = list(_found(item, parts))
            yield from found if sum(len(spans) for _, spans in found) >= count else ()
        case Early(item, count):
            for before, spans in _found(item, parts):
                yield before, [span for span in spans if before + span[1] <= count]
        case _:
            before = 0
            for part in parts:
                yield before, spans_in(expression, part)
                before += len(part.terms)


def spans_in(expression: Expression, part: Part) -> list[PositionSpan]:
    """The spans of an expression in one part, sorted."""
    match expression:
        case Stem(term):
            return [(at, at + 1) for at, each in enumerate(part.terms) if each == term]
        case Form(pattern):
            whole = _compiled(pattern)
            return [(at, at + 1) for at, each in enumerate(part.forms) if whole(each)]
        case Alike(form, edits):
            return [(at, at + 1) for at, each in enumerate(part.forms) if within_edits(each, form, edits)]
        case Chain(items, slop):
            return _chained([spans_in(item, part) for item in items], slop)
        case Either(choices):
            return sorted({span for choice in choices for span in spans_in(choice, part)})
        case Together(left, right, distance, ordered):
            near = _Neighbours(part, spans_in(right, part), distance, ordered=ordered)
            return sorted(
                {(min(a, c), max(b, d)) for a, b in spans_in(left, part) for c, d in near.of((a, b))}
            )
        case Alone(left, right, distance):
            near = _Neighbours(part, spans_in(right, part), distance, ordered=False)
            return [span for span in spans_in(left, part) if not any(near.of(span))]
    raise AssertionError(expression)


class _Neighbours:
    """Spans, to be asked which of them are together with another one and do not overlap it."""

    def __init__(self, part: Part, spans: list[PositionSpan], distance: Distance, *, ordered: bool) -> None:
        self._units = {"s": "sentences", "p": "paragraphs"}
        self._part = part
        self._spans = spans
        self._longest = max((end - start for start, end in spans), default=0)
        self._distance = distance
        self._ordered = ordered

    def of(self, span: PositionSpan) -> Iterator[PositionSpan]:
        start, end = span
        reach = self._distance if isinstance(self._distance, int) else len(self._part.terms)
        first = end if self._ordered else start - reach - self._longest
        for other in self._spans[bisect_left(self._spans, (first, 0)) :]:
            if other[0] >= end + reach:
                return
            if self._is_near(span, other) or (not self._ordered and self._is_near(other, span)):
                yield other

    def _is_near(self, earlier: PositionSpan, later: PositionSpan) -> bool:
        if later[0] < earlier[1]:
            return False
        if isinstance(self._distance, int):
            return later[0] - earlier[1] < self._distance
        unit: list[int] = getattr(self._part, self._units[self._distance])
        return unit[earlier[0]] == unit[later[1] - 1]


def wildcard_regex(pattern: str) -> str:
    """The regular expression of a pattern of ``*`` and ``?``."""
    signs = {"*": ".*", "?": "."}
    return "".join(signs.get(char) or re.escape(char) for char in pattern)


def _chained(items: list[list[PositionSpan]], slop: int) -> list[PositionSpan]:
    """For each span of the first item, the shortest chain that begins with it, if it is short enough."""
    found = []
    for start, first_end in items[0]:
        end, spare = first_end, slop
        for spans in items[1:]:
            at = bisect_left(spans, (end, 0))
            if at == len(spans) or (spare := spare - (spans[at][0] - end)) < 0:
                break
            end = spans[at][1]
        else:
            found.append((start, end))
    return found


def _numbered(places: Iterable[int], starts: Iterable[int]) -> list[int]:
    """For each place, how many starts are not behind it."""
    bounds = list(starts)
    return [bisect_left(bounds, place + 1) for place in places]


@cache
def _compiled(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(pattern).fullmatch
