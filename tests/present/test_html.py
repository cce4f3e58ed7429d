"""Marks in HTML."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.found import Snippet, Spans
from searchkit.present.html import mark, snippet_html


def test_marks_stand_around_their_spans_and_everything_is_escaped() -> None:
    assert mark("<b>R&D</b>", ((3, 6),)) == "&lt;b&gt;<mark>R&amp;D</mark>&lt;/b&gt;"
    assert mark("\"a\" & 'b'", ()) == "&quot;a&quot; &amp; &#x27;b&#x27;"
    assert mark("ab", ((0, 1), (1, 2)), "em") == "<em>a</em><em>b</em>"


def test_a_snippet_brings_its_own_spans() -> None:
    assert snippet_html(Snippet("body", "oil & gas", ((0, 3),)), "b") == "<b>oil</b> &amp; gas"


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Spans]:
    text = draw(st.text(st.sampled_from("a<>&\"'é😀"), max_size=20))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)))))
    return text, tuple(zip(cuts[::2], cuts[1::2], strict=False))


@given(marked())
def test_no_character_is_lost_or_left_raw(example: tuple[str, Spans]) -> None:
    text, spans = example
    pieces = mark(text, spans).split("<mark>")
    inside = [piece.split("</mark>")[0] for piece in pieces[1:]]
    plain = "".join(pieces).replace("</mark>", "")
    assert [unescape(piece) for piece in inside] == [text[start:end] for start, end in spans]
    assert unescape(plain) == text
    assert not set(plain) & set("<>\"'")


@pytest.mark.parametrize("text", ["", "oil"])
def test_without_spans_the_text_is_escaped_alone(text: str) -> None:
    assert mark(text, ()) == text
