"""What most queries are: a row of words with no sign and no operator, read without a parser."""

from __future__ import annotations

from typing import Final

from searchkit.limits import CLAUSES, LENGTH
from searchkit.query.ast import Query, Row, Word
from searchkit.query.foreign import WORDS
from searchkit.query.lexer import OPERATORS
from searchkit.regex import regex

_ROW = regex(r"\s*[^\W\d_]+(?:\s+[^\W\d_]+)*\s*")
_WORD = regex(r"\S+")
_TELLING: Final = {*OPERATORS, *WORDS}


def plain_row(text: str) -> Query | None:
    """What the parser would make of words of nothing but letters; None for any other query."""
    if len(text) > LENGTH or not _ROW.fullmatch(text):
        return None
    words = tuple(Word(match[0], None, match.span()) for match in _WORD.finditer(text))
    if len(words) > CLAUSES or any(w.text in _TELLING or w.text.lower() in _TELLING for w in words):
        return None
    return Row(words, (words[0].span[0], words[-1].span[1])) if len(words) > 1 else words[0]
