"""What the readers of other services write for dates: patterns and what they are here, as templates.

:mod:`searchkit.query.foreign` makes rows of them.
"""

from __future__ import annotations

from typing import Final

DATE: Final = r"(?:[0-9]{4}(?:-[0-9]{1,2}){0,2}|[0-9]{4}(?:/[0-9]{1,2}){2}|[0-9]{4}-[Ww][0-9]{2}|[0-9]{8})"
"""A date in figures as it is written here."""
_MONTH: Final = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY: Final = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_WRITTEN: Final = rf"(?:{_DAY}\s+{_MONTH},?|{_MONTH}(?:\s+{_DAY})?,?)\s+[0-9]{{4}}"
YEAR_LAST: Final = r"[0-9]{1,2}(?:[./-][0-9]{1,2})?[./-](?:[0-9]{4}|[0-9]{2})"
"""A date in figures that is refused here: day and month cannot be told apart."""

_COMPARED: Final = (
    ("(?:after|aft|gtr)", ">"),
    ("(?:before|bef|lss)", "<"),
    ("(?:is|eq)", ""),
    ("geq", ">="),
    ("leq", "<="),
)
_BETWEEN: Final = (("from", "to"), ("between", "and"))


def _ranges(day: str, first: str, both: str) -> tuple[tuple[str, str], ...]:
    """What LexisNexis and Factiva write before a date; ``day`` is how one looks."""
    one, two = f"(?P<n>{day})", f"(?P<m>{day})"
    return (
        *((rf"(?i:date\s+{word})\s+{one}", first.format(sign=sign)) for word, sign in _COMPARED),
        *((rf"(?i:date\s+{word})\s+{one}\s+(?i:{to})\s+{two}", both) for word, to in _BETWEEN),
    )


RANGES: Final = (
    *_ranges(DATE, r"published:{sign}\g<n>", r"published:\g<n>..\g<m>"),
    *_ranges(_WRITTEN, r'published:"{sign}\g<n>"', r'published:"\g<n>..\g<m>"'),
)
"""``date after 2017``, ``date between 1 Dec 2006 and 15 Dec 2006``."""
UNREADABLE: Final = _ranges(YEAR_LAST, "published:{sign}YYYY-MM-DD", "published:YYYY-MM-DD..YYYY-MM-DD")
"""The same of dates that are refused here, and how they would be written."""
IN_PARENTHESES: Final = (
    *(
        (rf"(?i:date\(\s*{word})\s*(?P<open>\(\s*)?(?P<n>{DATE})(?(open)\s*\))\s*\)", rf"{sign}\g<n>")
        for word, sign in _COMPARED
    ),
    (
        rf"(?i:date\(\s*geq\s*(?P<open>\(\s*)?(?P<n>{DATE})(?(open)\s*\))\s+and"
        rf"\s+leq\s*(?P<shut>\(\s*)?(?P<m>{DATE})(?(shut)\s*\))\s*\))",
        r"\g<n>..\g<m>",
    ),
)
"""``date(geq (2007-01-01))``; the template is what stands behind ``published:``."""
