"""What lists show is kept beside the articles, and is never other than what they say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import Article, Index
from searchkit.article import Author
from searchkit.card import Card, Texts, from_json, texts_from_json
from searchkit.engines.tantivy.cards import FILE, Cards, CardWriter
from searchkit.engines.tantivy.snapshot import TantivySnapshot
from searchkit.request import Sort

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CARDS = st.builds(Card, *[TEXTS] * 7)

FULL = Article(
    id="full",
    headline="Ferry returns",
    authors=(Author("Ann Lee", "Ardrossan"), Author("Bo Ek")),
    body="The ferry is back in the harbour.",
    publication="Harbour News",
    published=datetime(1987, 2, 26, 15, 1, tzinfo=timezone.utc),
    section="Local",
    url="https://news.example/ferry",
)
BARE = Article(id="bare", body="The ferry is late.")
OLD = Article(id="old", body="The ferry is new.", published=date(1623, 5, 4))


def listed(index: Index) -> list[Card]:
    """The cards of all articles, as a list of hits has them."""
    snapshot = index.engine.snapshot()
    found = snapshot.by_id(searchkit.plan.All(), limit=100)
    return snapshot.cards(found)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([FULL, BARE, OLD])
    return tmp_path / "x.idx"


def test_a_list_shows_what_the_articles_say(where: Path) -> None:
    with searchkit.open(where) as index:
        assert listed(index) == [Card.of(BARE), Card.of(FULL), Card.of(OLD)]
        hit = index.search("back")[0]
        assert (hit.id, hit.headline, hit.published) == ("full", FULL.headline, FULL.published)
        assert (hit.publication, hit.byline) == (FULL.publication, "Ann Lee in Ardrossan and Bo Ek")
        assert (hit.section, hit.url) == (FULL.section, FULL.url)


def test_a_list_reads_no_article(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: TantivySnapshot, handles: Sequence[object]) -> list[Article]:
        raise AssertionError(f"{len(handles)} articles are read")

    with searchkit.open(where) as index:
        monkeypatch.setattr(TantivySnapshot, "articles", refused)
        monkeypatch.setattr(TantivySnapshot, "_article", refused)
        assert [hit.id for hit in index.search("ferry", sort=Sort.OLDEST)] == ["old", "full", "bare"]
        assert {hit.headline for hit in index.iterate("ferry")} == {"Ferry returns", ""}


def test_a_view_keeps_its_cards_while_others_are_put_in(where: Path) -> None:
    with searchkit.open(where) as index:
        before = index.search("ferry", sort=Sort.OLDEST)
        index.add(
            [Article(id="old", headline="Changed", body="The ferry sank."), Article(id="n", body="New")]
        )
        index.delete("bare")
        assert [(hit.id, hit.headline) for hit in before] == [
            ("old", ""),
            ("full", "Ferry returns"),
            ("bare", ""),
        ]
        assert [card.headline for card in listed(index)] == ["Ferry returns", "", "Changed"]


def test_what_is_forgotten_leaves_the_others_where_they_are(where: Path) -> None:
    with searchkit.open(where) as index:
        with pytest.raises(KeyError), index.batch() as batch:
            batch.add([Article(id="lost", headline="Lost", body="x" * 2_000_000)])
            raise KeyError
        index.add([Article(id="next", headline="Next", body="Next.")])
        assert [card.headline for card in listed(index)] == ["", "Ferry returns", "Next", ""]


def test_a_card_too_long_to_be_kept_is_read_from_the_article(where: Path) -> None:
    long = Article(id="long", headline="word " * 20_000, body="Long.")
    with searchkit.open(where) as index:
        index.add([long, Article(id="short", headline="Short", body="Short.")])
        assert [card.headline for card in listed(index)] == ["", "Ferry returns", long.headline, "", "Short"]
    assert searchkit.check(where, deep=True) == []


@pytest.mark.parametrize("way", ["gone", "empty", "half", "flipped", "another's", "a folder", "unreadable"])
def test_cards_that_are_lost_are_read_from_the_articles_and_named(where: Path, way: str) -> None:
    file = where / FILE
    data = file.read_bytes()
    match way:
        case "gone" | "a folder":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "half":
            file.write_bytes(data[: len(data) // 2])
        case "flipped":
            file.write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
        case "another's":  # of equal length at the same place
            file.write_bytes(data.replace(b"Ferry", b"Other"))
        case _:
            file.chmod(0)
    if way == "a folder":
        file.mkdir()
    with searchkit.open(where) as index:
        assert listed(index) == [Card.of(BARE), Card.of(FULL), Card.of(OLD)]
    flaws = searchkit.check(where, deep=True)
    if way != "unreadable" or os.geteuid():
        assert {flaw.file for flaw in flaws} == {FILE}
    assert all(flaw.harmless for flaw in flaws)
    assert searchkit.repair(where, where.with_name("new")).rescued == 3
    assert searchkit.check(where.with_name("new"), deep=True) == []


def test_cards_put_in_where_others_were_lost_are_not_taken_for_them(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add(Article(id=f"a{n}", headline=f"First {n}", body="x") for n in range(50))
        (tmp_path / "x.idx" / FILE).unlink()
        index.add(Article(id=f"b{n}", headline=f"Other {n}", body="x") for n in range(50))
    with searchkit.open(tmp_path / "x.idx") as index:
        shown = {hit.id: hit.headline for hit in index.iterate()}
    assert shown == {
        f"{a}{n}": f"{word} {n}" for a, word in (("a", "First"), ("b", "Other")) for n in range(50)
    }


def test_what_a_killed_writer_left_behind_is_passed_over(where: Path) -> None:
    with (where / FILE).open("ab") as file:
        file.write(b"\x00\x50[half a ca")
    with searchkit.open(where) as index:
        index.add([Article(id="next", headline="Next", body="Next.")])
        assert [card.headline for card in listed(index)] == ["", "Ferry returns", "Next", ""]
    assert searchkit.check(where, deep=True) == []


def test_the_size_of_an_index_counts_its_cards(where: Path) -> None:
    with searchkit.open(where) as index:
        assert index.stats()["size_bytes"] >= sum(
            file.stat().st_size for file in [*(where / "tantivy").iterdir(), where / FILE]
        )


@given(CARDS)
def test_a_card_comes_back_as_it_was(card: Card) -> None:
    assert from_json(card.to_json().encode()) == card


@given(
    st.builds(
        Article,
        headline=TEXTS,
        standfirst=TEXTS,
        body=TEXTS.map("b".__add__),
        captions=st.lists(TEXTS).map(tuple),
        pull_quotes=st.lists(TEXTS).map(tuple),
        published=st.none() | st.dates(),
        extra=st.dictionaries(
            TEXTS, TEXTS | st.lists(TEXTS) | st.integers(-(2**53), 2**53) | st.floats(-1, 1)
        ),
    )
)
def test_texts_are_read_alone_as_with_their_article(article: Article) -> None:
    assert texts_from_json(article.to_json()) == Texts.of(article)
    with pytest.raises(ValueError):
        texts_from_json(article.to_json()[:-1])


@given(st.lists(CARDS, max_size=8), st.integers(0, 8))
def test_cards_are_read_from_their_places(
    tmp_path_factory: pytest.TempPathFactory, cards: list[Card], cut: int
) -> None:
    path = tmp_path_factory.mktemp("cards")
    places = []
    for some in (cards[:cut], cards[cut:]):
        writer = CardWriter(path)
        places += [writer.append(card.to_json()) for card in some]
        writer.sync()
    found = Cards(path).read([None, *places, 0, 2**63 - 1])
    assert found == [None, *cards, None, None]
    shutil.rmtree(path)
