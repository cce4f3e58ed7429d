"""The short way of reading plain words and phrases gives what the parser gives."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.limits import CLAUSES, LENGTH
from searchkit.query import Not, Phrase, Query, Required, Row, Word, parse, walk
from searchkit.query.plain import plain_row

WORDS = "dam Dam WHO and AND or OR not NOT near NEAR adj within w s before published date Ærø ² 3".split()
JOINED = "U.S. al-Assad O'Brien O’Brien www.nw.example n5 covid-19 1.5 U.S dam. dam- a..b 'tis".split()
SPACES = st.sampled_from([" ", "  ", "\n"])
PLAIN = st.sampled_from([*WORDS, *JOINED]) | st.text(max_size=5)
QUOTED = st.lists(PLAIN, max_size=4).flatmap(lambda words: SPACES.map(lambda s: f'"{s.join(words)}"'))
ITEM = st.tuples(st.sampled_from(["", "", "", "+", "-", "--"]), PLAIN | QUOTED).map("".join)
TYPED = st.lists(ITEM, max_size=8).flatmap(lambda items: SPACES.map(lambda space: space.join(items)))


@given(TYPED)
@example('+"the who" +uk')
@example('-dam "a b "')
def test_it_is_what_the_parser_reads(text: str) -> None:
    row = plain_row(text)
    if row is None:
        return
    beside = parse(f"({text})", strict=True)
    assert (beside.query, beside.warnings) == (row, ())
    assert beside.excludes == parse(text).excludes == any(isinstance(node, Not) for node in walk(row))
    assert places(row) == [(start - 1, end - 1) for start, end in places(beside.query)]
    assert text[slice(*row.span)] == text.strip()


def places(query: Query) -> list[tuple[int, int]]:
    """Where everything below the root stands."""
    return [node.span for node in walk(query)][1:]


def test_most_queries_take_it() -> None:
    assert plain_row("Northgate dam collapse") == Row((Word("Northgate"), Word("dam"), Word("collapse")))
    assert plain_row(" dam ") == Word("dam")
    assert plain_row("al-Assad") == Word("al-Assad")
    assert plain_row('+dam -"oil price" U.S.') == Row(
        (Required(Word("dam")), Not(Phrase("oil price")), Word("U.S."))
    )
    assert plain_row("+dam") == Word("dam")


def test_all_else_is_the_parsers() -> None:
    for text in ("", " ", "dam AND flood", "not a dam", "dam2", '"a dam"~2', "text:dam", "dam*", "- dam"):
        assert plain_row(text) is None
    assert plain_row("a " * (CLAUSES + 1)) is None
    assert plain_row("a" * (LENGTH + 1)) is None
