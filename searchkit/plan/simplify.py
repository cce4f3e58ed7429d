"""Plan → the same plan, smaller: what an engine would otherwise do again for every search."""

from __future__ import annotations

from dataclasses import replace

from searchkit.plan.nodes import All, Bool, Boost, Nothing, Plan, Verify, map_children


def simplify(plan: Plan) -> Plan:
    """An equal plan, with equal scores, without needless nesting and without branches that match nothing."""
    if not isinstance(plan, Bool | Boost | Verify):
        return plan
    plan = map_children(plan, simplify)
    match plan:
        case Boost(child=Boost(child=child, factor=inner), factor=outer):
            return Boost(child, inner * outer)
        case Boost(child=Nothing()) | Verify(child=Nothing()):
            return Nothing()
        case Bool():
            return _bool(plan)
        case _:
            return plan


def _bool(plan: Bool) -> Plan:
    should = tuple(each for child in plan.should for each in _alternatives(child, plan.least))
    if any(isinstance(child, Nothing) for child in (*plan.must, *plan.filters)):
        return Nothing()
    if plan.should and not should and not plan.must:
        return Nothing()
    if len(should) < plan.least > 1 or any(isinstance(child, All) for child in plan.must_not):
        return Nothing()
    must_not = _without_nothing(plan.must_not)
    return _unwrapped(_merged(Bool(plan.must, should, must_not, plan.filters, plan.least)))


def _alternatives(child: Plan, least: int) -> tuple[Plan, ...]:
    """``a OR (b OR c)`` is ``a OR b OR c``, where one is enough; nothing is no alternative."""
    match child:
        case Nothing():
            return ()
        case Bool(must=(), must_not=(), filters=(), should=should, least=1) if should and least == 1:
            return should
        case _:
            return (child,)


def _without_nothing(children: tuple[Plan, ...]) -> tuple[Plan, ...]:
    return tuple(child for child in children if not isinstance(child, Nothing))


def _merged(plan: Bool) -> Bool:
    """Takes in the children of ``must`` that are themselves plain conjunctions.

    Where no scored child is left, All keeps ``should`` optional.
    """
    if not plan.must:
        return plan
    must: list[Plan] = []
    must_not, filters = list(plan.must_not), list(plan.filters)
    for child in plan.must:
        match child:
            case Bool(should=()):
                must += child.must
                must_not += child.must_not
                filters += child.filters
            case _:
                must.append(child)
    if plan.should and not must:
        must.append(All())
    return Bool(tuple(must), plan.should, tuple(must_not), tuple(filters), plan.least)


def _unwrapped(plan: Bool) -> Plan:
    """A Bool around one scored child is that child."""
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
