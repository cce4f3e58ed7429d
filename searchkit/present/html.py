"""HTML: the one place where texts are escaped for it."""

from __future__ import annotations

from html import escape

from searchkit.found import Snippet, Spans


def mark(text: str, spans: Spans, tag: str = "mark") -> str:
    """``text`` as HTML with an element ``tag`` around each span. Safe in elements and in quoted attributes.

    >>> mark("R&D rose", ((0, 3),))
    '<mark>R&amp;D</mark> rose'
    """
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += [escape(text[at:start]), f"<{tag}>", escape(text[start:end]), f"</{tag}>"]
        at = end
    return "".join([*pieces, escape(text[at:])])


def snippet_html(snippet: Snippet, tag: str = "mark") -> str:
    """A passage as HTML, its highlights marked."""
    return mark(snippet.text, snippet.highlights, tag)
