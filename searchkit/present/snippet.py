"""Snippets: the passages of an article that answer a plan, and the spans to mark in any of its texts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

from searchkit import document
from searchkit.article import Article
from searchkit.card import Texts
from searchkit.found import Snippet, Spans
from searchkit.limits import MARKED
from searchkit.plan.nodes import Plan
from searchkit.present.loose import LooseMatcher
from searchkit.present.matcher import Matcher, merged
from searchkit.present.passages import Stretch, choose, opening, stretches
from searchkit.present.patterns import Match, patterns

OMISSION: Final = "…"
"""Stands where a sentence is cut short."""

_STANDFIRST, _BODY = 0, 1
_LINE_BREAKS: Final = "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class Highlighter:
    """Marks texts for one plan in an index of ``language``.

    ``passages`` is the number of passages an article may show, ``size`` their characters: both are upper
    bounds. What the plan excludes is never marked, and words of a phrase only where the whole phrase stands.
    """

    def __init__(self, plan: Plan, language: str, *, passages: int = 3, size: int = 240) -> None:
        self._language = language
        self._passages = passages
        self._size = size
        self._patterns = patterns(plan)
        self._matchers: dict[str, tuple[Matcher, LooseMatcher | None]] = {}

    def spans(self, text: str, field: str = "text") -> Spans:
        """All marks in a text that is a ``headline``, a ``caption`` or any other part of an article."""
        return merged(self._matches(field, text))

    def snippets(self, article: Article | Texts) -> tuple[Snippet, ...]:
        """The best passages in reading order; the article's beginning, unmarked, where nothing matches.

        Headlines give no passages, for they are shown anyway.
        """
        if not self._passages:
            return ()
        parts = _parts(article)
        found = self._found(article, parts)
        chosen = choose(found, self._passages, self._size) if found else self._opening(parts)
        return tuple(_snippet(*parts[stretch.part], stretch) for stretch in chosen)

    def _opening(self, parts: list[tuple[str, str]]) -> list[Stretch]:
        """The beginning of the body, or else of the standfirst."""
        openings = (opening(i, parts[i][1], self._size) for i in (_BODY, _STANDFIRST))
        return [stretch for stretch in openings if stretch][:1]

    def _found(self, article: Article | Texts, parts: list[tuple[str, str]]) -> list[Stretch]:
        """What matches in each part. A caption or pull quote from the body must show something new."""
        found: list[Stretch] = []
        for i, (name, text) in enumerate(parts):
            matches = self._matches(name, text[:MARKED]) if text else []
            if i > _BODY and not _is_new(matches, found) and text not in document.parts(article):
                continue
            if matches:
                found += stretches(i, text, matches, self._size)
        return found

    def _matches(self, name: str, text: str) -> list[Match]:
        """What is found in a text of a part, sorted."""
        name = name if name in ("headline", "caption") else "text"
        if name not in self._matchers:
            wanted = [pattern for pattern in self._patterns if pattern.fields & {"text", name}]
            exact = Matcher([pattern for pattern in wanted if not pattern.look], self._language)
            loose = [pattern for pattern in wanted if pattern.look]
            self._matchers[name] = exact, LooseMatcher(loose, self._language) if loose else None
        exact, also = self._matchers[name]
        return sorted([*exact.find(text), *also.find(text)]) if also else exact.find(text)


def _is_new(matches: Iterable[Match], found: Iterable[Stretch]) -> bool:
    """Whether there are matches of a pattern that nothing found has."""
    seen = reduce(or_, [stretch.bits for stretch in found], 0)
    return any(bits & ~seen for _, _, bits in matches)


def _parts(article: Article | Texts) -> list[tuple[str, str]]:
    return [
        ("standfirst", article.standfirst),
        ("body", article.body),
        *(("caption", caption) for caption in article.captions),
        *(("pull_quote", quote) for quote in article.pull_quotes),
    ]


def _snippet(name: str, text: str, stretch: Stretch) -> Snippet:
    shown = text[stretch.start : stretch.end]
    if not shown.isprintable():
        for line_break in _LINE_BREAKS:
            shown = shown.replace(line_break, " ")
    head, tail = OMISSION * stretch.head, OMISSION * stretch.tail
    spans = merged(stretch.matches, len(head) - stretch.start)
    return Snippet(name, f"{head}{shown}{tail}", spans)
