"""Text → terms, and where they stand."""

from searchkit.analysis.analyzers import LANGUAGES, Analyzer, Token, analyzer, chain, is_stop_word
from searchkit.analysis.normalise import normalise

__all__ = ["LANGUAGES", "Analyzer", "Token", "analyzer", "chain", "is_stop_word", "normalise"]
