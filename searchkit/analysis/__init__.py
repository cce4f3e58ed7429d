"""Text → terms, and where they stand."""

from searchkit.analysis.analyzers import LANGUAGES, Analyzer, Token, analyzer, chain, is_stop_word, words
from searchkit.analysis.normalise import compose, normalise

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
