"""How much Tantivy has to look at for a plan: what tells the search that may take long, beforehand."""

from __future__ import annotations

from typing import Final

import tantivy

from searchkit.plan import Close, Fuzzy, OneOf, Phrase, Plan, Prefix, Range, Term, Wildcard, walk

A_SECOND: Final = 250_000
"""Articles in which words are surely held against each other in a second: each takes 0.6 to 1.4 µs."""
MOMENT: Final = 1.0
"""What should take less than so many seconds, and mostly takes far less, may always be brought to its end."""
_PLAIN: Final = 50
"""Articles in which a word or a number is looked up in the time in which a phrase is in one."""


def is_bounded(plan: Plan, searcher: tantivy.Searcher, bound: float) -> bool:
    """Whether words have to be held against each other in at most so many articles, by and large.

    A phrase costs as much as its rarest word is frequent. For an open word the engine goes through the words
    of the index, of which there are about as many as articles.
    """
    nodes = walk(plan)
    if len(nodes) * searcher.num_docs <= bound:  # as it is for most, without a look into the index
        return True
    return sum(_effort(node, searcher) for node in nodes) <= bound


def _effort(node: Plan, searcher: tantivy.Searcher) -> float:
    match node:
        case Phrase(field=field, terms=terms):
            return min(searcher.doc_freq(field, term) for term in terms)
        case Close(field=field, first=first, second=second):
            return min(searcher.doc_freq(field, first), searcher.doc_freq(field, second))
        case Prefix() | Wildcard() | Fuzzy():
            return searcher.num_docs
        case Term() | Range():
            return searcher.num_docs / _PLAIN
        case OneOf(terms=terms):
            return len(terms)
        case _:
            return 0
