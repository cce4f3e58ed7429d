"""Plan → the same plan, smaller: what an engine would otherwise do again for every search."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from searchkit.plan.nodes import All, Bool, Boost, Nothing, Plan, Term, Verify


def simplify(plan: Plan) -> Plan:
    """An equal plan, with equal scores, without needless nesting and without branches that match nothing."""
    if type(plan) is Bool:  # such comparisons, as match takes long to tell that a class does not fit
        return _bool(plan)
    if type(plan) is Boost:
        return plan if type(plan.child) is Term else _boosted(plan, simplify(plan.child))
    if type(plan) is Verify:
        child = simplify(plan.child)
        return child if type(child) is Nothing else replace(plan, child=child)
    return plan


def _boosted(plan: Boost, child: Plan) -> Plan:
    """The boost of a child that has been simplified."""
    if type(child) is Boost:
        return Boost(child.child, child.factor * plan.factor)
    if type(child) is Nothing:
        return child
    return plan if child is plan.child else Boost(child, plan.factor)


def _bool(plan: Bool) -> Plan:
    if _is_union(plan):
        should = _alternatives(plan)
        if len(should) < plan.least:
            return Nothing()
        return should[0] if len(should) == 1 else Bool(should=should, least=plan.least)
    must, filters = _each(plan.must), _each(plan.filters)
    if _has(Nothing, must) or _has(Nothing, filters):
        return Nothing()
    must_not = tuple(child for child in _each(plan.must_not) if type(child) is not Nothing)
    should = _alternatives(plan)
    if _has(All, must_not) or len(should) < plan.least > 1 or (plan.should and not should and not must):
        return Nothing()
    return _unwrapped(_merged(Bool(must, should, must_not, filters, plan.least)))


def _is_union(plan: Bool) -> bool:
    """Whether it has alternatives and nothing else."""
    return bool(plan.should) and not (plan.must or plan.must_not or plan.filters)


def _each(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    return tuple(map(simplify, plans)) if plans else ()


def _has(kind: type[Plan], plans: Sequence[Plan]) -> bool:
    return kind in map(type, plans)


def _alternatives(plan: Bool) -> tuple[Plan, ...]:
    """``a OR (b OR c)`` is ``a OR b OR c``, where one is enough; nothing is no alternative."""
    found: list[Plan] = []
    for each in plan.should:
        child = each if type(each) is Term else simplify(each)  # a term is what most are
        if type(child) is Bool and plan.least == 1 == child.least and _is_union(child):
            found += child.should
        elif type(child) is not Nothing:
            found.append(child)
    return tuple(found)


def _merged(plan: Bool) -> Bool:
    """Takes in the children of ``must`` that are themselves conjunctions.

    Where no scored child is left, All keeps ``should`` optional.
    """
    if Bool not in map(type, plan.must):
        return plan
    must: list[Plan] = []
    should, must_not, filters = list(plan.should), list(plan.must_not), list(plan.filters)
    for child in plan.must:
        if type(child) is Bool and (not child.should or (child.must and child.least == plan.least == 1)):
            must += child.must
            should += child.should  # which is optional there as it is here
            must_not += child.must_not
            filters += child.filters
        else:
            must.append(child)
    if should and not must:
        must.append(All())
    return Bool(tuple(must), tuple(should), tuple(must_not), tuple(filters), plan.least)


def _unwrapped(plan: Bool) -> Plan:
    """A Bool around one scored child is that child."""
    if len(plan.must) + len(plan.should) > 1:
        return plan
    match plan:
        case Bool(must=(), should=(), must_not=(), filters=()):
            return All()
        case Bool(must=(child,), should=(), must_not=(), filters=()):
            return child
        case Bool(must=(), should=(child,), must_not=(), filters=()):
            return child
        case Bool(must=(Bool() as child,), should=(), must_not=must_not, filters=filters) if not child.must:
            return replace(child, must_not=(*child.must_not, *must_not), filters=(*child.filters, *filters))
        case _:
            return plan
