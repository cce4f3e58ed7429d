"""``field:``, ``field(`` and what others write for it: the name before an item, and what is none."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from searchkit.nearest import nearest
from searchkit.query.faults import Faults, quoted
from searchkit.query.foreign import FIELDS
from searchkit.query.tokens import NAME, QUOTES, Kind, Token
from searchkit.regex import regex
from searchkit.schema import ALIASES, COMPARABLE, SEARCHABLE, find, suggest

PSEUDO_FIELDS: Final = ("exists", "since", "until")
"""Names that stand before a colon as fields do, and name none."""
DATES: Final = frozenset({"published", "published:<", "published:>", "since", "until"})
"""Names that stand before a date."""
_NUMBERS: Final = frozenset(COMPARABLE) - {"page"}

_NAME = regex(rf"({NAME})(?::(?!//)|=(?=[^\s=)]))")
_SPACED_NAME = regex(rf"({NAME})(?:\s+:(?=[\w{QUOTES}]\w)|=(?=\s+[\w{QUOTES}]))")
_CODE = regex(rf"[A-Za-z]{{2,5}}=[^\W\d_][\w-]*(?=[\s(){QUOTES}]|\Z)")
_LOOKS_LIKE_A_NAME = regex(r"[^\W\d_](?:[^\W\d]|\.)*")
_CLOCK = regex(r"\d+(?::\d+)+")
_FUNCTION = regex(r"(?!(?:AND|OR|NOT)\()([A-Za-z][\w.-]*)(?:/\d+)?(?=\()")
_LETTERS = regex("[A-Za-z]+")
_PLURAL = regex(r"\(e?s\)", re.IGNORECASE)
_SPACED = regex(rf"(?=\s|[<>]=?\s)\s*([<>]=?|)\s*([0-9][^\s(){QUOTES}]*)")
_COUNTED: Final = {"atleast": "atleast{}", "first": "first/{}"}
"""What stands before a parenthesis beside fields, with a number."""
_EXAMPLES: Final = {"atleast": 3, "first": 50}

Read: TypeAlias = tuple[list[Token], int]
"""Tokens, and where what they were read from ends."""


def read_name(text: str, at: int, faults: Faults, *, marked: bool) -> Read | None:
    """The name that begins there, with what belongs to it; None if a word does.

    ``marked``: a sign or NOT stands directly before it.

    :raises QueryError: in strict mode, for a name that is no field's.
    """
    if function := _FUNCTION.match(text, at):
        return _function(function, faults)
    match = _NAME.match(text, at)
    if match is None:
        return _apart(spaced, faults) if (spaced := _SPACED_NAME.match(text, at)) else None
    ours, theirs = _field(match[1]), FIELDS.get(match[1].casefold())
    if ours and match[0][-1] == ":":
        return _known(ours, match, faults)
    if (field := ours or theirs) and is_attached(text, match.end()):
        return [_foreign(field, match, faults)], match.end()
    if match[0][-1] == ":" or _CODE.match(text, at):
        return _unknown(match, faults, marked=marked)
    return None


def _apart(match: re.Match[str], faults: Faults) -> Read | None:
    """``headline :dam`` is meant for a field; ``hd= dam`` may be."""
    field = _field(match[1])
    if match[0][-1] == ":" and field:
        hint = f"write {field}: directly before what to search for; quotes around it make it plain text"
        faults.add(match.span(), f"a space in {quoted(match[0])}", f"read as {field}:", hint=hint)
        return [Token(Kind.FIELD, field, match.span())], match.end()
    if match[0][-1] == "=" and (field := field or FIELDS.get(match[1].casefold())):
        ours = _before_value(field)
        faults.note(f"{quoted(match[0])} is read as plain text", f"write {ours} if that is meant")
    return None


def _before_value(field: str) -> str:
    """A field's name as it stands before what to search for; a comparison has its colon."""
    return field if ":" in field else f"{field}:"


def is_attached(text: str, at: int) -> bool:
    """Whether something to search for stands directly there."""
    return at < len(text) and not text[at].isspace() and text[at] != ")"


def _field(name: str) -> str | None:
    """The canonical name of a field, or of what is written as one."""
    folded = name.casefold()
    return folded if folded in PSEUDO_FIELDS else find(name)


