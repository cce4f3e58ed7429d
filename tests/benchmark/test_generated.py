"""The corpus out of nothing."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from searchkit.analysis import words
from searchkit.benchmark.generated import MIDDLING, articles, queries, vocabulary


def test_one_seed_one_corpus_and_few_are_the_first_of_many() -> None:
    few = list(articles(20, seed=1))
    assert few == list(islice(articles(1_000, seed=1), 20))
    assert few != list(articles(20, seed=2))
    assert len({article.id for article in few}) == 20


def test_articles_look_like_news() -> None:
    for article in articles(20):
        assert article.headline and article.authors and article.publication and article.published
        assert 200 <= len(words(article.body)) < 600
        assert len(article.paragraphs) > 2 and article.body.endswith(".")


def test_words_follow_zipf() -> None:
    counts = Counter(word.lower() for article in articles(100) for word in words(article.body))
    (_, first), *_, (_, hundredth) = counts.most_common(100)
    assert 15 < first / hundredth < 60, "rank × frequency is about constant, but for the very first ranks"
    assert [word for word, _ in counts.most_common(1)] == vocabulary()[:1]


def test_queries_differ_and_are_of_middling_words() -> None:
    found = queries(200)
    assert len(set(found)) == 200 and found == queries(200)
    assert {word for query in found for word in query.split()} <= set(vocabulary()[MIDDLING])
    assert {len(query.split()) for query in found} == {1, 2, 3, 4}
