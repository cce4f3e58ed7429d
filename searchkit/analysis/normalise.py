"""Text as every analyzer sees it: one form for what readers take for the same letters and words."""

from __future__ import annotations

import unicodedata
from typing import Final

from searchkit.regex import regex

IGNORABLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens, joiners and marks of width zero, which can stand unseen inside a word."""

SEPARATORS: Final = (
    r"\x00-/:-@\[-`{-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u02bc\u0375\u037e\u0387\u2000-\u200a"
    r"\u200e-\u205f\u2061-\u206f\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020"
    r"\u302a-\u3030\uff07\ufffe\uffff"
)
"""Signs and blanks that part words, for a regular expression. All else may stand in a word: more than any
Unicode table's letters and digits, so that text is never parted here where an engine would not part it."""

LETTER: Final = f"[^{SEPARATORS}{IGNORABLE}]"
LETTER_OR_MARK: Final = f"[^{SEPARATORS}]"

_APOSTROPHES = "'’‘ʼ＇`´"

POSSESSIVE: Final = rf"(?:[{IGNORABLE}]*[{_APOSTROPHES}][{IGNORABLE}]*[sS](?![{IGNORABLE}]*{LETTER}))+"
"""The ’s of Russia’s takes no position: "Russia military" and "Russia’s military" are one phrase."""

# A plain apostrophe, written for all others before, comes first in these patterns, and the look behind
# it second: so the search leaps from one apostrophe to the next.
_ENDING = regex(rf"'(?<={LETTER}.)[sS](?!{LETTER})(?:'[sS](?!{LETTER}))*")
_ASCII_ENDING = regex(r"'(?<=[0-9A-Za-z].)[sS](?![0-9A-Za-z])(?:'[sS](?![0-9A-Za-z]))*")
_IGNORED = regex(f"[{IGNORABLE}]")


def compose(text: str) -> str:
    """``text`` in Unicode's NFC: letters and accents as one character where there is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def normalise(text: str) -> str:
    """``text`` in Unicode's NFC, with plain apostrophes, without invisible marks and possessive endings.

    >>> normalise("Russia’s cafe\\u0301")
    'Russia café'
    """
    if text.isascii():
        text = text.replace("`", "'")
        return _ASCII_ENDING.sub("", text) if "'" in text else text
    text = compose(text)
    if any(mark in text for mark in IGNORABLE):
        text = _IGNORED.sub("", text)
    for apostrophe in _APOSTROPHES[1:]:
        text = text.replace(apostrophe, "'")
    return _ENDING.sub("", text)
