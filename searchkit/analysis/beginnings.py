"""How the words of a term begin: what to look for in a text that has not been analysed.

Most of Snowball's stemmers take letters from the end of a word and put nothing there, so that a word begins
with its stem. A few put other letters in place: English writes *happi* for happy, *price* for pricing,
*capabl* for capability. The table says which last letters of a stem a word may lack. It holds the languages
for which that is known from the algorithm, and tested; of words in ASCII alone, for accents are folded
before stemming and need a look at the word itself.
"""

from __future__ import annotations

from typing import Final

from searchkit.regex import regex

_KEPT: Final = regex(r"(?!)")

_CHANGED: Final = {
    "da": _KEPT,
    "en": regex(r"(?<=..)[eiy]$|(?<=b)l$"),
    "es": regex(r"(?<=en)t$"),
    "it": regex(r"(?<=en)t$"),
    "multi": _KEPT,
    "no": _KEPT,
    "pt": _KEPT,
    "sv": _KEPT,
}


def beginnings(term: str, language: str) -> tuple[str, ...]:
    """What an ASCII word in lower case with the stem ``term`` begins with; nothing where that is not known.

    >>> beginnings("happi", "en"), beginnings("die", "en")
    (('happ',), ('di', 'dy'))
    """
    changed = _CHANGED.get(language)
    if changed is None:
        return ()
    begun = changed.sub("", term)
    if language == "en" and len(term) == 3 and term.endswith("ie"):
        return (begun, f"{term[0]}y")
    return (begun,)


def only_itself(term: str, language: str) -> bool:
    """Whether no other ASCII word can have the stem ``term``: so it is with single letters, as of the U.S.

    English takes words like *oed* back to a vowel.
    """
    return len(term) == 1 and language in _CHANGED and not (language == "en" and term in "aeiou")
