"""The words of a query, each with its place in the text as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from searchkit.analysis import analyzer
from searchkit.query import Fuzzy, Not, NotNear, Phrase, Prefix, Query, Wildcard, Word, children

SpeltLeaf = Word | Phrase | Prefix
Leaf = Word | Phrase | Prefix | Wildcard | Fuzzy


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a query, folded as ``form``: ``text[start:end]``, in a leaf whose text begins at ``origin``.

    ``opens`` says that it is only the beginning of a word, ``alone`` that its leaf has no other words.
    """

    form: str
    start: int
    end: int
    leaf: SpeltLeaf
    origin: int
    opens: bool
    alone: bool

    @property
    def field(self) -> str:
        """The TEXT field in which it is looked for."""
        return self.leaf.field or "text"

    def within(self, other: str) -> str:
        """The leaf's text with ``other`` in the place of the word."""
        return self.leaf.text[: self.start - self.origin] + other + self.leaf.text[self.end - self.origin :]


def leaves(query: Query) -> Iterator[Leaf]:
    """What looks for words, in order, but for what the query excludes and for values of ``extra``."""
    match query:
        case Not():
            return
        case NotNear(left=left):
            yield from leaves(left)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            if not (query.field or "").startswith("extra."):
                yield query
        case _:
            for child in children(query):
                yield from leaves(child)


def places(query: Query, text: str, language: str) -> Iterator[Place]:
    """The words that are spelt out or begun in ``text``; without those that stand behind a backslash."""
    for leaf in leaves(query):
        start = text.rfind(leaf.text, *leaf.span)
        if isinstance(leaf, SpeltLeaf) and start >= 0:
            yield from _places(leaf, start, language)


def _places(leaf: SpeltLeaf, at: int, language: str) -> Iterator[Place]:
    tokens = list(analyzer("folded", language).tokens(leaf.text))
    is_open = isinstance(leaf, Prefix) or (isinstance(leaf, Phrase) and leaf.open_end)
    for token in tokens:
        opens, alone = is_open and token is tokens[-1], len(tokens) == 1
        yield Place(token.term, at + token.start, at + token.end, leaf, at, opens, alone)
