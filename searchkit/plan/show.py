"""Plan → text, for a reader who asks what ran."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

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
from searchkit.plan.positions import (
    Alike,
    Alone,
    Chain,
    Early,
    Either,
    Expression,
    Form,
    Repeated,
    Stem,
    Together,
)
from searchkit.plan.proximity import WHOLE_ARTICLE
from searchkit.regex import regex
from searchkit.schema import day_of

_SIGNS = regex(r"\\(.)|(\.\*)|\.", re.DOTALL)


def show(plan: Plan) -> str:
    """A plan on one line, with the signs of a query where there are some; ``x0.3`` is a weight."""
    match plan:
        case All():
            return "every article"
        case Nothing():
            return "nothing"
        case Bool():
            return "; ".join(_groups(plan))
        case Boost(child=child, factor=factor):
            return f"{_one(child)} x{factor:g}"
        case Verify(child=child, field=field, expression=expression):
            return f"{_one(child)}, if the {field} has {said(expression)}"
        case Range():
            return _range(plan)
        case Present(field=field):
            return f"has {readers_name(field)}"
        case OneOf(terms=terms):
            return f"one of {len(terms)} articles"
        case _:
            return f"{readers_name(plan.field)}:{_one_item(plan)}"


def readers_name(field: str) -> str:
    """A field of the schema by the name that readers type: the forms of a text are words of it."""
    return field.removesuffix("_forms").removesuffix("_is").replace("page_number", "page")


def _groups(plan: Bool) -> Iterator[str]:
    if plan.must:
        yield _listed("all of", plan.must)
    if plan.should and plan.least > 1:
        yield _listed(f"at least {plan.least} of", plan.should)
    elif plan.should:
        yield _listed("better with" if plan.must else "any of", plan.should)
    if plan.must_not:
        yield f"not {_listed('any of', plan.must_not)}"
    if plan.filters:
        narrowed = plan.must or plan.should or plan.must_not
        yield f"{'only if ' if narrowed else ''}{_listed('all of', plan.filters)}"


def _listed(name: str, plans: tuple[Plan, ...]) -> str:
    """Several plans, or the one alone where the name says nothing."""
    if len(plans) == 1 and name != "better with":
        return _one(plans[0])
    return f"{name} ({', '.join(map(_one, plans))})"


def _one(plan: Plan) -> str:
    """A plan beside others: in parentheses unless it is plainly one thing."""
    several = isinstance(plan, Verify) or (isinstance(plan, Bool) and len(list(_groups(plan))) > 1)
    return f"({show(plan)})" if several else show(plan)


def _one_item(leaf: Scored) -> str:
    """What stands behind a field: in parentheses if it has an operator."""
    pair = isinstance(leaf, Close) and leaf.distance != WHOLE_ARTICLE
    return f"({words(leaf)})" if pair else words(leaf)


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
        case Close(first=first, distance=distance) if distance == WHOLE_ARTICLE:
            return f"atleast2({first})"
        case Close(first=first, second=second, distance=distance, ordered=ordered):
            return f"{first} {'pre' if ordered else 'w'}/{distance} {second}"
    raise AssertionError(leaf)


def said(expression: Expression) -> str:
    """An expression as a query would write it."""
    match expression:
        case Stem(term):
            return term
        case Form(pattern):
            return _SIGNS.sub(lambda sign: sign[1] or ("*" if sign[2] else "?"), pattern)
        case Alike(form, edits):
            return f"{form}~{edits}"
        case Chain(items, slop):
            return f'"{" ".join(map(_operand, items))}"' + (f"~{slop}" if slop else "")
        case Either(choices):
            return " OR ".join(map(_operand, choices))
        case Together(left, right, distance, ordered):
            return f"{_operand(left)} {'pre' if ordered else 'w'}/{distance} {_operand(right)}"
        case Alone(left, right, distance):
            return f"{_operand(left)} NOT w/{distance} {_operand(right)}"
        case Repeated(item, count):
            return f"atleast{count}({said(item)})"
        case Early(item, count):
            return f"first/{count}({said(item)})"
    raise AssertionError(expression)


def _operand(expression: Expression) -> str:
    several = isinstance(expression, Either | Together | Alone)
    return f"({said(expression)})" if several else said(expression)


def _range(span: Range) -> str:
    """The bounds of a number, both included, as a reader writes them."""
    low, high = span.low, span.high
    match span.field:
        case "day":
            first = low and day_of(low).isoformat()
            last = high and (day_of(high) - timedelta(days=1)).isoformat()
            return f"published {_bounds(first, last)}"
        case "published":
            return f"published {_bounds(low and _instant(low), high and _instant(high - 1))} UTC"
        case _:
            return f"{readers_name(span.field)} {_bounds(low, None if high is None else high - 1)}"


def _instant(seconds: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _bounds(low: object, high: object) -> str:
    if low == high:
        return f"{low}"
    return f"{'' if low is None else low}..{'' if high is None else high}"
