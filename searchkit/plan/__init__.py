"""What an engine runs: nodes, how a query becomes a plan, how a plan becomes smaller."""

from searchkit.plan.lower import Lowering
from searchkit.plan.nodes import (
    All,
    Bool,
    Boost,
    Nothing,
    Phrase,
    PhrasePrefix,
    Plan,
    Prefix,
    Range,
    Term,
    map_children,
    positive,
    scores,
)
from searchkit.plan.simplify import simplify

__all__ = [
    "All",
    "Bool",
    "Boost",
    "Lowering",
    "Nothing",
    "Phrase",
    "PhrasePrefix",
    "Plan",
    "Prefix",
    "Range",
    "Term",
    "map_children",
    "positive",
    "scores",
    "simplify",
]
