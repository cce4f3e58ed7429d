"""What the readers of other services write, and what it is here: tables, in which a new form is a new row.

LexisNexis, Factiva, ProQuest, Westlaw and Google each have spellings of their own for the same operators.
Those that can be nothing else are read as they are meant; those that may be plain text stay plain text.
:mod:`searchkit.query.lexer` looks fields up here, :mod:`searchkit.query.translate` the rest.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import Final

from msgspec import Struct

from searchkit.query.ast import Span
from searchkit.query.foreign_dates import DATE, IN_PARENTHESES, RANGES, UNREADABLE, YEAR_LAST
from searchkit.query.tokens import QUOTES
from searchkit.regex import regex

FIELDS: Final = {
    "allintitle": "headline",
    "hd": "headline",
    "intitle": "headline",
    "ti": "headline",
    "hlp": "lead",
    "lp": "lead",
    "au": "byline",
    "inauthor": "byline",
    "ft": "text",
    "intext": "text",
    "art": "caption",
    "graphic": "caption",
    "pub": "publication",
    "sn": "publication",
    "ed": "edition",
    "se": "section",
    "sec": "section",
    "pg": "page",
    "la": "language",
    "su": "tag",
    "inurl": "url",
    "site": "url",
    "pd": "published",
    "after": "published:>",
    "before": "published:<",
    "wc": "words",
}
"""Names of fields: Factiva's before ``=``, ProQuest's before a parenthesis, Google's before a colon.

