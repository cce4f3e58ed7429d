"""The background of an article: a query of its most telling words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from searchkit.analysis import analyzer
from searchkit.article import Article
from searchkit.plan.pairs import Counts
from searchkit.query import Boosted, Query, Row, Word
from searchkit.rank.telling import lead_words, telling

WORDS: Final = 40
"""How many of its words an article is looked up by; from 25 to 60 the hits hardly change."""


def like(article: Article, index: Counts, language: str, *, inside: bool) -> Query | None:
    """What finds articles about the same: the telling words, of which the weightiest weighs 1, if any are.

    A word tells nothing if no other article has it: of one that is ``inside`` the index, two must have it.
    It is a query as a reader could type it, which can be read, changed, filtered and explained.
    """
    found = telling([(article, 1.0)], index, language, most=WORDS, least=1 + inside)
    forms = _forms(article, language)
    weighed = [(forms[term], round(weight / found[0][1], 3)) for term, weight in found]
    items = tuple(Boosted(Word(form), weight) for form, weight in weighed if weight)
    return Row(items) if len(items) > 1 else next(iter(items), None)


def _forms(article: Article, language: str) -> dict[str, str]:
    """For each term the form that the article most often gives it."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    stemmed, folded = analyzer("stemmed", language), analyzer("folded", language)
    for word in lead_words(article, language):
        for term, form in zip(stemmed.word(word), folded.word(word), strict=True):
            seen[term][form] += 1
    return {term: forms.most_common(1)[0][0] for term, forms in seen.items()}
