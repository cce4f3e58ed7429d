"""What a plan marks in texts: words, phrases and prefixes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, TypeAlias

from msgspec import Struct

from searchkit import schema
from searchkit.plan.nodes import (
    Close,
    Fuzzy,
    Phrase,
    PhrasePrefix,
    Plan,
    Prefix,
    Term,
    Wildcard,
    positive,
)
from searchkit.plan.positions import Alike, Form, wildcard_regex

MARKED: Final = ("text", "headline", "caption")
"""The fields whose texts are shown with marks; ``text`` is all parts of an article."""

Look: TypeAlias = Form | Alike | Close
"""What tells a word by the whole of its form, or by its neighbour."""

Match: TypeAlias = tuple[int, int, int]
"""Where a pattern stands in a text, as start and end, and the bits of the pattern."""

_FORMS: Final = {schema.forms_field(name): name for name in MARKED}


class Pattern(Struct, frozen=True):
    """Stemmed terms side by side, then, unless ``prefix`` is empty, a word whose folded form begins so.

    A word that is told by its ``look``, or a pair of words near each other, stands alone.

    It is marked in the texts of ``fields``. Among the patterns of a plan it has ``bits`` of its own, as many
    as it has words: so the bits of a passage tell which patterns it shows, and their number how much.
    """

    terms: tuple[str, ...]
    prefix: str
    look: Look | None
    fields: frozenset[str]
    bits: int

    @property
    def length(self) -> int:
        """How many words it takes."""
        return _length(self.terms, self.prefix, self.look)


def patterns(plan: Plan) -> list[Pattern]:
    """The patterns of a plan, without what it excludes or looks for in fields that are not shown."""
    found: dict[_Key, set[str]] = {}
    for leaf in positive(plan):
        for key, field in _keys(leaf):
            found.setdefault(key, set()).add(field)
    return _numbered({key: fields for key, fields in found.items() if not _is_marked(key, found)})


def _is_marked(key: _Key, found: Collection[_Key]) -> bool:
    """Whether it is a pair of words that are marked anyway, wherever they stand: to look for it is dear."""
    match key:
        case (_, _, Close(first=first, second=second)):
            return all(((term,), "", None) in found for term in (first, second))
        case _:
            return False


_Key: TypeAlias = tuple[tuple[str, ...], str, Look | None]


def _keys(leaf: Plan) -> Iterator[tuple[_Key, str]]:
    """What a leaf marks, and in which field's texts."""
    match leaf:
        case Term(field, term) if field in MARKED:
            yield ((term,), "", None), field
        case Phrase(field, terms) if field in MARKED:
            yield (terms, "", None), field
        case PhrasePrefix(field, terms, prefix) if field in MARKED:
            yield (terms, prefix, None), field
        case Close(field) if field in MARKED:
            yield ((), "", leaf), field
        case Prefix(field, prefix) if field in _FORMS:
            yield ((), prefix, None), _FORMS[field]
        case Wildcard(field, pattern) if field in _FORMS:
            yield ((), "", Form(wildcard_regex(pattern))), _FORMS[field]
        case Fuzzy(field, term, edits) if field in _FORMS:
            yield ((), "", Alike(term, edits)), _FORMS[field]


def _length(terms: tuple[str, ...], prefix: str, look: Look | None) -> int:
    return len(terms) + bool(prefix) + (look is not None) + isinstance(look, Close)


def _numbered(found: dict[_Key, set[str]]) -> list[Pattern]:
    numbered = []
    used = 0
    for key, fields in found.items():
        length = _length(*key)
        numbered.append(Pattern(*key, frozenset(fields), (1 << length) - 1 << used))
        used += length
    return numbered
