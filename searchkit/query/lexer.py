"""Query text → tokens with spans. What is a sign here and what is part of a word is decided in this file.

A word runs to the next space, quote or parenthesis and keeps whatever stands in it: ``O'Brien``, ``AT&T``,
``12:30``, ``http://x.y/z?a=b``. A backslash takes the meaning from the sign behind it, or from the whole
word if it stands before one: ``F\\*ck``, ``\\-5``, ``\\AND``. Forms that are kept for later operators
(``w/5``, ``wom?n``, ``putin~1``, ``x^2``, ``headline(…)``) are faults already now, so that no query
changes its meaning in silence when they come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final
from unicodedata import category

from searchkit.query.ast import Span
from searchkit.query.faults import Faults, quoted
from searchkit.schema import SEARCHABLE, find, suggest


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    PREFIX = auto()
    STAR = auto()
    EMPTY = auto()
    """Something that stands where a word could, and was found to be a fault."""
    FIELD = auto()
    PLUS = auto()
    MINUS = auto()
    NOT = auto()
    AND = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is what is meant: a word without escapes, a phrase without quotes, a field's own name."""

    kind: Kind
    text: str
    span: Span


MARKS: Final = frozenset({Kind.FIELD, Kind.PLUS, Kind.MINUS, Kind.NOT})
"""What stands before an item and says something about it."""
OPERANDS: Final = frozenset({Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.STAR})
QUOTES: Final = '"“”„‟«»'

_OPERATORS: Final = {
    "AND": Kind.AND,
    "&&": Kind.AND,
    "OR": Kind.OR,
    "||": Kind.OR,
    "NOT": Kind.NOT,
    "*": Kind.STAR,
}
_SIGNS: Final = {"+": Kind.PLUS, "-": Kind.MINUS}
_PARENTHESES: Final = {"(": Kind.OPEN, ")": Kind.CLOSE}

_SPACE = re.compile(r"\s+")
_CHUNK = re.compile(rf"(?:\\[^\w\s]|[^\s(){QUOTES}])+")
_PHRASE = re.compile(rf"[{QUOTES}]((?:\\.|[^\\{QUOTES}])*)[{QUOTES}]", re.DOTALL)
_SIGN_RUN = re.compile(r"[+-]+(?=[^\s)])")
_NAME = re.compile(r"([^\W\d][\w.-]*):(?!//)")
_LOOKS_LIKE_A_NAME = re.compile(r"[^\W\d](?:[^\W\d]|\.)*")
_CLOCK = re.compile(r"\d+(?::\d+)+")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_PROXIMITY = re.compile(rf"(?:NOT\s+)?(?i:w|near|pre|onear)/(?:\d+|(?i:[sp]))(?=[\s(){QUOTES}]|$)")
_SUFFIX = re.compile(r"(?:[~^*][\d.]*)+")
_FUNCTION = re.compile(r"[A-Za-z][\w.]*(?:/\d+)?(?=\()")
_WILDCARD = re.compile(r"\*|(?<!\?)\?+\w")
_ESCAPED = re.compile(r"\\[^\w\s]")
_WORD_ESCAPE = re.compile(r"\\([^\w\s])|\A\\(?=\w)")
_PHRASE_ESCAPE = re.compile(rf"\\([\\{QUOTES}])")


def lex(text: str, faults: Faults) -> list[Token]:
    """The tokens of ``text``, in order. Takes time in proportion to its length.

    :raises QueryError: in strict mode.
    """
    return _Lexer(text, faults).tokens()


def has_word(text: str) -> bool:
    """Whether there is a letter or digit in it, or a character too new for this Python to know."""
    return text.isalnum() or any(char.isalnum() or category(char) in _WORDLIKE for char in text)


