"""A plain search engine in a few lines, to compare the real ones with: it looks at every article in turn.

It evaluates the reader's query tree directly, knows nothing of plans, and leans on searchkit for one thing
only: which terms a text has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone
from fnmatch import fnmatchcase
from functools import cache

from searchkit.analysis import analyzer, is_stop_word
from searchkit.article import Article
from searchkit.dates import Range, parse_range
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
from searchkit.request import Match

TODAY = date(2020, 6, 15)
ALWAYS = Range(None, None)
FIXED = Required | Not | Dated | Exists | Compare
STEMMED = {None, "headline", "caption"}


class Oracle:
    """All articles, and what a row of words means."""

    def __init__(self, articles: tuple[Article, ...], match: Match = "any") -> None:
        self.articles = articles
        self.match = match

    def ids(self, query: Query, published: Range = ALWAYS) -> set[str]:
        return {
            article.id
            for article in self.articles
            if self.matches(query, article) and within(article, published)
        }

    def matches(self, query: Query, article: Article) -> bool:
        match query:
            case Everything():
                return True
            case Phrase(field=field, slop=slop, gaps=gaps) if slop or gaps:
                return bool(Spans(article, field).of(query))
            case Phrase(text=text, field=field, open_end=True):
                return self.starts(text, field, article)
            case Word(text=text, field=field) | Phrase(text=text, field=field):
                wanted = terms(text, field)
                return bool(wanted) and any(contains(part, wanted) for part in texts(article, field))
            case Prefix(text=text, field=field):
                return self.starts(text, field, article)
            case Dated(text=text):
                return within(article, parse_range(text, TODAY))
            case Wildcard() | Fuzzy() | Near() | AtLeast() | First() | NotNear():
                return bool(Spans(article, field_of(query)).of(query))
            case Boosted(child=child):
                return self.matches(child, article)
            case Exists(field=field):
                return any(parts(article, field))
            case Compare(field="words", low=low, high=high):
                count = len(article.body.split())
                return (low is None or count >= low) and (high is None or count <= high)
            case Required(child=child):
                return self.matches(child, article)
            case Not(child=child):
                return not self.matches(child, article)
            case And(children=children):
                return all(self.matches(child, article) for child in children)
            case Or(children=children):
                return any(self.matches(child, article) for child in children)
            case Row(items=items):
                return self.row(items, article)
        raise AssertionError(query)

    def row(self, items: Iterable[Query], article: Article) -> bool:
        fixed = [item for item in items if isinstance(item, FIXED)]
        free = [item for item in items if not isinstance(item, FIXED)]
        free = [item for item in free if not is_stop(item) or is_name(item, free)] or free
        if not all(self.matches(item, article) for item in fixed):
            return False
        if self.match == "all":
            return all(self.matches(item, article) for item in free)
        optional = not free or any(isinstance(item, Required) for item in fixed)
        return optional or any(self.matches(item, article) for item in free)

    def starts(self, text: str, field: str | None, article: Article) -> bool:
        """The last word is any word of the field, in any article, that begins so; the others are a phrase."""
        *before, prefix = terms(text, "byline")
        if not before:
            return any(form.startswith(prefix) for part in forms(article, field) for form in part)
        words = {form for each in self.articles for part in forms(each, field) for form in part}
        lasts = [terms(word, field) for word in words if word.startswith(prefix)]
        stems = terms(text, field)[: len(before)]
        return any(contains(part, stems + last) for part in texts(article, field) for last in lasts)


class Spans:
    """Where an operand stands in an article: (part, first word, last word), by trying every place.

    A word is known by its number in the whole article, so that sentences are found by their full stops.
    """

    def __init__(self, article: Article, field: str | None) -> None:
        self.field = field
        self.parts = parts(article, field)
        self.stems = [terms(part, field) for part in self.parts]
        self.forms = [terms(part, "byline") for part in self.parts]

    def of(self, query: Query) -> set[tuple[int, int, int]]:
        match query:
            case Word(text=text):
                return self.runs(terms(text, self.field))
            case Phrase(text=text, slop=slop, gaps=True):
                return self.gapped(text.split(), slop)
            case Phrase(text=text, slop=slop):
                return self.runs(terms(text, self.field), slop)
            case Prefix(text=text):
                return self.words(lambda form: form.startswith(terms(text, "byline")[0]))
            case Wildcard(text=text):
                return self.words(lambda form: fnmatchcase(form, text.lower()))
            case Fuzzy(text=text, distance=most):
                alike = self.words(lambda form: edits(form, terms(text, "byline")[0]) <= most)
                return alike | self.runs(terms(text, self.field))
            case Or(children=children):
                return set().union(*map(self.of, children))
            case Near(left=left, right=right, ordered=ordered, distance=distance):
                pairs = [(a, b) for a in self.of(left) for b in self.of(right)]
                near = [
                    (a, b)
                    for a, b in pairs
                    if self.near(a, b, distance) or (not ordered and self.near(b, a, distance))
                ]
                return {(a[0], min(a[1], b[1]), max(a[2], b[2])) for a, b in near}
            case NotNear(left=left, right=right, distance=distance):
                others = self.of(right)
                return {
                    a
                    for a in self.of(left)
                    if not any(self.near(a, b, distance) or self.near(b, a, distance) for b in others)
                }
            case AtLeast(count=count, child=child):
                found = self.of(child)
                return found if len(found) >= count else set()
            case First(count=count, child=child):
                before = [sum(map(len, self.stems[:part])) for part in range(len(self.stems))]
                return {span for span in self.of(child) if before[span[0]] + span[2] < count}
        raise AssertionError(query)

    def words(self, holds: Callable[[str], bool]) -> set[tuple[int, int, int]]:
        return {
            (p, at, at) for p, forms in enumerate(self.forms) for at, form in enumerate(forms) if holds(form)
        }

    def runs(self, wanted: list[str], slop: int = 0) -> set[tuple[int, int, int]]:
        found = set()
        for p, stems in enumerate(self.stems):
            for start in range(len(stems)):
                for end in range(start + len(wanted), min(start + len(wanted) + slop, len(stems)) + 1):
                    if wanted and is_subsequence(wanted, stems[start:end]):
                        found.add((p, start, end - 1))
                        break
        return found

    def gapped(self, wanted: list[str], slop: int) -> set[tuple[int, int, int]]:
        """As ``runs``, but a word with signs is any whose form fits them."""

        def fits(part: int, at: int, word: str) -> bool:
            if {"*", "?"} & {*word}:
                return fnmatchcase(self.forms[part][at], word)
            return [self.stems[part][at]] == terms(word, self.field)

        found = set()
        for p, forms in enumerate(self.forms):
            for start in range(len(forms)):
                for end in range(start + len(wanted), min(start + len(wanted) + slop, len(forms)) + 1):
                    rest = iter(range(start, end))
                    in_order = all(any(fits(p, at, word) for at in rest) for word in wanted)
                    if in_order and fits(p, start, wanted[0]) and fits(p, end - 1, wanted[-1]):
                        found.add((p, start, end - 1))
                        break
        return found

    def near(self, first: tuple[int, int, int], second: tuple[int, int, int], distance: object) -> bool:
        """Whether the second begins behind the first, and close enough."""
        if first[0] != second[0] or second[1] <= first[2]:
            return False
        if isinstance(distance, int):
            return second[1] - first[2] <= distance
        return self.unit(first, str(distance)) == self.unit(second, str(distance))

    def unit(self, span: tuple[int, int, int], kind: str) -> set[int]:
        """The sentences or paragraphs that a span touches: the test's texts end a sentence by ``. `` only."""
        text = self.parts[span[0]]
        units = re.split(r"\n\n" if kind == "p" else r"\. |\n\n", text)
        numbers = [number for number, unit in enumerate(units) for _ in terms(unit, self.field)]
        return set(numbers[span[1] : span[2] + 1])


