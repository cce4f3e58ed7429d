"""A plain search engine in a few lines, to compare the real ones with: it looks at every article in turn.

It evaluates the reader's query tree directly, knows nothing of plans, and leans on searchkit for one thing
only: which terms a text has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timezone

from searchkit.analysis import analyzer, is_stop_word
from searchkit.article import Article
from searchkit.dates import Range, parse_range
from searchkit.query import And, Dated, Everything, Not, Or, Phrase, Prefix, Query, Required, Row, Word
from searchkit.request import Match

TODAY = date(2020, 6, 15)
ALWAYS = Range(None, None)
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
            case Word(text=text, field=field) | Phrase(text=text, field=field):
                wanted = terms(text, field)
                return bool(wanted) and any(contains(part, wanted) for part in texts(article, field))
            case Prefix(text=text, field=field):
                return self.starts(text, field, article)
            case Dated(text=text):
                return within(article, parse_range(text, TODAY))
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
        fixed = [item for item in items if isinstance(item, Required | Not | Dated)]
        free = [item for item in items if not isinstance(item, Required | Not | Dated)]
        free = [item for item in free if not is_stop(item)] or free
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
