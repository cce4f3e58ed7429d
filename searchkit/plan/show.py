"""Plan → text, for a reader who asks what ran."""

from __future__ import annotations

from searchkit.plan.nodes import (
    All,
    Bool,
    Boost,
    Close,
    Fuzzy,
    Nothing,
    OneOf,
    Phrase,
    PhrasePrefix,
    Plan,
    Prefix,
    Present,
    Range,
    Scored,
    Term,
    Verify,
    Wildcard,
)


def show(plan: Plan) -> str:
    """A plan on one line: ``must[…]`` all, ``should[…]`` any, ``not[…]`` none, ``filter[…]`` unscored."""
    match plan:
        case All():
            return "everything"
        case Nothing():
            return "nothing"
        case Bool():
            names = ("must", "should", "not", "filter")
            groups = zip(names, (plan.must, plan.should, plan.must_not, plan.filters), strict=True)
            shown = " ".join(f"{name}[{', '.join(map(show, group))}]" for name, group in groups if group)
            return shown if plan.least == 1 else f"{shown} at-least-{plan.least}"
        case Boost(child=child, factor=factor):
            return f"{show(child)}^{factor:g}"
        case Verify(child=child, field=field):
            return f"read-{field}({show(child)})"
        case Range(field=field, low=low, high=high):
            return f"{field}[{'' if low is None else low}..{'' if high is None else high})"
        case Present(field=field):
            return f"{field}:any"
        case OneOf(field=field, terms=terms):
            return f"{field}:one-of-{len(terms)}"
        case _:
            return f"{plan.field}:{words(plan)}"


def words(leaf: Scored) -> str:
    """What a leaf looks for, as a query would write it."""
    match leaf:
        case Term(term=term):
            return term
        case Phrase(terms=terms):
            return f'"{" ".join(terms)}"'
        case Prefix(prefix=prefix):
            return f"{prefix}*"
        case PhrasePrefix(terms=terms, prefix=prefix):
            return f'"{" ".join(terms)} {prefix}*"'
        case Wildcard(pattern=pattern):
            return pattern
        case Fuzzy(term=term, edits=edits):
            return f"{term}~{edits}"
        case Close(first=first, second=second, distance=distance, ordered=ordered):
            return f"{first} {'pre' if ordered else 'w'}/{distance} {second}"
    raise AssertionError(leaf)
