"""Query tree → canonical text: ``parse(print_query(query), strict=True).query == query``.

That holds for every tree that the parser can produce, as long as the text stays within the limits. Such a
tree has

- words with a letter or digit and without spaces; phrases with a letter or digit, and no space at their ends,
  before an open end neither a space nor a star; phrases with gaps as :mod:`searchkit.query.words` reads them;
- wildcards as :mod:`searchkit.query.words` reads them: no two stars in a row, no stop or ``?`` at the end,
  and more than a star at the end;
- at least two children under each :class:`Row`, :class:`And` and :class:`Or`;
- :class:`Required` only in a row; neither it nor :class:`Not` directly below itself or the other;
- :class:`Everything` in a row only beside required and excluded items, and without a weight;
- under :class:`Near`, :class:`NotNear`, :class:`AtLeast` and :class:`First` only words, phrases, prefixes,
  wildcards, fuzzy words, :class:`Or` and :class:`Near`, all of one field with text; under :class:`AtLeast`
  also :class:`First`;
- dates that ``searchkit.dates`` can read, fields that ``searchkit.schema`` knows, and nothing but dates and
  numbers in a field of those.

Groups of one kind within each other stay as typed: ``a AND (b AND c)``.
"""

from __future__ import annotations

from typing import Final

from searchkit.errors import QueryError
from searchkit.query.ast import (
    And,
    AtLeast,
    Boosted,
    Compare,
    Dated,
    Everything,
    Exists,
    First,
    Fuzzy,
    Near,
    Not,
    NotNear,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Row,
    Wildcard,
    Word,
)
from searchkit.query.faults import Faults
from searchkit.query.lexer import lex
from searchkit.query.tokens import QUOTES, Kind
from searchkit.query.translate import protected
from searchkit.query.walk import children, walk
from searchkit.regex import regex

_SIGNS = regex(rf'[\\"*?~^():{QUOTES}]')
_SIGNS_BUT_GAPS = regex(rf'[\\"~^():{QUOTES}]')
_QUOTED = regex(rf"[\\{QUOTES}]")
_QUOTED_OR_GAP = regex(rf"[\\{QUOTES}*?]")
_SLASHED: Final = r"\\\g<0>"
_OR, _AND, _ROW, _NEAR, _ITEM, _ATOM = range(6)

_Group = Row | And | Or | Near | NotNear
"""What has an operator, or a space, between its parts."""


def print_query(query: Query) -> str:
    """The query as a careful reader would type it: no more backslashes than needed, and parentheses wherever
    operators of different kinds nest, so that nobody needs to know which of them binds tighter.
    """
    return protected(_print(query, _OR, None))


def _print(query: Query, loosest: int, field: str | None) -> str:
    """``query``, within ``field``; an operator looser than ``loosest`` needs parentheses."""
    if field is None and isinstance(query, _Group):
        field = _common_field(query)
        if field is not None:
            return f"{field}:({_print(query, _OR, field)})"
    match query:
        case Required() | Not() | Boosted() | AtLeast() | First():
            return _around_one(query, loosest, field)
        case Near(left, right) | NotNear(left, right):
            return _beside(left, _operator(query), right, loosest, field)
        case Row(items):
            return _joined(" ", items, _ROW, loosest, field)
        case And(below):
            return _joined(" AND ", below, _AND, loosest, field)
        case Or(below):
            return _joined(" OR ", below, _OR, loosest, field)
        case _:
            return _leaf(query, field)


def _around_one(query: Required | Not | Boosted | AtLeast | First, loosest: int, field: str | None) -> str:
    """What stands before or behind one item."""
    match query:
        case Required(child):
            return f"+{_print(child, _ITEM, field)}"
        case Not(child):
            sign = "-" if loosest in (_NEAR, _ITEM) else "NOT "
            return _grouped(f"{sign}{_print(child, _ITEM, field)}", _ITEM, loosest)
        case Boosted(child, factor):
            return _grouped(_weighted(_print(child, _ATOM, field), factor), _ITEM, loosest)
        case AtLeast(count, child):
            return f"atleast{count}({_print(child, _OR, field)})"
        case First(count, child):
            return f"first/{count}({_print(child, _OR, field)})"


def _grouped(text: str, binding: int, loosest: int) -> str:
    return f"({text})" if binding < loosest else text


def _joined(operator: str, parts: tuple[Query, ...], binding: int, loosest: int, field: str | None) -> str:
    """Parts side by side; a group among them is as good as an item only in parentheses."""
    bounds = (_ITEM if isinstance(part, _Group) else binding + 1 for part in parts)
    text = operator.join(_print(part, bound, field) for part, bound in zip(parts, bounds, strict=True))
    return _grouped(text, binding, loosest)


