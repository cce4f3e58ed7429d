"""Feedback: the best hits of a search lend it their telling words."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.article import Article
from searchkit.plan import Bool, Boost, Plan, Term, Verify
from searchkit.plan.pairs import Counts
from searchkit.profile import RankProfile
from searchkit.rank.telling import telling


def expanded(
    plan: Plan, best: Sequence[tuple[Article, float]], index: Counts, language: str, profile: RankProfile
) -> Plan:
    """``plan`` with the telling words of its best hits, each an article with its score.

    They have the profile's ``feedback.mass`` of the weight of all, the plan's own words the rest; what
    matches stays the same. The relevance model RM3 (Abdul-Jaleel and others, UMass at TREC 2004) in the terms
    of BM25.
    """
    feedback = profile.feedback
    if feedback is None or len(best) < feedback.agreeing or best[0][1] <= 0:
        return plan
    shares = [(score / best[0][1]) ** feedback.power for _, score in best]
    told = [(article, share / sum(shares)) for (article, _), share in zip(best, shares, strict=True)]
    found = telling(told, index, language, most=feedback.terms, agreeing=feedback.agreeing)
    if not found:
        return plan
    own = _weight(plan) * _main_share(profile)
    scale = own * feedback.mass / (1 - feedback.mass) / sum(weight for _, weight in found)
    return Bool(
        must=(plan,), should=tuple(Boost(Term("text", term), weight * scale) for term, weight in found)
    )


def _weight(plan: Plan) -> float:
    """What the words of a plan weigh, in all their fields."""
    match plan:
        case Bool():
            return sum(map(_weight, (*plan.must, *plan.should)))
        case Boost(child=child, factor=factor):
            return factor * _weight(child)
        case Verify(child=child):
            return _weight(child)
        case _:
            return float(isinstance(plan, Term))


def _main_share(profile: RankProfile) -> float:
    """The part of a word's weight that its main field has: added words are looked for in one field."""
    weights = [weight for _, weight in profile.weights]
    return max(weights) / sum(weights)
