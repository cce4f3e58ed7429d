"""Where expressions over positions stand in a text: decided on the text itself.

Each expression has spans in a text: half-open ranges of word positions within one part. A text is the parts
of one field of an article, so that nothing is ever near a word of another part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from searchkit import limits
from searchkit.analysis import Analyzer, analyzer, words
from searchkit.analysis.edits import within_edits
from searchkit.analysis.sentences import Sentences
from searchkit.clock import Deadline
from searchkit.once import once
from searchkit.plan.positions import (
    Alike,
    Alone,
    Chain,
    Distance,
    Early,
    Either,
    Expression,
    Form,
    Repeated,
    Stem,
    Together,
    whole_form,
)
from searchkit.regex import regex

PositionSpan: TypeAlias = tuple[int, int]
Neighbours: TypeAlias = Callable[[PositionSpan], Iterator[PositionSpan]]
"""The spans that are together with one and do not overlap it."""


class TooManySpans(Exception):
    """Raised where an expression stands nearly everywhere in a long text, for those who do without it."""


class Part:
    """One part of a text, analysed as far as it is asked for, and looked at until a deadline."""

    def __init__(
        self, text: str, field_analyzer: Analyzer, language: str, deadline: Deadline | None = None
    ) -> None:
        self.deadline = deadline or Deadline()
        self._text = text
        self._analyzer = field_analyzer
        self._language = language
        self._words = words(text)
        self.terms = field_analyzer.of_words(self._words)

    @once
    def forms(self) -> list[str]:
        """The folded forms, word by word."""
        return analyzer("folded", self._language).of_words(self._words)

    @once
    def sentences(self) -> list[int]:
        """For each word, the number of its sentence."""
        return self._numbered(start for start, _ in Sentences(self._text))

    @once
    def paragraphs(self) -> list[int]:
        """For each word, the number of its paragraph."""
        return self._numbered(match.end() for match in _BLANK_LINE.finditer(self._text))

    def _numbered(self, starts: Iterable[int]) -> list[int]:
        """For each word, how many starts are not behind it. None of them is within a word."""
        bounds = pairwise((0, *starts, len(self._text)))
        pieces = (words(self._text[start:end]) for start, end in bounds)
        counts = (len(self._analyzer.of_words(piece)) for piece in pieces)
        return [number for number, count in enumerate(counts) for _ in range(count)]


_BLANK_LINE = regex(r"\n[^\S\n]*\n\s*")


def holds(expression: Expression, parts: Sequence[Part]) -> bool:
    """Whether the expression has a span in the text.

    :raises OutOfTime: if it takes until the deadline of the parts to tell.
    :raises TooManySpans: if spans within it are more than memory should hold.
    """
    return any(True for _, found in _found(expression, parts) if any(True for _ in found))


def _found(expression: Expression, parts: Sequence[Part]) -> Iterator[tuple[int, Iterable[PositionSpan]]]:
    """The spans in each part, with the number of words before that part."""
    match expression:
        case Repeated(item, count):
            found = [(before, set(spans)) for before, spans in _found(item, parts)]
            yield from found if sum(len(spans) for _, spans in found) >= count else ()
        case Early(item, count):
            for before, spans in _found(item, parts):
                yield before, [span for span in spans if before + span[1] <= count]
        case _:
            before = 0
            for part in parts:
                yield before, _spans(expression, part)
                before += len(part.terms)


def spans_in(expression: Expression, part: Part) -> list[PositionSpan]:
    """The spans of an expression in one part, each once, sorted.

    :raises TooManySpans: if there are more than memory should hold.
    """
    found: set[PositionSpan] = set()
    for span in _spans(expression, part):
        found.add(span)
        if len(found) > limits.SPANS:
            raise TooManySpans
    return sorted(found)


def _spans(expression: Expression, part: Part) -> Iterable[PositionSpan]:
    """The spans as they are found: whoever needs but one does not pay for all."""
    match expression:
        case Stem(term):
            return [(at, at + 1) for at, each in enumerate(part.terms) if each == term]
        case Form(pattern):
            return _of_forms(part, whole_form(pattern))
        case Alike(form, edits):
            return _of_forms(part, lambda each: within_edits(each, form, edits))
        case Chain(items, slop):
            return _chained([spans_in(item, part) for item in items], slop)
        case Either(choices):
            return (span for choice in choices for span in _spans(choice, part))
        case Together():
            return _together(expression, part)
        case Alone():
            return _alone(expression, part)
    raise AssertionError(expression)


def _of_forms(part: Part, wanted: Callable[[str], object]) -> list[PositionSpan]:
    """The words whose forms are wanted, each form asked about once."""
    found = {form for form in set(part.forms) if wanted(form)}
    return [(at, at + 1) for at, each in enumerate(part.forms) if each in found] if found else []


def _together(expression: Together, part: Part) -> Iterator[PositionSpan]:
    if left := spans_in(expression.left, part):
        near = _neighbours(part, expression.right, expression.distance, ordered=expression.ordered)
        for start, end in left:
            part.deadline.check()
            for other_start, other_end in near((start, end)):
                yield min(start, other_start), max(end, other_end)


def _alone(expression: Alone, part: Part) -> Iterator[PositionSpan]:
    if left := spans_in(expression.left, part):
        near = _neighbours(part, expression.right, expression.distance, ordered=False)
        for span in left:
            part.deadline.check()
            if not any(True for _ in near(span)):
                yield span


def _neighbours(part: Part, right: Expression, distance: Distance, *, ordered: bool) -> Neighbours:
    spans = spans_in(right, part)
    match distance:
        case _ if not spans:
            return lambda _: iter(())
        case "s":
            return _within_unit(spans, part.sentences, ordered=ordered)
        case "p":
            return _within_unit(spans, part.paragraphs, ordered=ordered)
        case _:
            return _within_words(spans, distance, ordered=ordered)


def _within_unit(spans: list[PositionSpan], unit: list[int], *, ordered: bool) -> Neighbours:
    """Those that are in one sentence or paragraph with a span, whole."""
    by_unit: dict[int, list[PositionSpan]] = defaultdict(list)
    for start, end in spans:
        if unit[start] == unit[end - 1]:
            by_unit[unit[start]].append((start, end))

    def near(span: PositionSpan) -> Iterator[PositionSpan]:
        if unit[span[0]] == unit[span[1] - 1]:
            for other in by_unit.get(unit[span[0]], ()):
                if other[0] >= span[1] or (not ordered and other[1] <= span[0]):
                    yield other

    return near


def _within_words(spans: list[PositionSpan], distance: int, *, ordered: bool) -> Neighbours:
    """Those that are at most ``distance`` words before (unless ``ordered``) or after a span."""
    longest = max((end - start for start, end in spans), default=0)

    def near(span: PositionSpan) -> Iterator[PositionSpan]:
        start, end = span
        first = end if ordered else start - distance - longest
        for at in range(bisect_left(spans, (first, 0)), len(spans)):
            other = spans[at]
            if other[0] >= end + distance:
                return
            if other[0] >= end or (not ordered and other[1] <= start < other[1] + distance):
                yield other

    return near


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