def _function(match: re.Match[str], faults: Faults) -> Read | None:
    """``headline(`` is ``headline:(``; but author(s) are people."""
    field = _field(match[0])
    if not _PLURAL.match(match.string, match.end()):
        if field:
            return [Token(Kind.FIELD, field, match.span())], match.end()
        if theirs := FIELDS.get(match[0].casefold()):
            return [_foreign(theirs, match, faults)], match.end()
    span = (match.start(), match.end() + 1)
    near = _nearest(match[0])
    message = f"a parenthesis directly behind a word: {quoted(match.string[slice(*span)])}"
    ours = f"{field}:" if field else near
    hint = "put a space before the parenthesis" + (f", or write {ours}(…)" if ours else "")
    faults.add(span, message + (f", did you mean {near}(?" if near else ""), "read apart", hint=hint)
    return None


def _nearest(written: str) -> str:
    """What may stand before a parenthesis and is spelt much like that, with its number."""
    letters = "".join(_LETTERS.findall(written)[:1])
    known = [*SEARCHABLE, *ALIASES, *_COUNTED]
    name = nearest(letters.casefold(), known, cutoff=0.75)
    if not name or (name == written.casefold() and name not in _COUNTED):
        return ""
    count = written[len(letters) :].strip("/")
    return (
        _COUNTED[name].format(count if count.isdecimal() else _EXAMPLES[name]) if name in _COUNTED else name
    )


def _foreign(ours: str, match: re.Match[str], faults: Faults) -> Token:
    sign = "" if match[0][-1] in ":=" else "("
    written = _before_value(ours) + ("" if ":" in ours else sign)
    message = f"{quoted(match[0] + sign)} is written {written} here"
    hint = f"write {written}; a backslash before it makes it plain text"
    faults.add(match.span(), message, "read so", hint=hint)
    return Token(Kind.FIELD, ours, match.span())


def _known(field: str, match: re.Match[str], faults: Faults) -> Read:
    """In plain text "In other words: a dam" names no field."""
    text, (start, end) = match.string, match.span()
    if value := _spaced_value(field, match, faults):
        return [Token(Kind.FIELD, field, (start, value.span[0])), value], value.span[1]
    if (field in PSEUDO_FIELDS or field in _NUMBERS) and not is_attached(text, end):
        hint = "write what to search for directly after the colon"
        message = f"nothing directly after {quoted(match[0])}"
        faults.add((start, end), message, "read as a plain word", hint=hint)
        return [Token(Kind.WORD, match[1], (start, end - 1))], end
    return [Token(Kind.FIELD, field, (start, end))], end


def _spaced_value(field: str, match: re.Match[str], faults: Faults) -> Token | None:
    """The date or number of ``since: 2006`` and ``words:> 1200``."""
    value = _SPACED.match(match.string, match.end())
    if value is None or (field not in DATES and field not in COMPARABLE):
        return None
    if not (value[1] or field in ("since", "until") or (field == "words" and ".." in value[2])):
        return None
    span = (value.start(1), value.end(2))
    ours = f"{match[0]}{value[1]}{value[2]}"
    message = f"a space in {quoted(match.string[match.start() : span[1]])}"
    faults.add((match.start(), span[1]), message, f"read as {ours}", hint=f"write {ours}")
    return Token(Kind.WORD, value[1] + value[2], span)


def _unknown(match: re.Match[str], faults: Faults, *, marked: bool) -> Read | None:
    """A word, unless a NOT or sign before it is meant for what stands behind the colon."""
    name, text = match[1], match.string
    if not _LOOKS_LIKE_A_NAME.fullmatch(name) or _CLOCK.match(text, match.end()):
        return None
    span = (match.start(), match.end() - 1)
    marked = marked and is_attached(text, match.end())
    near = suggest(name)
    message = f"unknown field {quoted(name)}" + (f": did you mean {near}?" if near else "")
    hint = f"fields: {', '.join(SEARCHABLE)}; quotes around it make it plain text"
    faults.add(span, message, "ignored" if marked else "read as a plain word", hint=hint)
    return ([] if marked else [Token(Kind.WORD, name, span)]), match.end()
