"""A simplified plan matches and scores as before, checked on a model of what the nodes mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.plan import All, Bool, Boost, Nothing, Plan, Range, Term, simplify
from searchkit.plan.nodes import map_children


def score(plan: Plan, document: frozenset[str]) -> float | None:
    """The score of a document, None where it does not match: the docstrings of the nodes, as code."""
    match plan:
        case All():
            return 0.0
        case Nothing():
            return None
        case Term(term=term):
            return float(ord(term)) if term in document else None
        case Range(low=low):
            return 0.0 if str(low) in document else None
        case Boost(child=child, factor=factor):
            found = score(child, document)
            return None if found is None else found * factor
        case Bool():
            return score_bool(plan, document)
    raise AssertionError(plan)


def score_bool(plan: Bool, document: frozenset[str]) -> float | None:
    must = [score(child, document) for child in plan.must]
    should = [score(child, document) for child in plan.should]
    gates = [score(child, document) for child in plan.filters]
    if None in must or None in gates or any(score(child, document) is not None for child in plan.must_not):
        return None
    found = [each for each in should if each is not None]
    if (plan.should and not plan.must and not found) or (plan.least > 1 and len(found) < plan.least):
        return None
    return sum(each for each in must if each is not None) + sum(found)


LEAVES = st.one_of(
    st.builds(Term, st.just("text"), st.sampled_from("abc")),
    st.just(All()),
    st.just(Nothing()),
    st.just(Range("day", 1, 2)),
)


def parents(children: st.SearchStrategy[Plan]) -> st.SearchStrategy[Plan]:
    few = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Bool, few, few, few, few, st.sampled_from([1, 1, 2, 3])),
        st.builds(Boost, children, st.sampled_from([0.25, 2.0])),
    )


PLANS = st.recursive(LEAVES, parents, max_leaves=12)
DOCUMENTS = st.frozensets(st.sampled_from(["a", "b", "c", "1"]))


@given(PLANS, DOCUMENTS)
def test_simplify_changes_neither_match_nor_score(plan: Plan, document: frozenset[str]) -> None:
    assert score(simplify(plan), document) == score(plan, document)


@given(PLANS)
def test_simplify_is_done_after_once(plan: Plan) -> None:
    assert simplify(simplify(plan)) == simplify(plan)


@given(PLANS)
def test_map_children_with_the_identity_is_the_identity(plan: Plan) -> None:
    assert map_children(plan, lambda child: child) == plan
