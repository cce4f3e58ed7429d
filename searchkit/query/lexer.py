"""Query text → tokens with spans: what is a sign here, and what is part of a word.

A word runs to the next space, quote or parenthesis; :mod:`searchkit.query.words` says what it means.
Whether a sign, a field's name or an operator stands there instead is decided here.
"""

from __future__ import annotations

import re
from typing import Final

from searchkit.query.faults import Faults, quoted
from searchkit.query.operators import read_counted, read_proximity
from searchkit.query.suffixes import are_suffixes, with_suffixes
from searchkit.query.tokens import MARKS, QUOTES, Kind, Token
from searchkit.query.words import has_word, read_phrase, read_word
from searchkit.schema import COMPARABLE, SEARCHABLE, find, suggest

PSEUDO_FIELDS: Final = ("exists", "since", "until")
"""Names that stand before a colon as fields do, and name none."""

_OPERATORS: Final = {
    "AND": Kind.AND,
    "&&": Kind.AND,
    "OR": Kind.OR,
    "||": Kind.OR,
    "NOT": Kind.NOT,
    "*": Kind.STAR,
}
_SIGNS: Final = {"+": Kind.PLUS, "-": Kind.MINUS}
_NUMBERS: Final = frozenset(COMPARABLE) - {"page"}
_PARENTHESES: Final = {"(": Kind.OPEN, ")": Kind.CLOSE}

_SPACE = re.compile(r"\s+")
_CHUNK = re.compile(rf"(?:\\[^\w\s]|[^\s(){QUOTES}])+")
_PHRASE = re.compile(rf"[{QUOTES}]((?:\\.|[^\\{QUOTES}])*)[{QUOTES}]", re.DOTALL)
_SIGN_RUN = re.compile(r"[+-]+(?=[^\s)])")
_NAME = re.compile(r"([^\W\d][\w.-]*):(?!//)")
_LOOKS_LIKE_A_NAME = re.compile(r"[^\W\d_](?:[^\W\d]|\.)*")
_CLOCK = re.compile(r"\d+(?::\d+)+")
_FUNCTION = re.compile(r"([A-Za-z][\w.-]*)(?:/\d+)?(?=\()")
_PLURAL = re.compile(r"\(e?s\)", re.IGNORECASE)


def lex(text: str, faults: Faults) -> list[Token]:
    """The tokens of ``text``, in order. Takes time in proportion to its length.

    :raises QueryError: in strict mode.
    """
    return _Lexer(text, faults).tokens()