A field of dates with a sign behind it compares: ``published:<``."""


class Where(Enum):
    """In which queries a row counts."""

    ANYWHERE = auto()
    BESIDE_OPERATORS = auto()
    """Where something else is an operator."""
    IN_GROUPS = auto()
    """Beside operators, within parentheses."""
    UNSHOUTED = auto()
    """Where not all words are in capitals."""


class Form(Struct, frozen=True):
    """A row: what is written there, from the beginning of a word on, and ``ours`` as a template for it.

    ``sure``: it is read as ours, and strict mode refuses it; else it stays plain text, and a note says so.
    ``between``: it is one only between two things to search for.
    ``begins``: the letters that it begins with, behind a NOT if there is one, in small letters; a row without
    is for any word that has a sign in it.
    """

    pattern: str
    ours: str
    sure: bool = True
    where: Where = Where.ANYWHERE
    between: bool = False
    remark: str = ""
    begins: tuple[str, ...] = ()

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """The form as it is written there, if it is."""
        return _compiled(self.pattern).match(text, at)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """At its first use: most queries need none, and all of them take as long as a search."""
    return re.compile(pattern)


_END: Final = rf"(?=[\s(){QUOTES}]|\Z)"
_NAMES: Final = ("w", "near", "pre", "onear")
_NAMED: Final = rf"(?P<name>(?i:{'|'.join(_NAMES)}))"
_N: Final = r"(?P<n>[0-9]+)"
_NUMBERS: Final = "one two three four five six seven eight nine ten fifteen twenty".split()
_VALUES: Final = (*range(1, 11), 15, 20)


def _form(
    pattern: str, ours: str, *begins: str, sure: bool = True, where: Where = Where.ANYWHERE, remark: str = ""
) -> Form:
    return Form(pattern + _END, ours, sure, where, remark=remark, begins=begins)


def _operator(
    pattern: str, ours: str, *begins: str, sure: bool = True, where: Where = Where.ANYWHERE, remark: str = ""
) -> Form:
    """A row for what stands between two things, with or without a NOT of any spelling before it."""
    whole = rf"(?P<negated>(?i:not)\s+|NOT)?(?:{pattern}){_END}"
    return Form(whole, ours, sure, where, between=True, remark=remark, begins=begins or _NAMES)


_NO_OPERATOR: Final = r"(?!\s+(?i:w|near|pre|onear|adj)(?:[0-9]|/))"
_TWO_FIELDS: Final = r"(?i:(?:ti|hd),(?:ab|lp)|(?:ab|lp),(?:ti|hd))"
_IN_ORDER: Final = "which keeps the order; w/5 does not"
_IN_CAPITALS: Final = "operators are in capitals"
_LENGTHS: Final = ("length", "words", "wc")
_LENGTH: Final = rf"(?i:{'|'.join(_LENGTHS)})"
_DATE: Final = ("date",)
_FIRST_FIELDS: Final = ("ti", "hd", "ab", "lp")

FORMS: Final = (
    # w/5 and its kin
    _operator(rf"{_NAMED}/(?P<n>[0-9]+|(?i:[sp]))", r"\g<name>/\g<n>"),
    _operator(rf"{_NAMED}/(?:\s+{_N}|\s*\(\s*(?P<m>[0-9]+)\s*\))", r"\g<name>/\g<n>\g<m>"),
    _operator(rf"{_NAMED}/{_N}\.[0-9]+", r"\g<name>/\g<n>"),
    _operator(rf"{_NAMED}/{_N}(?!st|nd|rd|th)(?P<rest>[^\W\d_]+)", r"\g<name>/\g<n> \g<rest>"),
    *(
        _operator(rf"{_NAMED}/(?i:{word})", rf"\g<name>/{value}")
        for word, value in zip(_NUMBERS, _VALUES, strict=True)
    ),
    _operator(rf"{_NAMED}/(?i:sent|sentence)", r"\g<name>/s"),
    _operator(rf"{_NAMED}/(?i:para|paragraph)", r"\g<name>/p"),
    _operator(rf"{_NAMED}/(?i:seg|segment)", "AND", remark="headline:(a AND b) is both in one field"),
    _operator(rf"(?i:near){_N}", r"w/\g<n>", "near"),
    _operator(rf"(?:w|(?i:adj)){_N}", r"pre/\g<n>", "w", "adj", remark=_IN_ORDER),
    _operator(rf"(?i:pre|onear){_N}", r"pre/\g<n>", "pre", "onear"),
    _operator(rf"(?i:n)/{_N}", r"w/\g<n>", "n"),
    _operator(rf"(?i:p)/{_N}", r"pre/\g<n>", "p"),
    _operator(rf"(?<![0-9]\s)/(?:{_N}(?i:n/?)?|(?i:n)(?P<m>[0-9]+)/?)", r"w/\g<n>\g<m>", ""),
    _operator(r"/(?i:s)", "w/s", ""),
    _operator(r"/(?i:p)", "w/p", ""),
    _operator(rf"{_NAMED}/(?P<n>[0-9]+|(?i:[sp]))[,;]", r"\g<name>/\g<n>"),
    _operator(r"(?i:n)(?P<n>[12]?[0-9])", r"w/\g<n>", "n", sure=False),
    _operator(r"W(?P<n>[12]?[0-9])", r"pre/\g<n>", "w", sure=False),
    _operator(rf"WITHIN\s+{_N}(?:\s+WORDS)?(?:\s+OF)?", r"w/\g<n>", "within", where=Where.UNSHOUTED),
    _operator(rf"NEAR {_N}", r"w/\g<n>", "near", where=Where.UNSHOUTED),
    _operator("NEAR", "w/4", "near", where=Where.UNSHOUTED),
    _operator("ADJ", "pre/1", "adj", where=Where.UNSHOUTED),
    _operator("SAME", "w/p", "same", where=Where.UNSHOUTED),
    _operator(
        rf"(?i:near|within)\s+{_N}", r"w/\g<n>", "near", "within", sure=False, where=Where.BESIDE_OPERATORS
    ),
    _operator(rf"within\s+{_N}\s+words(?:\s+of)?", r"w/\g<n>", "within", sure=False),
    _operator("near", "w/5", "near", sure=False, where=Where.BESIDE_OPERATORS),
    _operator("adj", "pre/1", "adj", sure=False, where=Where.BESIDE_OPERATORS),
    _operator("same", "w/p", "same", sure=False, where=Where.BESIDE_OPERATORS),
    # AND, OR, NOT
    _form(rf"AND\s+not{_NO_OPERATOR}", "AND NOT", "and"),
    _form(rf"and\s+not{_NO_OPERATOR}", "AND NOT", "and", where=Where.BESIDE_OPERATORS, remark=_IN_CAPITALS),
    Form(rf"BUT\s+NOT{_END}{_NO_OPERATOR}", "AND NOT", between=True, begins=("but",)),
    Form(rf"and\s+not{_END}{_NO_OPERATOR}", "AND NOT", sure=False, between=True, begins=("and",)),
    _operator("and", "AND", "and", where=Where.IN_GROUPS, remark=_IN_CAPITALS),
    _operator("or", "OR", "or", where=Where.IN_GROUPS, remark=_IN_CAPITALS),
    _operator("and", "AND", "and", sure=False, where=Where.BESIDE_OPERATORS),
    _operator("or", "OR", "or", sure=False, where=Where.BESIDE_OPERATORS),
    Form(f"not{_END}", "NOT", sure=False, where=Where.BESIDE_OPERATORS, between=True, begins=("not",)),
    # endings
    _form(r"(?<![\s\S])(?P<stem>[a-z][a-z-]+)!(?=\s*\Z)", r"\g<stem>*"),
    _form("(?P<stem>[a-z][a-z-]+)!", r"\g<stem>*", where=Where.BESIDE_OPERATORS),
    _form(r"(?P<stem>[^\W\d_][^\W\d_-]+)!", r"\g<stem>*", sure=False, where=Where.BESIDE_OPERATORS),
    _form(
        r"(?P<stem>[^\W\d_]+)!(?P<rest>[^\W\d_]+)",
        r"\g<stem>*\g<rest>",
        sure=False,
        where=Where.BESIDE_OPERATORS,
    ),
    _form(r"(?P<stem>[a-z][a-z-]+)!(?=\s+[a-z])", r"\g<stem>*", sure=False),
    # numbers and dates
    _form(rf"{_LENGTH}\s*(?P<sign>[<>]=?)\s*(?P<n>[0-9][0-9,]*)", r"words:\g<sign>\g<n>", *_LENGTHS),
    _form(rf"{_LENGTH}\s+=\s+(?P<n>[0-9][0-9,]*)", r"words:\g<n>", *_LENGTHS),
    _form(r"(?i:page|pg)\s*(?P<sign>[<>]=?)\s*(?P<n>[0-9]+)", r"page:\g<sign>\g<n>", "page", "pg"),
    _form(
        rf"(?i:date|published|pd)\s*(?P<sign>[<>]=?)\s*(?P<n>{DATE}|{YEAR_LAST})",
        r"published:\g<sign>\g<n>",
        "date",
        "published",
        "pd",
    ),
    *(Form(dates + _END, ours, True, Where.BESIDE_OPERATORS, begins=_DATE) for dates, ours in RANGES),
    *(Form(dates + _END, ours, False, begins=_DATE) for dates, ours in (*RANGES, *UNREADABLE)),
    *(Form(dates, f"published:{ours}", begins=_DATE) for dates, ours in IN_PARENTHESES),
    # two fields
    Form(
        rf'{_TWO_FIELDS}\((?=\s*[^\s)])(?P<what>(?:[^(){QUOTES}]|"[^"()]*")+)\)',
        r"(headline:(\g<what>) OR lead:(\g<what>))",
        begins=_FIRST_FIELDS,
    ),
    Form(rf"{_TWO_FIELDS}(?=\()", "(headline:… OR lead:…)", sure=False, begins=_FIRST_FIELDS),
    # signs within or behind a word
    _form(r"(?P<word>[^\W\d_]{2,})\+(?P<rest>[^\W\d_]{2,})", r"\g<word> AND \g<rest>", sure=False),
    _form(r"(?P<word>[^\W\d_]{2,})\^[^\W\d_]+", r"\g<word>^2", sure=False),
    _form(r"(?P<word>[^\W\d_]{2,})~[^\W\d_]+", r"\g<word>~1", sure=False),
    _form(rf"(?P<word>[^\W\d_]{{2,}})/(?i:f){_N}", r"\g<word>/F\g<n>/", sure=False),
)
"""Each word is compared with the rows in their order; the first that fits tells."""

WORDS: Final = frozenset(
    "adj and but date length near not or page pd pg published same wc within words".split()
)
"""The words of nothing but letters that a row begins with."""
_BEGINNINGS: Final = frozenset(letters for form in FORMS for letters in form.begins)
_BEGINNING = regex(r"((?i:not)\s+|NOT)?([^\W\d_]*)")
_SIGN = regex(r"[!/<>=^~+,]|[^\W\d_][0-9]")


def rows(text: str, span: Span) -> tuple[Form, ...]:
    """The rows that can begin with the word there, in their order: none for most words."""
    word = text[slice(*span)]
    has_sign = not word.isalpha() and _SIGN.search(word) is not None
    if not has_sign and word.lower() not in WORDS:
        return ()
    match = _BEGINNING.match(text, span[0])
    negation, letters = match.groups("") if match else ("", "")
    letters = letters.upper().lower()  # as IGNORECASE has it: ſ is an s
    return _rows(letters if letters in _BEGINNINGS else None, bool(negation), has_sign)


@cache
def _rows(letters: str | None, is_negated: bool, has_sign: bool) -> tuple[Form, ...]:
    found = {letters, "not"} if is_negated else {letters}
    return tuple(row for row in FORMS if (not found.isdisjoint(row.begins) if row.begins else has_sign))