def _beside(left: Query, operator: str, right: Query, loosest: int, field: str | None) -> str:
    same = isinstance(left, Near) and _operator(left) == operator
    text = f"{_print(left, _NEAR if same else _ITEM, field)} {operator} {_print(right, _ITEM, field)}"
    return _grouped(text, _NEAR, loosest)


def _operator(query: Near | NotNear) -> str:
    if isinstance(query, NotNear):
        return f"NOT w/{query.distance}"
    return f"{'pre' if query.ordered else 'w'}/{query.distance}"


def _weighted(text: str, factor: float) -> str:
    """An address keeps what stands in it, a weight too: ``(http://x)^2``."""
    sign = f"^{factor:g}"
    weighted = [*_tokens(text), (Kind.WEIGHT, "", factor)]
    return text + sign if _tokens(text + sign) == weighted else f"({text}){sign}"


def _common_field(query: Query) -> str | None:
    """The one field of all leaves, if they have one: ``headline:(dam OR flood)``."""
    fields = {_field(node) for node in walk(query) if not children(node)}
    return fields.pop() if len(fields) == 1 else None


def _field(leaf: Query) -> str | None:
    """The field that stands before a leaf, or that a field before a group would reach."""
    match leaf:
        case Word(field=field) | Phrase(field=field) | Prefix(field=field) | Wildcard(field=field):
            return field
        case Fuzzy(field=field) | Dated(field=field) | Compare(field=field):
            return field
        case _:
            return None


def _leaf(leaf: Query, within: str | None) -> str:
    field = _field(leaf)
    return _text(leaf) if field in (None, within) else f"{field}:{_text(leaf)}"


def _text(leaf: Query) -> str:
    match leaf:
        case Everything():
            return "*"
        case Exists(field):
            return f"exists:{field}"
        case Word(text):
            return _word(text, Kind.WORD)
        case Prefix(text):
            return _word(text, Kind.PREFIX, "*")
        case Wildcard(text):
            return _word(text, Kind.WILDCARD)
        case Fuzzy(text, distance):
            return _word(text, Kind.FUZZY, f"~{distance}", distance)
        case Phrase(slop=slop):
            return _phrase(leaf) + (f"~{slop}" if slop else "")
        case Dated(text):
            return text if _tokens(text) == [(Kind.WORD, text, 0)] else _phrase(Phrase(text))
        case Compare(_, low, high):
            return _bounds(low, high)
    raise AssertionError(leaf)


def _bounds(low: int | None, high: int | None) -> str:
    if low is None:
        return f"<={high}"
    return f">={low}" if high is None else f"{low}..{high}"


def _phrase(phrase: Phrase) -> str:
    """The phrase as it is, or with a backslash before its signs."""
    kind = Kind.OPEN_PHRASE if phrase.open_end else Kind.GAPPED_PHRASE if phrase.gaps else Kind.PHRASE
    end = '*"' if phrase.open_end else '"'
    plain = f'"{_QUOTED.sub(_SLASHED, phrase.text)}{end}'
    if _tokens(plain) == [(kind, phrase.text, 0)]:
        return plain
    return f'"{_QUOTED_OR_GAP.sub(_SLASHED, phrase.text)}{end}'


def _word(text: str, kind: Kind, sign: str = "", number: float = 0) -> str:
    """``text`` as it is, or with a backslash before its signs, or also before the whole of it."""
    signs = _SIGNS_BUT_GAPS if kind is Kind.WILDCARD else _SIGNS
    escaped = signs.sub(_SLASHED, text)
    slashed = escaped.replace("/", r"\/")  # x/F50/
    return next(
        (
            form + sign
            for form in (text, escaped, f"\\{escaped}", slashed)
            if _tokens(form + sign) == [(kind, text, number)]
        ),
        f"\\{slashed}{sign}",
    )


def _tokens(form: str) -> list[tuple[Kind, str, float]]:
    """How ``form`` is read, also with a parenthesis behind it or a field before it; nothing if refused."""
    if form.startswith(("//", ":")):  # headline://x is an address, headline :x names a field
        return []
    try:
        tokens = lex(f"({form})", Faults(form, strict=True))
    except QueryError:
        return []
    inside = tokens[1:-1] if tokens[-1].kind is Kind.CLOSE else []
    return [(token.kind, token.text, token.number) for token in inside]
