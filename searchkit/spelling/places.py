"""The words of a query, each with its place in the text as typed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from searchkit.analysis import analyzer
from searchkit.plan.leaves import TextLeaf
from searchkit.query import Fuzzy, Not, NotNear, Phrase, Prefix, Query, Wildcard, Word, children

SpeltLeaf = Word | Phrase | Prefix


class Place(Struct, frozen=True):
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

    @property
    def typed(self) -> str:
        """The word as typed."""
        return self.leaf.text[self.start - self.origin : self.end - self.origin]

    def within(self, other: str) -> str:
        """The leaf's text with ``other`` in the place of the word."""
        return self.leaf.text[: self.start - self.origin] + other + self.leaf.text[self.end - self.origin :]


def leaves(query: Query) -> Iterator[TextLeaf]:
    """What looks for words or values, in order, but for what the query excludes."""
    match query:
        case Not():
            return
        case NotNear(left=left):
            yield from leaves(left)
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            yield query
        case _:
            for child in children(query):
                yield from leaves(child)


def places(query: Query, text: str, language: str) -> Iterator[Place]:
    """The words that are spelt out or begun in ``text``, without those of ``extra`` or behind a backslash."""
    for leaf in leaves(query):
        start = text.rfind(leaf.text, *leaf.span)
        if isinstance(leaf, SpeltLeaf) and start >= 0 and not (leaf.field or "").startswith("extra."):
            yield from words_of(leaf, language, origin=start)


def words_of(leaf: SpeltLeaf, language: str, *, origin: int = 0) -> Iterator[Place]:
    """The words of a leaf whose text begins at ``origin``."""
    tokens = list(analyzer("folded", language).tokens(leaf.text))
    is_open = isinstance(leaf, Prefix) or (isinstance(leaf, Phrase) and leaf.open_end)
    for token in tokens:
        if isinstance(leaf, Phrase) and leaf.gaps and _is_gapped(leaf.text, token.start, token.end):
            continue
        start, end = origin + token.start, origin + token.end
        opens, alone = is_open and token is tokens[-1], len(tokens) == 1
        yield Place(token.term, start, end, leaf, origin, opens, alone)


def _is_gapped(text: str, start: int, end: int) -> bool:
    """Whether a sign stands at one of its ends: then it is only a piece of a word."""
    return not {text[max(start - 1, 0)], text[min(end, len(text) - 1)]}.isdisjoint("*?")
