"""What an article must be found by, if an index holds it and was made by the analyzers of this version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from searchkit.analysis import analyzer
from searchkit.article import Article
from searchkit.document import document
from searchkit.plan import Bool, Phrase, Plan, Range, Term
from searchkit.schema import BY_NAME, Kind, Value, forms_field

_WORDS: Final = 8
"""The first words of a text, and of each there is."""
_PARTS: Final = 8
"""Values of a field, and parts of a text, that are looked at."""
_OPENING: Final = 400
"""Characters in which they are looked for, but for the last, which may be cut."""


def own_words(article: Article, language: str, zone: tzinfo) -> Plan:
    """A plan that this article alone matches: its id, and how each of its fields begins, word by word."""
    wanted = document(article, zone)
    parts = [part for name, value in wanted.items() for part in _parts(name, value, language)]
    return Bool(must=(Term("id", article.id),), filters=tuple(parts))


def _parts(name: str, value: Value, language: str) -> Iterator[Plan]:
    match BY_NAME[name].kind, value:
        case Kind.NUMBER, int(number):
            yield Range(name, number, number + 1)
        case Kind.KEYWORD, list(values):
            for each in values[:_PARTS]:
                yield Term(name, "".join(analyzer("keyword", language).terms(each)))
        case Kind.TEXT, str() | list():
            for each in [value] if isinstance(value, str) else value[:_PARTS]:
                yield from _opening(name, each, language)


def _opening(name: str, text: str, language: str) -> Iterator[Plan]:
    stemmed = _first(text, BY_NAME[name].analyzer, language)
    if len(stemmed) > 1:
        yield Phrase(name, tuple(stemmed))
    elif stemmed:
        yield Term(name, stemmed[0])
    if (forms := forms_field(name)) != name:
        yield from (Term(forms, form) for form in _first(text, BY_NAME[forms].analyzer, language))


def _first(text: str, name: str, language: str) -> list[str]:
    terms = analyzer(name, language).terms(text[:_OPENING])
    return terms[: _WORDS if len(text) <= _OPENING else min(_WORDS, len(terms) - 1)]
