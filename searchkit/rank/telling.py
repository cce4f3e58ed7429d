"""The words that tell what articles are about: for feedback, and for the background of an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log

from searchkit.analysis import analyzer, is_stop_word, words
from searchkit.article import Article
from searchkit.document import texts
from searchkit.plan.pairs import Counts


def telling(
    articles: Iterable[tuple[Article, float]],
    index: Counts,
    language: str,
    *,
    most: int,
    agreeing: int = 1,
    least: int = 2,
) -> list[tuple[str, float]]:
    """The ``most`` telling terms of articles, each with its weight; the weightiest first.

    Each article comes with its share of the whole. A term's weight is Σ share · tf · ln((N + 1) / df) over
    the articles, where tf counts it in the lead, for a news story says at its beginning what it is about. It
    must be in ``agreeing`` of them, and in ``least`` articles of the index. So Rocchio weighs the articles
    that a query is to move towards (The SMART Retrieval System, 1971, chapter 14), with tf·idf for their
    vectors.
    """
    counts: dict[str, float] = defaultdict(float)
    held: Counter[str] = Counter()
    for article, share in articles:
        found = Counter(analyzer("stemmed", language).of_words(lead_words(article, language)))
        held.update(found.keys())
        for term, count in found.items():
            counts[term] += share * count
    agreed = [term for term, number in held.items() if number >= agreeing and len(term) > 1]
    size, frequencies = index.size(), index.frequencies("text", agreed)
    weighed = [
        (term, counts[term] * log((size + 1) / frequency))
        for term, frequency in frequencies.items()
        if frequency >= least
    ]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:most]


def lead_words(article: Article, language: str) -> Iterator[str]:
    """The words of an article's headline, standfirst and first hundred words, but the stop words."""
    for text in texts(article, "lead"):
        found = words(text)
        stops = {word for word in set(found) if is_stop_word(word, language)}
        yield from (word for word in found if word not in stops)
