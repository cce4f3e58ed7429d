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
DISTANCE: Final = 255
"""The ``n`` of ``w/n`` and ``pre/n``."""
CHAIN: Final = 20
"""Proximity operators one after the other: ``a w/3 b w/3 c`` has two."""
COUNT: Final = 255
"""The ``n`` of ``atleastn``."""
FIRST_WORDS: Final = 10_000
"""The ``n`` of ``first/n``."""
WILDCARD_SIGNS: Final = 4
"""``*`` and ``?`` in one word."""
WILDCARD_LETTERS: Final = 2
"""Letters and digits beside them, at least."""
FUZZY: Final = 2
"""Letters of a fuzzy word that may differ."""
SLOP: Final = 255
"""Words between those of a phrase."""
WEIGHT: Final = 100
"""The greatest weight of a part."""
DIGITS: Final = 9
"""Digits of a number to compare with."""
