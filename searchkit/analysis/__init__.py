"""Text → terms, and where they stand."""

from searchkit.analysis.analyzers import LANGUAGES, Analyzer, Token, analyzer, chain, words
from searchkit.analysis.normalise import compose, normalise
from searchkit.analysis.stopwords import is_stop_word

__all__ = [
    "LANGUAGES",
    "Analyzer",
    "Token",
    "analyzer",
    "chain",
    "compose",
    "is_stop_word",
    "normalise",
    "words",
]
