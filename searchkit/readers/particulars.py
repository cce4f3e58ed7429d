"""What a line on top of a page says of the article, and nothing else: where and when it appeared.

``12 December 2017``, ``Page 13``, ``UK NEWS``; and several of them on a line, parted by bars, points,
commas or dashes: ``The Scotsman | Wednesday 5 October 2022 | Page 3``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, TypeAlias

from searchkit.errors import InvalidArticle
from searchkit.readers.byline import is_byline
from searchkit.readers.mastheads import is_edition, is_newspaper, is_section
from searchkit.readers.months import MONTH, WEEKDAY
from searchkit.readers.published import parse_published
from searchkit.regex import regex

Fields: TypeAlias = dict[str, Any]
"""Fields of an article, under the names that records use."""

MAX_LINE: Final = 120
"""Characters of the longest line that is looked at."""
_MAX_PARTS: Final = 12
_MAX_DATE: Final = 60

_GAP = regex(r"\s*[|·•]\s*|\s*[,;]\s+|\s+[-–—]\s+")
_PAGE = regex(
    r"(?:pages?|pg\.?|pp?\.?|seiten?|página|pagina)\s*([A-Z]?\d{1,3}[A-Z]?(?:\s?[-–]\s?\d{1,3})?)(?:\s+of\s+\d+)?",
    re.IGNORECASE,
)
_BARE_PAGE = regex(r"[A-H]?\d{1,3}")
_URL = regex(r"https?://\S+|www\.\S+\.\S+")
_WEEKDAY = regex(WEEKDAY, re.IGNORECASE)
_VAGUE_DATE = regex(
    rf"(?:{WEEKDAY}/{WEEKDAY},?\s+\d+\s?[-–]\s?\d+\s+)?{MONTH} \d{{4}}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}",
    re.IGNORECASE,
)
_DATE_INSIDE = regex(r"[^\W\d_]{3}|\d[-/.]\d")


def particulars(line: str) -> Fields | None:
    """The fields that a line fills; None if there is anything else on it."""
    if len(line) > MAX_LINE:
        return None
    if alone := _alone(line):
        return alone
    gaps = list(_GAP.finditer(line))
    if not 1 <= len(gaps) < _MAX_PARTS:
        return None
    starts, ends = [0, *(gap.end() for gap in gaps)], [*(gap.start() for gap in gaps), len(line)]
    found: Fields = {}
    at = 0
    while at < len(starts):
        for last in range(len(ends), at, -1):  # the longest first: dates have commas in them
            if last - at > 1 and _BARE_PAGE.fullmatch(line[starts[last - 1] : ends[last - 1]]):
                continue  # which would be the hour of a date
            fields = _beside_others(line[starts[at] : ends[last - 1]], found)
            if fields is not None and not fields.keys() & found.keys():
                found |= fields
                at = last
                break
        else:
            return None
    return found if {"published", "page"} & found.keys() else None


def date_of(text: str) -> date | None:
    """The day or instant that a text consists of."""
    if len(text) > _MAX_DATE or not _DATE_INSIDE.search(text):
        return None
    try:
        return parse_published(text)
    except InvalidArticle:
        return None


def _alone(line: str) -> Fields:
    """What a line by itself says; nothing if it is none of these."""
    if day := date_of(line):
        return {"published": day}
    if _VAGUE_DATE.fullmatch(line):
        return {"extra": {"published": line}}
    if page := _PAGE.fullmatch(line):
        return {"page": page[1]}
    if is_section(line):
        return {"section": line}
    if is_edition(line):
        return {"edition": line}
    return {"url": line} if _URL.fullmatch(line) else {}


def _beside_others(part: str, found: Fields) -> Fields | None:
    """What a part of a line says beside others; None if it says anything else."""
    if fields := _alone(part):
        return fields
    if not part or ("published" in found and _WEEKDAY.fullmatch(part)):
        return {}
    if _BARE_PAGE.fullmatch(part):
        return {"page": part}
    if is_newspaper(part) and not _GAP.search(part):
        return {"publication": part}
    return {"byline": part} if part and is_byline(part) else None
