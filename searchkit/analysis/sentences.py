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

from searchkit.regex import regex


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
    Inc Corp Co Cos Ltd Plc Bros Cie Jr Sr Esq etc al est Dept Assn Univ Ave Blvd Rd Ph Mon Tue
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


_CLOSING: Final = "\"'”’»›)\\]}"
_SHORT: Final = "|".join(
    rf"(?<=\b{word}\.)"
    for word in (
        r"[^\W\d_]",
        *(rf"[A-Z][a-z]{{{length}}}" for length in range(1, 6)),
        "(?:al|ch|no|pp|vs)",
        "(?:art|est|etc|fig|nos|sec|vol)",
    )
)
"""Behind the full stop of a single letter or of a word that may be an abbreviation, by its looks."""

_LONG: Final = r"(?<=[a-z]{4}\.)(?<![A-Z][a-z]{4}\.)(?<![A-Z][a-z]{5}\.)"
"""Behind that of most words: they are told from those at once."""


def _stop(mark: str) -> re.Pattern[str]:
    """What ends a sentence at ``mark``, with the white space before the next.

    There is a group where that takes a second look. Each pattern begins with one character, which Python
    finds many times faster than one of several, and none reads on behind the white space: linear time.
    """
    if mark == "\n":
        return regex(r"\n[^\S\n]*\n\s*")
    short = rf"(?=[{_CLOSING}\s])(?:{_LONG}|(?P<short>{_SHORT})|)" if mark == "." else ""
    following = rf"(?:(?=[0-9A-Z$£€¿¡(\[{{{_QUOTES}])|(?=(?P<foreign>[^\W\x00-\x7f])))"
    return regex(rf"[{mark}]{short}(?: |[{_CLOSING}]{{0,3}}\s+){following}")


_FULL_STOP: Final = _stop(".")
_RARE_STOPS: Final = {mark: _stop(mark) for mark in "\n?!…"}
_WORD: Final = regex(r"\w+")
_NEXT_WORD: Final = regex(r"\w+(?=[\s,])")


class Sentences:
    """The sentences of a text, each as (start, end) without the white space around it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [len(text) - len(text.lstrip())]
        for mark, stop in _RARE_STOPS.items():
            if mark in text:
                self._starts += self._behind(stop)
        self._starts.append(len(text))
        self._starts.sort()
        self._last = self._starts[0]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        starts = sorted([*self._starts, *self._behind(_FULL_STOP)])
        for start, following in pairwise(starts):
            if start < following:
                yield start, self._trimmed(start, following)

    def around(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character ``at``; white space belongs to the sentence before it.

        Only the full stops next to it are looked at, and none twice if it is asked from left to right.
        """
        text = self._text
        i = bisect_right(self._starts, at, 1, len(self._starts) - 1)
        start, following = self._starts[i - 1], self._starts[i]
        if start < self._last <= at:
            start = self._last
        dot = text.rfind(".", start, at)
        while dot >= 0:
            stop = _FULL_STOP.match(text, dot)
            if stop and (stop.lastindex is None or _ends(text, stop)):
                if stop.end() <= at:
                    start = stop.end()
                    break
                following = stop.end()
            dot = text.rfind(".", start, dot)
        stop = _FULL_STOP.search(text, at, following + 1)
        while stop and stop.lastindex and not _ends(text, stop):
            stop = _FULL_STOP.search(text, stop.end(), following + 1)
        self._last = stop.end() if stop else following
        return start, self._trimmed(start, self._last)

    def _behind(self, stop: re.Pattern[str]) -> list[int]:
        """Where sentences start behind stops."""
        text = self._text
        stops = stop.finditer(text, self._starts[0])
        return [each.end() for each in stops if each.lastindex is None or _ends(text, each)]

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self._text[start:end].rstrip())


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of ``text`` in order."""
    return iter(Sentences(text))


def bounds(text: str, at: int) -> tuple[int, int]:
    """The sentence around a character; for several of one text, ask :class:`Sentences`."""
    return Sentences(text).around(at)


def _ends(text: str, stop: re.Match[str]) -> bool:
    """The second look at a stop that has a group: what stands on both sides of it."""
    following = stop.end()
    if text[following].islower():
        return False
    if text[stop.start()] != "." or stop["short"] is None:
        return True
    word = _WORD.findall(text, stop.start() - 6, stop.start())[-1]
    if word in _TITLES:
        return False
    if word in _NUMBERED:
        return not text[following].isdigit()
    return not (word in _SHORTENED or len(word) == 1) or _begins_afresh(text, following)


def _begins_afresh(text: str, at: int) -> bool:
    """Whether what stands there hardly belongs to a name that begins with an abbreviation."""
    word = _NEXT_WORD.match(text, at)
    return text[at] in _QUOTES or (word is not None and word[0] in _STARTERS)
