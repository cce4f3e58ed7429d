"""Queries put to an index: plain words unless they are to be read as typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import Index
from searchkit.evaluate.retrieval import Retrieval, plain
from searchkit.profile import NEWS
from searchkit.query import Row, Word, parse
from searchkit.query.words import has_word

TYPED = st.text(st.sampled_from('ab "()*?~^:\\+-/“” ANDORT\n'), max_size=40)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with searchkit.create(tmp_path_factory.mktemp("index") / "x.idx") as made:
        made.add([{"id": f"ferry {n}", "headline": f"Ferry {n}", "body": "It sank."} for n in range(5)])
        made.add([{"id": "not", "headline": "Not the inquiry", "body": "Dams: what next?"}])
        yield made


@given(st.text(max_size=200) | TYPED)
def test_plain_text_is_a_row_of_words(text: str) -> None:
    words = tuple(Word(word) for word in text.split() if has_word(word))
    if not words:
        assert plain(text) == ""
        return
    parsed = parse(plain(text), strict=True)
    assert parsed.query == (Row(words) if len(words) > 1 else words[0])
    assert all("read as" in note for note in parsed.warnings)  # C++, AT+T: nothing is ignored


def test_operators_are_words_unless_read_as_typed(index: Index) -> None:
    topics = {"1": "inquiry NOT ferry", "2": '"ferry sank', "3": "?!", "4": "title:dams next?"}
    words, typed = Retrieval(index), Retrieval(index, as_typed=True)
    found, as_typed = words.run(topics, NEWS), typed.run(topics, NEWS)
    assert len(found["1"]) == 6 and [*as_typed["1"]] == ["not"]
    assert found["3"] == {}, "a query without words finds nothing, not everything"
    assert [*found["4"]] == ["not"]
    assert [*words.warnings] == ["query 4: no article has the word 'title'"], "no fault of reading"
    assert any(warning.startswith("query 2: ") for warning in typed.warnings)
    assert words.searched == typed.searched == 4


def test_hits_are_the_searchs_own_to_the_depth(index: Index) -> None:
    run = Retrieval(index, depth=3).run({"1": "ferry"}, NEWS)
    assert [*run["1"]] == [hit.id for hit in index.search("ferry", limit=3)]
    scores = [*run["1"].values()]
    assert scores == sorted(scores, reverse=True) and len({*scores}) == 3


def test_progress_is_told(index: Index) -> None:
    seen: list[int] = []
    Retrieval(index, on_query=seen.append).run({"1": "ferry", "2": "dam"}, NEWS)
    assert seen == [1, 2]