def is_subsequence(wanted: list[str], stems: list[str]) -> bool:
    """Whether a run begins with the first word, ends with the last, and has the others in this order."""
    if not stems or stems[0] != wanted[0] or stems[-1] != wanted[-1]:
        return False
    rest = iter(stems)
    return all(any(stem == each for stem in rest) for each in wanted)


def edits(word: str, other: str) -> int:
    """Optimal string alignment, by its definition."""

    @cache
    def cost(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        found = min(
            cost(i - 1, j) + 1, cost(i, j - 1) + 1, cost(i - 1, j - 1) + (word[i - 1] != other[j - 1])
        )
        if i > 1 and j > 1 and word[i - 2 : i] == other[j - 2 : j][::-1]:
            found = min(found, cost(i - 2, j - 2) + 1)
        return found

    return cost(len(word), len(other))


def field_of(query: Query) -> str | None:
    return next(
        (
            getattr(leaf, "field", None)
            for leaf in walk(query)
            if isinstance(leaf, Word | Phrase | Prefix | Wildcard | Fuzzy)
        ),
        None,
    )


def is_name(item: Query, others: Iterable[Query]) -> bool:
    """In capitals, beside a word that is not."""
    capitals = [len(word.text) > 1 and word.text.isupper() for word in others if isinstance(word, Word)]
    return isinstance(item, Word) and len(item.text) > 1 and item.text.isupper() and not all(capitals)


def is_stop(item: Query) -> bool:
    return isinstance(item, Word) and item.field is None and is_stop_word(item.text.lower(), "en")


def terms(text: str, field: str | None) -> list[str]:
    return analyzer("stemmed" if field in STEMMED else "folded").terms(text)


def texts(article: Article, field: str | None) -> list[list[str]]:
    """The terms of each part of the article that a query on the field looks at."""
    return [terms(part, field) for part in parts(article, field)]


def forms(article: Article, field: str | None) -> list[list[str]]:
    """The same, unstemmed."""
    return [terms(part, "byline") for part in parts(article, field)]


def parts(article: Article, field: str | None) -> list[str]:
    match field:
        case None:
            body = f" {' '.join(terms(article.body, 'byline'))} "
            more = (*article.captions, *article.pull_quotes)
            new = [each for each in more if f" {' '.join(terms(each, 'byline'))} " not in body]
            return [article.headline, article.standfirst, article.body, *new]
        case "headline" | "dateline" | "publication" | "section":
            return [str(getattr(article, field))]
        case "byline":
            return [str(author) for author in article.authors]
        case "caption":
            return list(article.captions)
        case _:
            raise AssertionError(field)


def contains(part: list[str], wanted: list[str]) -> bool:
    return any(part[at : at + len(wanted)] == wanted for at in range(len(part)))


def within(article: Article, published: Range) -> bool:
    if published == ALWAYS:
        return True
    moment = article.published
    if moment is None:
        return False
    start, end = published.start, published.end
    return (start is None or at(moment, start) >= at(start, start)) and (
        end is None or at(moment, end) < at(end, end)
    )


def at(moment: date, bound: date) -> tuple[int, ...]:
    """A moment as precise as the bound it is compared with: a day with a day, an instant with an instant."""
    if not isinstance(bound, datetime):
        return moment.timetuple()[:3]
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).timetuple()[:6]
