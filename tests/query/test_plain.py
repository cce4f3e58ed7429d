"""The short way of reading a row of words gives what the parser gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.limits import CLAUSES, LENGTH
from searchkit.query import Row, Word, parse, walk
from searchkit.query.plain import plain_row

WORDS = "dam Dam WHO and AND or OR not NOT near NEAR adj within w s before published date Ærø ²".split()
TYPED = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=8).map(" ".join)


@given(TYPED)
def test_it_is_what_the_parser_reads(text: str) -> None:
    row = plain_row(text)
    if row is None:
        return
    parsed = parse(f"({text})", strict=True)
    assert (parsed.query, parsed.warnings) == (row, ())
    assert all(text[slice(*word.span)] == word.text for word in walk(row) if isinstance(word, Word))


def test_most_queries_take_it() -> None:
    assert plain_row("Northgate dam collapse") == Row((Word("Northgate"), Word("dam"), Word("collapse")))
    assert plain_row(" dam ") == Word("dam")


def test_all_else_is_the_parsers() -> None:
    for text in ("", " ", "dam AND flood", "not a dam", "dam2", "al-Assad", '"a dam"', "text:dam", "dam*"):
        assert plain_row(text) is None
    assert plain_row("a " * (CLAUSES + 1)) is None
    assert plain_row("a" * (LENGTH + 1)) is None
