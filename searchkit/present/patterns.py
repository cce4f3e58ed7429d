"""What a plan marks in texts: words, phrases and prefixes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from searchkit import schema
from searchkit.plan.nodes import Phrase, PhrasePrefix, Plan, Prefix, Term, positive

MARKED: Final = ("text", "headline", "caption")
"""The fields whose texts are shown with marks; ``text`` is all parts of an article."""

Match: TypeAlias = tuple[int, int, int]
"""Where a pattern stands in a text, as start and end, and the bits of the pattern."""

_FORMS: Final = {schema.forms_field(name): name for name in MARKED}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Stemmed terms side by side, then, unless ``prefix`` is empty, a word whose folded form begins so.

    It is marked in the texts of ``fields``. Among the patterns of a plan it has ``bits`` of its own, as many
    as it has words: so the bits of a passage tell which patterns it shows, and their number how much.
    """

    terms: tuple[str, ...]
    prefix: str
    fields: frozenset[str]
    bits: int

    @property
    def length(self) -> int:
        """How many words it takes."""
        return len(self.terms) + bool(self.prefix)


def patterns(plan: Plan) -> list[Pattern]:
    """The patterns of a plan, without what it excludes or looks for in fields that are not shown."""
    found: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for leaf in positive(plan):
        match leaf:
            case Term(field, term) if field in MARKED:
                found.setdefault(((term,), ""), set()).add(field)
            case Phrase(field, terms) if field in MARKED:
                found.setdefault((terms, ""), set()).add(field)
            case PhrasePrefix(field, terms, prefix) if field in MARKED:
                found.setdefault((terms, prefix), set()).add(field)
            case Prefix(field, prefix) if field in _FORMS:
                found.setdefault(((), prefix), set()).add(_FORMS[field])
    return _numbered(found)


def _numbered(found: dict[tuple[tuple[str, ...], str], set[str]]) -> list[Pattern]:
    numbered = []
    used = 0
    for (terms, prefix), fields in found.items():
        length = len(terms) + bool(prefix)
        numbered.append(Pattern(terms, prefix, frozenset(fields), (1 << length) - 1 << used))
        used += length
    return numbered
