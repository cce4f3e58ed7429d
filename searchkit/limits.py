"""How far everything goes, all in one place.

Beyond what a query may hold, strict mode raises, and lenient mode cuts and says so. Beyond what a search
looks at, its count is a lower bound and says so. Beyond what an article or a source may hold, a record is a
bad one, and says why.
"""

from typing import Final

LENGTH: Final = 10_000
"""Characters."""
NESTING: Final = 100
"""Parentheses within parentheses, and levels of the tree within one group."""
CLAUSES: Final = 1_000
"""Words, phrases, prefixes and dates."""
OPEN_WORDS: Final = 100
"""Words of a query that stand for many: prefixes, wildcards, fuzzy words, open phrases."""
GAPPED_WORDS: Final = 50
"""Those of them for which the engine goes through all words of an index: wildcards and fuzzy words."""
POSITIONAL: Final = 50
"""Operators that need the places of words: ``w/n`` and its like, ``atleastn``, ``first/n``."""
WARNINGS: Final = 20
"""Warnings of lenient mode that are spelled out; the rest are counted."""
DISTANCE: Final = 255
"""The ``n`` of ``w/n`` and ``pre/n``."""
CHAIN: Final = 20
"""Proximity operators one after the other: ``a w/3 b w/3 c`` has two."""
SPREAD: Final = 6
"""Operators that one with AND beside it is read as: ``a w/5 (b AND c)`` is two."""
COUNT: Final = 255
"""The ``n`` of ``atleastn``."""
FIRST_WORDS: Final = 10_000
"""The ``n`` of ``first/n``."""
WILDCARD_SIGNS: Final = 4
"""``*`` and ``?`` in one word."""
WILDCARD_LETTERS: Final = 2
"""Letters and digits beside them, at least."""
GAPPED_LETTERS: Final = 100
"""Characters of a wildcard or fuzzy word: what an engine makes of it takes ten thousand times the room."""
FUZZY: Final = 2
"""Letters of a fuzzy word that may differ."""
SLOP: Final = 255
"""Words between those of a phrase."""
WEIGHT: Final = 100
"""The greatest weight of a part."""
DIGITS: Final = 9
"""Digits of a number to compare with."""

WINDOW: Final = 10_000
"""``limit + offset``; a walk over all hits goes further."""
BUDGET: Final = 2_000
"""Texts that one search looks at, for the parts of its query that no engine decides."""
MIN_BUDGET: Final = 100
"""Texts that it looks at for each such part, however many there are."""
FACETS: Final = 50
"""Facets of one search."""
SECONDS: Final = 30.0
"""How long a search may take that does not say, before it gives what it has."""
SLOW_SEARCHES: Final = 8
"""Searches of an open index that may go on at once, of those that are not sure to be quick: what an engine
has begun, it brings to its end, though nobody waits for it any longer."""
MARKED: Final = 1_000_000
"""Characters of a part of an article in which passages are looked for."""
SPANS: Final = 1_000_000
"""Places where a part of a query stands in a text: of more, nobody decides whether the article matches."""
PHRASES: Final = 200
"""Words that the open end of a phrase may stand for, before the texts are looked at instead."""
FEEDBACK_ARTICLES: Final = 1_000
"""Hits whose words feedback may take."""
PAIRS: Final = 64
"""Pairs that choices on both sides of ``w/n`` may come to, before the texts are looked at instead."""
EXPLAINED: Final = 50_000
"""Words of an index, the most frequent ones, in which an explanation looks for what an open word means."""
MENDED: Final = 20
"""Words of one query, unknown or rare, for which another spelling is sought."""

TEXT: Final = 32 * 1024 * 1024
"""Characters that one field of an article may hold: ten times the longest special supplement."""
ID: Final = 1024
"""Characters of the longest identifier."""
ITEMS: Final = 10_000
"""Authors, captions, pull quotes or tags of one article; and values in its ``extra``."""
KEYWORD: Final = 1_000
"""Characters of a value that count where it is compared as a whole, as filters and facets do."""
KEY: Final = 200
"""Characters of a key of ``extra`` that a search can name."""
REPEATABLE: Final = 100
"""Captions and pull quotes of an article that are looked for in its body."""
RECORD: Final = 64 * 1024 * 1024
"""Bytes that one record may take in its source: what bounds the memory that reading takes."""
VALUES: Final = 1_000_000
"""Commas in a record of JSON, or fields in a row: a value takes fifty times its bytes in memory."""
DEPTH: Final = 1024
"""Brackets within brackets of JSON: more than any parser here accepts."""
REREAD: Final = 8 * RECORD
"""Bytes of a table that are read again, in all, behind quotation marks that are never closed."""
KEPT: Final = 64 * 1024
"""Characters of a bad record that are kept."""
