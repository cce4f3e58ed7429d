"""Query tree → canonical text: ``parse(print_query(query), strict=True).query == query``.

That holds for every tree that the parser can produce, as long as the text stays within the limits. Such a
tree has

- words with a letter or digit and without spaces; phrases with a letter or digit, and no space at their ends;
- at least two children under each :class:`Row`, :class:`And` and :class:`Or`;
- :class:`Required` only in a row; neither it nor :class:`Not` directly below itself or the other;
- :class:`Everything` in a row only beside required and excluded items;
- dates that ``searchkit.dates`` can read, and fields that ``searchkit.schema`` knows.

Groups of one kind within each other stay as typed: ``a AND (b AND c)``.
"""

from __future__ import annotations

import re
from typing import Final

from searchkit.errors import QueryError
from searchkit.query.ast import And, Dated, Everything, Not, Or, Phrase, Prefix, Query, Required, Row, Word
from searchkit.query.faults import Faults
from searchkit.query.lexer import QUOTES, Kind, lex
from searchkit.query.walk import children, walk

_SIGNS = re.compile(rf'[\\"*?~^():{QUOTES}]')
_OR, _AND, _ROW, _ITEM = range(4)


def print_query(query: Query) -> str:
    """The query as a reader would type it, with no more parentheses and backslashes than needed."""
    return _print(query, _OR, None)


def _print(query: Query, loosest: int, field: str | None) -> str:
    """``query``, within ``field``; an operator looser than ``loosest`` needs parentheses."""
    if children(query) and field is None and not isinstance(query, Required | Not):
        field = _common_field(query)
        if field is not None:
            return f"{field}:({_print(query, _OR, field)})"
    match query:
        case Everything():
            return "*"
        case Word() | Phrase() | Prefix() | Dated():
            return _leaf(query) if query.field in (None, field) else f"{query.field}:{_leaf(query)}"
        case Required(child):
            return f"+{_print(child, _ITEM, field)}"
        case Not(child):
            return f"{'-' if loosest == _ITEM else 'NOT '}{_print(child, _ITEM, field)}"
        case Row(items):
            return _joined(" ", items, _ROW, loosest, field)
        case And(below):
            return _joined(" AND ", below, _AND, loosest, field)
        case Or(below):
            return _joined(" OR ", below, _OR, loosest, field)
    raise AssertionError(query)


def _joined(operator: str, parts: tuple[Query, ...], binding: int, loosest: int, field: str | None) -> str:
    text = operator.join(_print(part, binding + 1, field) for part in parts)
    return f"({text})" if binding < loosest else text


def _common_field(query: Query) -> str | None:
    """The one field of all leaves, if they have one: ``headline:(dam OR flood)``."""
    leaves = [node for node in walk(query) if not children(node)]
    fields = {getattr(leaf, "field", None) for leaf in leaves}
    return fields.pop() if len(fields) == 1 else None


def _leaf(leaf: Word | Phrase | Prefix | Dated) -> str:
    match leaf:
        case Word(text):
            return _word(text, Kind.WORD, "")
        case Prefix(text):
            return _word(text, Kind.PREFIX, "*")
        case Dated(text) if _is_read_as(text, Kind.WORD, text):
            return text
    return '"' + _QUOTED.sub(r"\\\g<0>", leaf.text) + '"'


def _word(text: str, kind: Kind, star: str) -> str:
    """``text`` as it is, or with a backslash before its signs, or also before the whole of it."""
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    return next(
        (form + star for form in (text, escaped) if _is_read_as(form + star, kind, text)),
        f"\\{escaped}{star}",
    )


def _is_read_as(form: str, kind: Kind, text: str) -> bool:
    """Whether ``form`` means that, also with a parenthesis behind it, or a field before it."""
    if form.startswith("//"):  # headline://x is an address
        return False
    try:
        tokens = lex(f"({form})", Faults(form, strict=True))
    except QueryError:
        return False
    read = [(token.kind, token.text) for token in tokens]
    return read == [(Kind.OPEN, ""), (kind, text), (Kind.CLOSE, "")]


_QUOTED: Final = re.compile(rf"[\\{QUOTES}]")
