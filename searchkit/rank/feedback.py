"""Feedback: the best hits of a search lend it their telling words."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.article import Article
from searchkit.plan import Bool, Boost, Plan, Term, positive
from searchkit.plan.pairs import Counts
from searchkit.profile import Feedback
from searchkit.rank.telling import telling


def expanded(
    plan: Plan, best: Sequence[tuple[Article, float]], index: Counts, language: str, feedback: Feedback
) -> Plan:
    """``plan`` with the telling words of its best hits, each an article with its score.

    They have ``feedback.mass`` of the weight of all, the plan's own words the rest; what matches stays the
    same. The relevance model RM3 (Abdul-Jaleel and others, UMass at TREC 2004) in the terms of BM25.
    """
    if len(best) < feedback.agreeing or best[0][1] <= 0:
        return plan
    shares = [(score / best[0][1]) ** feedback.power for _, score in best]
    told = [(article, share / sum(shares)) for (article, _), share in zip(best, shares, strict=True)]
    found = telling(told, index, language, most=feedback.terms, agreeing=feedback.agreeing)
    own = sum(1 for leaf in positive(plan) if isinstance(leaf, Term) and leaf.field == "text")
    whole = sum(weight for _, weight in found)
    scale = max(own, 1) * feedback.mass / (1 - feedback.mass) / whole if found else 0.0
    return Bool(
        must=(plan,), should=tuple(Boost(Term("text", term), weight * scale) for term, weight in found)
    )