_WORDLIKE: Final = frozenset({"Mn", "Mc", "Cn", "Co"})


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
        inner = _PHRASE_ESCAPE.sub(r"\1", match[1]).strip()
        if has_word(inner):
            self._emit(Kind.PHRASE, match.end(), inner)
        else:
            self._drop(match.end(), "no word between the quotes of")

    def _suffix(self) -> bool:
        """``~3``, ``^2`` or ``*`` behind a phrase or group."""
        chunk = _CHUNK.match(self.text, self.at)
        if chunk is None or not _SUFFIX.fullmatch(chunk[0]):
            return False
        self._fault(chunk.end(), "a sign behind a phrase or group is not supported yet:")
        self.at = chunk.end()
        return True

    def _mark(self) -> bool:
        """A sign or a field's name, directly before what it is about; or an operator that is to come."""
        if match := _PROXIMITY.match(self.text, self.at):
            self._drop(match.end(), "words near each other are not supported yet:")
            return True
        if match := _SIGN_RUN.match(self.text, self.at):
            return self._is_something(match.end()) and self._sign(match.end())
        name = _NAME.match(self.text, self.at)
        return name is not None and self._name(name)

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
        if canonical := find(match[1]):
            self._emit(Kind.FIELD, match.end(), canonical)
            return True
        if not _LOOKS_LIKE_A_NAME.fullmatch(match[1]) or _CLOCK.match(self.text, match.end()):
            return False
        self._unknown_field(match[1], match.end())
        return True

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
            self._check_function()
            kind, text = self._read_word(raw)
            self._emit(kind, end, text)

    def _punctuation(self, raw: str, end: int) -> None:
        """Dropped without fuss; but ``a - b`` with a slip of the space must not delete the wrong articles."""
        if self.found and self.found[-1].kind in MARKS and self.found[-1].span[1] == self.at:
            self._drop(end, "no word in")
        elif raw in _SIGNS and self.faults.strict and not self._glued():
            self._fault(
                end, "a sign standing alone:", hint="write it directly before a word, or leave it out"
            )
        self.at = end

    def _check_function(self) -> None:
        if match := _FUNCTION.match(self.text, self.at):
            field = find(match[0])
            hint = "put a space before the parenthesis" + (f", or write {field}:(…)" if field else "")
            self._fault(match.end() + 1, "a parenthesis directly behind a word:", "read apart", hint)

    def _read_word(self, raw: str) -> tuple[Kind, str]:
        """A word or prefix; without the signs that mean nothing yet."""
        masked = _ESCAPED.sub("\0\0", raw)
        stem = masked if (is_url := _URL.match(masked)) else _stem(masked)
        if len(stem) < len(masked):
            self._not_yet(raw, _NO_SUFFIX, _unescape(raw[: len(stem)]))
            raw, masked = raw[: len(stem)], stem
        prefix = masked.rstrip(",;.:!")[:-1]
        if masked[len(prefix)] == "*" and (is_url or not {"*", "?"} & {*prefix}):
            return Kind.PREFIX, _unescape(raw[: len(prefix)])
        text = _unescape(raw)
        if not is_url and _WILDCARD.search(masked):
            text = text.strip("*?")
            self._not_yet(raw, _NO_WILDCARD, text)
        return Kind.WORD, text

    def _not_yet(self, raw: str, what: str, read_as: str) -> None:
        message = f"{what}: {quoted(raw)}"
        hint = "a backslash before a sign makes it plain text"
        self.faults.add((self.at, self.at + len(raw)), message, f"read as the word {quoted(read_as)}", hint)

    def _drop(self, end: int, message: str) -> None:
        self._fault(end, message)
        self._emit(Kind.EMPTY, end)

    def _fault(self, end: int, message: str, reading: str = "ignored", hint: str = "") -> None:
        part = quoted(self.text[self.at : end])
        self.faults.add((self.at, end), f"{message} {part}", reading, hint)


_NO_SUFFIX: Final = "fuzzy words (~) and weights (^) are not supported yet"
_NO_WILDCARD: Final = "the only wildcard yet is * at the end of a word"
_QUOTE_HINT: Final = 'close it, or write \\" for a quote that is only a sign'


def _unescape(raw: str) -> str:
    return _WORD_ESCAPE.sub(lambda match: match[1] or "", raw)


def _stem(masked: str) -> str:
    """A word without ``~1`` or ``^2`` at its end; ``~50%`` and ``^_^`` are none."""
    rest = masked.rstrip("~^.0123456789")
    signs = [at for at in (masked.find("~", len(rest)), masked.find("^", len(rest))) if at >= 0]
    return masked[: min(signs)] if signs and has_word(masked[: min(signs)]) else masked
