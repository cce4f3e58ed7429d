"""Sentences of newspaper prose: where one ends and the next begins.

A sentence ends at a full stop, question or exclamation mark or ellipsis, with its closing quotes and
brackets, before white space and something that can begin a sentence: a capital, a digit, an opening quote
or bracket. It also ends at a blank line; a single line break is a space, for wire copy comes hard-wrapped.
A full stop that belongs to an abbreviation ends nothing, or only before a word that often begins a
sentence: "U.S. President" is one sentence, "in the U.S. The" are two. The abbreviations are English.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES: Final = _words(
    """
    Mr Mrs Ms Mx Messrs Dr Drs Prof Rev Fr Hon Gen Lt Col Maj Capt Cmdr Cdr Sgt Cpl Pvt Pfc Adm Brig Insp Supt
    Gov Sen Sens Rep Reps Pres Amb Atty St Ste Mt Ft vs
    """
)
"""Always before a name: their full stop never ends a sentence."""

_NUMBERED: Final = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec No Nos no nos Vol vol pp Fig fig Art art Sec sec Ch ch"
)
"""Their full stop ends no sentence before a digit: Jan. 6, No. 10."""

_SHORTENED: Final = _words(
    """
    Inc Corp Co Cos Ltd Plc Bros Cie Jr Sr Esq etc al est approx dept Dept Assn Univ Ave Blvd Rd Ph Mon Tue
    Tues Wed Thu Thurs Fri Sat Sun Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn
    Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo
    """
)
"""Their full stop ends a sentence only before a word that often begins one; so do initials, U.S. and p.m."""

_STARTERS: Final = _words(
    """
    The A An This That These Those There He She It They We I You His Her Its Their Our My But And Or So Yet In
    On At By For From With As If When While Since After Before Until Although Though However Meanwhile Some
    Many Most Both Each No Not What Why How Who Where Now Then Here Also
    """
)
"""Words that often begin a sentence, and seldom a name."""

_QUOTES: Final = "\"'“‘«‹„"


def _behind(words: frozenset[str]) -> str:
    """A pattern for the place behind a full stop that one of ``words`` or a single letter has."""
    lengths = sorted({len(word) for word in words})
    groups = ("|".join(sorted(word for word in words if len(word) == length)) for length in lengths)
    return "|".join(rf"(?<=\b(?:{group})\.)" for group in (r"[^\W\d_]", *groups))


_CLOSING: Final = "\"'”’»›)\\]}"
_NEXT: Final = rf"[{_CLOSING}]{{0,3}}\s+(?=[0-9A-Z$£€¿¡(\[{{{_QUOTES}]|(?P<foreign>[^\W\x00-\x7f]))"

# What ends a sentence, with the white space before the next; with a group where that takes a second look.
# Each pattern begins with one character, which Python finds many times faster than one of several, and none
# reads on behind the white space: linear time.
_STOPS: Final = {
    "\n": re.compile(r"\n[^\S\n]*\n\s*"),
    ".": re.compile(rf"\.(?=[{_CLOSING}\s])(?P<short>{_behind(_TITLES | _NUMBERED | _SHORTENED)})?{_NEXT}"),
    "?": re.compile(rf"\?{_NEXT}"),
    "!": re.compile(rf"!{_NEXT}"),
    "…": re.compile(rf"…{_NEXT}"),
}
_FILLED: Final = re.compile(r"\S")
_LAST_WORD: Final = re.compile(r"\w+\Z")
_AFRESH: Final = re.compile(rf"[{_QUOTES}]|(?:{'|'.join(sorted(_STARTERS))})(?=[\s,])")


class Sentences:
    """The sentences of a text, each as (start, end) without the white space around it."""

    def __init__(self, text: str) -> None:
        filled = _FILLED.search(text)
        self._text = text
        self._starts = [filled.start() if filled else len(text)]
        for mark, stop in _STOPS.items():
            if mark in text:
                stops = stop.finditer(text, self._starts[0])
                self._starts += [m.end() for m in stops if m.lastindex is None or _ends(text, m)]
        self._starts.sort()

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for start, following in pairwise([*self._starts, len(self._text)]):
            if start < following:
                yield start, self._trimmed(start, following)

    def around(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character ``at``; white space belongs to the sentence before it."""
        i = max(1, bisect_right(self._starts, at))
        following = self._starts[i] if i < len(self._starts) else len(self._text)
        return self._starts[i - 1], self._trimmed(self._starts[i - 1], following)

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self._text[start:end].rstrip())


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of ``text`` in order."""
    return iter(Sentences(text))


def bounds(text: str, at: int) -> tuple[int, int]:
    """The sentence around a character; for several of one text, ask :class:`Sentences`."""
    return Sentences(text).around(at)


def _ends(text: str, stop: re.Match[str]) -> bool:
    """The second look at a stop: what stands on both sides of it."""
    following = stop.end()
    if text[following].islower():
        return False
    if stop.groupdict().get("short") is None:
        return True
    word = text[max(0, stop.start() - 6) : stop.start()]
    word = _LAST_WORD.findall(word)[0]
    if word in _TITLES:
        return False
    if word in _NUMBERED:
        return not text[following].isdigit()
    return _AFRESH.match(text, following) is not None