class _Lexer:
    def __init__(self, text: str, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.at = 0
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        while self.at < len(self.text):
            if space := _SPACE.match(self.text, self.at):
                self.at = space.end()
            elif kind := _PARENTHESES.get(self.text[self.at]):
                self._emit(kind, self.at + 1)
            elif self.text[self.at] in QUOTES:
                self._phrase()
            elif not (self._glued() and self._suffix()) and not self._mark():
                self._word()
        return self.found

    def _emit(self, kind: Kind, end: int, text: str = "") -> None:
        self.found.append(Token(kind, text, (self.at, end)))
        self.at = end

    def _glued(self) -> bool:
        """Whether the text goes on directly behind a phrase or group."""
        return self.at > 0 and self.text[self.at - 1] in (*QUOTES, ")")

    def _phrase(self) -> None:
        match = _PHRASE.match(self.text, self.at)
        if match is None:
            self._fault(len(self.text), "unclosed quote:", "what follows read as words", _QUOTE_HINT)
            self.at += 1
            return
        kind, inner = read_phrase(match[1])
        if has_word(inner):
            self._emit(kind, match.end(), inner)
        else:
            self._drop(match.end(), "no word between the quotes of")

    def _suffix(self) -> bool:
        """``~3`` or ``^2`` behind a phrase or group."""
        chunk = _CHUNK.match(self.text, self.at)
        if chunk is None or not are_suffixes(chunk[0]) or not self._adjoins():
            return False
        self.found += with_suffixes(self.found.pop(), chunk[0], self.faults)
        self.at = chunk.end()
        return True

    def _adjoins(self) -> bool:
        return bool(self.found) and self.found[-1].span[1] == self.at

    def _mark(self) -> bool:
        """An operator, a sign or a field's name, directly before what it is about."""
        if token := read_proximity(self.text, self.at, self.faults) or read_counted(
            self.text, self.at, self.faults
        ):
            self.found.append(token)
            self.at = token.span[1]
            return True
        if match := _SIGN_RUN.match(self.text, self.at):
            return self._is_something(match.end()) and self._sign(match.end())
        function = _FUNCTION.match(self.text, self.at)
        if function and function[0] not in _OPERATORS:
            return self._function(function)
        name = _NAME.match(self.text, self.at)
        return name is not None and self._name(name)

    def _function(self, match: re.Match[str]) -> bool:
        """``headline(`` is ``headline:(``; but author(s) are people."""
        field = _field(match[0])
        if field and not _PLURAL.match(self.text, match.end()):
            self._emit(Kind.FIELD, match.end(), field)
            return True
        hint = "put a space before the parenthesis" + (f", or write {field}:(…)" if field else "")
        self._fault(match.end() + 1, "a parenthesis directly behind a word:", "read apart", hint)
        return False

    def _is_something(self, at: int) -> bool:
        chunk = _CHUNK.match(self.text, at)
        return chunk is None or chunk[0] == "*" or has_word(chunk[0])

    def _sign(self, end: int) -> bool:
        """A sign; but the hyphen of "fake news"-style joins and excludes nothing."""
        if end - self.at == 1 and not self._glued():
            self._emit(_SIGNS[self.text[self.at]], end)
            return True
        if not self._glued():
            self._fault(end, "several signs in a row:", hint="one sign before a word is enough")
        self.at = end
        return True

    def _name(self, match: re.Match[str]) -> bool:
        if field := _field(match[1]):
            self._known_field(field, match.end())
            return True
        if not _LOOKS_LIKE_A_NAME.fullmatch(match[1]) or _CLOCK.match(self.text, match.end()):
            return False
        self._unknown_field(match[1], match.end())
        return True

    def _known_field(self, field: str, end: int) -> None:
        """In plain text "In other words: a dam" names no field."""
        if (field in PSEUDO_FIELDS or field in _NUMBERS) and not self._is_attached(end):
            self._fault(end, "nothing directly after", "read as a plain word", _NO_SPACE)
            self._emit(Kind.WORD, end - 1, self.text[self.at : end - 1])
            self.at = end
        else:
            self._emit(Kind.FIELD, end, field)

    def _unknown_field(self, name: str, end: int) -> None:
        """A word, unless a NOT or sign before it is meant for what stands behind the colon."""
        marked = bool(self.found) and self.found[-1].kind in MARKS and self._is_attached(end)
        near = suggest(name)
        message = f"unknown field {quoted(name)}" + (f": did you mean {near}?" if near else "")
        hint = f"fields: {', '.join(SEARCHABLE)}; quotes around it make it plain text"
        self.faults.add((self.at, end - 1), message, "ignored" if marked else "read as a plain word", hint)
        if not marked:
            self._emit(Kind.WORD, end - 1, name)
        self.at = end

    def _is_attached(self, at: int) -> bool:
        return at < len(self.text) and not self.text[at].isspace() and self.text[at] != ")"

    def _word(self) -> None:
        chunk = _CHUNK.match(self.text, self.at)
        raw, end = (chunk[0], chunk.end()) if chunk else (self.text[self.at], self.at + 1)
        if raw in _OPERATORS:
            self._emit(_OPERATORS[raw], end)
        elif not has_word(raw):
            self._punctuation(raw, end)
        else:
            self.found += read_word(raw, self.at, self.faults)
            self.at = end

    def _punctuation(self, raw: str, end: int) -> None:
        """Dropped without fuss; but ``a - b`` with a slip of the space must not delete the wrong articles."""
        if self.found and self.found[-1].kind in MARKS and self.found[-1].span[1] == self.at:
            self._drop(end, "no word in")
        elif raw in _SIGNS and self.faults.strict and not self._glued():
            self._fault(
                end, "a sign standing alone:", hint="write it directly before a word, or leave it out"
            )
        self.at = end

    def _drop(self, end: int, message: str) -> None:
        self._fault(end, message)
        self._emit(Kind.EMPTY, end)

    def _fault(self, end: int, message: str, reading: str = "ignored", hint: str = "") -> None:
        part = quoted(self.text[self.at : end])
        self.faults.add((self.at, end), f"{message} {part}", reading, hint)


_QUOTE_HINT: Final = 'close it, or write \\" for a quote that is only a sign'
_NO_SPACE: Final = "write what to search for directly after the colon"


def _field(name: str) -> str | None:
    """The canonical name of a field, or of what is written as one."""
    folded = name.casefold()
    return folded if folded in PSEUDO_FIELDS else find(name)
