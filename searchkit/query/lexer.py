"""Query text → tokens with spans: what is a sign here, and what is part of a word.

A word runs to the next space, quote or parenthesis; :mod:`searchkit.query.words` says what it means.
Whether a sign, a field's name or an operator stands there instead is decided here.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from searchkit.query.faults import Faults, quoted
from searchkit.query.names import DATES, read_name
from searchkit.query.operators import read_counted, read_proximity
from searchkit.query.suffixes import are_suffixes, with_suffixes
from searchkit.query.tokens import MARKS, QUOTES, Kind, Token
from searchkit.query.words import has_word, read_phrase, read_word
from searchkit.regex import regex
from searchkit.schema import COMPARABLE

OPERATORS: Final = {
    "AND": Kind.AND,
    "&&": Kind.AND,
    "OR": Kind.OR,
    "||": Kind.OR,
    "NOT": Kind.NOT,
    "*": Kind.STAR,
}
_SIGNS: Final = {"+": Kind.PLUS, "-": Kind.MINUS}
_PARENTHESES: Final = {"(": Kind.OPEN, ")": Kind.CLOSE}

_PLAIN: Final = rf"(?!NOT\s|(?i:atl(?:east)?)[0-9])[^\W_][^\s(){QUOTES}\\*?~^/+#:=]*"
_BEHIND_PLAIN: Final = rf"(?=\s*\Z|\s+[^\s:]|[){QUOTES}])"
_NEXT = regex(
    rf"\s*(?:(?P<plain>{_PLAIN}{_BEHIND_PLAIN})"
    rf"|(?P<parenthesis>[()])|(?P<quote>[{QUOTES}])|(?P<sign>[+-]+(?=[^\s)]))|(?P<other>\S))"
)
"""What stands next, at a first look. ``plain`` is a word or an operator and can be nothing else: neither in
it nor behind it is anything that could be a sign."""
_CHUNK = regex(rf"(?:\\[^\w\s]|[^\s(){QUOTES}])+")
_PHRASE = regex(rf"[{QUOTES}]([^\\{QUOTES}]*(?:\\.[^\\{QUOTES}]*)*)[{QUOTES}]", re.DOTALL)


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
        while match := _NEXT.match(self.text, self.at):
            what = match.lastgroup or ""
            self.at, end = match.span(what)
            if what == "plain":
                self._emit(OPERATORS.get(match[what], Kind.WORD), end, match[what])
            elif what == "parenthesis":
                self._emit(_PARENTHESES[match[what]], end)
            elif what == "quote":
                self._phrase()
            elif what == "sign" and self._is_something(end):
                self._sign(end)
            elif not self._suffix() and not self._mark():
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
            self._fault(len(self.text), "unclosed quote:", "what follows read as words", hint=_QUOTE_HINT)
            self.at += 1
            return
        if has_word(match[1]):
            token = read_phrase(match[1], match.span(), self.faults)
            self._emit(token.kind, match.end(), token.text)
        else:
            self._drop(match.end(), "no word between the quotes of", hint="leave it out")

    def _suffix(self) -> bool:
        """``~3`` or ``^2`` behind a phrase or group."""
        if not self._glued() or not self._adjoins():
            return False
        chunk = _CHUNK.match(self.text, self.at)
        if chunk is None or not are_suffixes(chunk[0]):
            return False
        self.found += with_suffixes(self.found.pop(), chunk[0], self.faults)
        self.at = chunk.end()
        return True

    def _adjoins(self) -> bool:
        return bool(self.found) and self.found[-1].span[1] == self.at

    def _mark(self) -> bool:
        """An operator or a field's name, directly before what it is about."""
        if token := read_proximity(self.text, self.at, self.faults) or read_counted(
            self.text, self.at, self.faults
        ):
            self.found.append(token)
            self.at = token.span[1]
            return True
        read = read_name(self.text, self.at, self.faults, marked=self._is_marked())
        if read is None:
            return False
        tokens, self.at = read
        self.found += tokens
        return True

    def _is_marked(self) -> bool:
        return bool(self.found) and self.found[-1].kind in MARKS

    def _is_something(self, at: int) -> bool:
        chunk = _CHUNK.match(self.text, at)
        return chunk is None or chunk[0] == "*" or has_word(chunk[0])

    def _sign(self, end: int) -> None:
        """A sign; but the hyphen of "fake news"-style joins and excludes nothing."""
        if self._is_before_a_value(end):
            self._sign_of_value(end)
        elif end - self.at == 1 and not self._glued():
            self._emit(_SIGNS[self.text[self.at]], end)
        elif not self._glued():
            self._fault(end, "several signs in a row:", hint="one sign before a word is enough")
        self.at = end

    def _sign_of_value(self, end: int) -> None:
        """``published:-3d`` leaves nothing out, and there is no number below 0."""
        field = self.found.pop()
        written = self.text[slice(*field.span)]
        value = _CHUNK.match(self.text, end)
        ours = written + (value[0] if value else "")
        hint = f"write {ours}, or -{ours} to leave it out"
        self._fault(end, f"a sign between {quoted(written)} and its value:", f"read as {ours}", hint=hint)
        self.found.append(replace(field, span=(field.span[0], end)))

    def _is_before_a_value(self, at: int) -> bool:
        """Whether a field of dates or numbers stands directly before, and a digit there."""
        field = self.found[-1] if self._adjoins() else None
        is_field = field is not None and field.kind is Kind.FIELD and field.text in (*DATES, *COMPARABLE)
        return is_field and self.text[at : at + 1].isdecimal()

    def _word(self) -> None:
        chunk = _CHUNK.match(self.text, self.at)
        raw, end = (chunk[0], chunk.end()) if chunk else (self.text[self.at], self.at + 1)
        if raw in OPERATORS:
            self._emit(OPERATORS[raw], end)
        elif not has_word(raw):
            self._punctuation(raw, end)
        else:
            self.found += read_word(raw, self.at, self.faults)
            self.at = end

    def _punctuation(self, raw: str, end: int) -> None:
        """Dropped without fuss; but ``a - b`` with a slip of the space must not delete the wrong articles."""
        if self._is_marked() and self._adjoins():
            self._drop(end, "no word in", hint="write a word directly after the sign, or leave both out")
        elif raw in _SIGNS and self.faults.strict and not self._glued():
            self._fault(
                end, "a sign standing alone:", hint="write it directly before a word, or leave it out"
            )
        self.at = end

    def _drop(self, end: int, message: str, *, hint: str) -> None:
        self._fault(end, message, hint=hint)
        self._emit(Kind.EMPTY, end)

    def _fault(self, end: int, message: str, reading: str = "ignored", *, hint: str) -> None:
        part = quoted(self.text[self.at : end])
        self.faults.add((self.at, end), f"{message} {part}", reading, hint=hint)


_QUOTE_HINT: Final = 'close it, or write \\" for a quote that is only a sign'
