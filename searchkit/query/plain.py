"""What most queries are: words and phrases side by side, with + or - before some, read without a parser."""

from __future__ import annotations

from itertools import islice
from typing import Final

from searchkit.limits import CLAUSES, LENGTH
from searchkit.query.ast import Not, Phrase, Query, Required, Row, Word
from searchkit.query.foreign import WORDS
from searchkit.query.items import bare
from searchkit.query.lexer import OPERATORS
from searchkit.regex import regex

_WORD: Final = r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?|[0-9]+"
_PHRASE: Final = r"[^\W_][\w\s.,'’-]*"
_ROW = regex(rf'\s*[+-]?(?:{_WORD}|"{_PHRASE}")(?:\s+[+-]?(?:{_WORD}|"{_PHRASE}"))*\s*')
_ITEM = regex(rf'([+-]?)(?:({_WORD})|"({_PHRASE})")')
_SIGNS: Final[dict[str, type[Required | Not]]] = {"+": Required, "-": Not}
_TELLING: Final = {*OPERATORS, *WORDS}


def plain_row(text: str) -> Query | None:
    """What the parser would make of plain words and phrases; None where anything may mean more than it says.

    That is any other sign, a digit in a word, and a word that is an operator, here or elsewhere.
    """
    if len(text) > LENGTH or not _ROW.fullmatch(text):
        return None
    items: list[Query] = []
    for match in islice(_ITEM.finditer(text), CLAUSES + 1):
        sign, word, phrase = match.groups()
        if word in _TELLING or (word and word.lower() in _TELLING):
            return None
        start, end = span = match.span()
        inner = (start + 1, end) if sign else span
        item = Word(word, None, inner) if word else Phrase(phrase.rstrip(), span=inner)
        items.append(_SIGNS[sign](item, span) if sign else item)
    if len(items) > CLAUSES:
        return None
    if len(items) == 1:
        return bare(items[0])
    return Row(tuple(items), (items[0].span[0], items[-1].span[1]))
