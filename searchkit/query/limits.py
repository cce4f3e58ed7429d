"""How much of a query is read: beyond it strict mode raises, and lenient mode cuts and says so."""

from typing import Final

LENGTH: Final = 10_000
"""Characters."""
NESTING: Final = 100
"""Parentheses within parentheses, and levels of the tree within one group."""
CLAUSES: Final = 1_000
"""Words, phrases, prefixes and dates."""
WARNINGS: Final = 20
"""Warnings of lenient mode that are spelled out; the rest are counted."""
