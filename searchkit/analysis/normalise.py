"""Text as every analyzer sees it: one form for what readers take for the same letters and words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LETTERS: Final = (
    "0-9A-Za-z\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02bb"
    "\u02bd-\u0374\u0376-\u037d\u037f-\u0386\u0388-\u1fff\u2070-\u218f\u2460-\u24ff\u2776-\u2793"
    "\u2c00-\u2dff\u2e2f\u3005-\u3007\u3021-\u3029\u3031-\ufefe\uff00-\uff06\uff08-\ufffd"
    "\U00010000-\U0010ffff"
)
"""Characters that may stand in a word, for a regular expression: wider than any Unicode table's letters and
digits, so that text is never parted here where an engine would not part it."""

IGNORABLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens, joiners and marks of width zero, which can stand unseen inside a word."""

_APOSTROPHES = "'’‘ʼ＇`´"

POSSESSIVE: Final = rf"(?:[{IGNORABLE}]*[{_APOSTROPHES}][{IGNORABLE}]*[sS](?![{IGNORABLE}]*[{LETTERS}]))+"
"""The ’s of Russia’s takes no position: "Russia military" and "Russia’s military" are one phrase."""

# The apostrophe comes first in these patterns, and the look behind it second: so the search leaps from one
# apostrophe to the next.
_ENDING = re.compile(
    rf"[{_APOSTROPHES}](?<=[{LETTERS}].)[sS](?![{LETTERS}])(?:[{_APOSTROPHES}][sS](?![{LETTERS}]))*"
)
_ASCII_ENDING = re.compile(r"['`](?<=[0-9A-Za-z].)[sS](?![0-9A-Za-z])(?:['`][sS](?![0-9A-Za-z]))*")
_IGNORED = re.compile(f"[{IGNORABLE}]")


def normalise(text: str) -> str:
    """``text`` in Unicode's NFC, without invisible marks and possessive endings.

    >>> normalise("Russia’s cafe\\u0301")
    'Russia café'
    """
    if text.isascii():
        return _ASCII_ENDING.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if any(mark in text for mark in IGNORABLE):
        text = _IGNORED.sub("", text)
    return _ENDING.sub("", text.replace("ʼ", "'"))
