"""A writer that has put in much leaves few segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timezone
from pathlib import Path

import pytest

import searchkit
from searchkit import Article, WriteFailed
from searchkit.document import document
from searchkit.engines.tantivy.commit import Segment
from searchkit.engines.tantivy.joining import lacks_segments
from searchkit.engines.tantivy.writer import TantivyWriter
from searchkit.index import Index


def of_sizes(*sizes: int, deleted: int = 0) -> list[Segment]:
    return [Segment(f"{size:032x}", size, deleted, "", {}) for size in sizes]


@pytest.mark.parametrize(
    "sizes",
    [
        [6_000] * 4,
        [9_000, 8_000, 7_000, 1],
        [3_000, 2_000],
        [400_000, 50_000, *[6_000] * 5],
        [20_000, 12_500, *[6_000] * 4],  # 12,500 is near enough to 20,000 to be of its level
        [16_800, *[6_000] * 4],
    ],
)
def test_small_segments_lack_others(sizes: list[int]) -> None:
    assert lacks_segments(of_sizes(*sizes), added=100_000)


@pytest.mark.parametrize(
    "sizes",
    [
        [18_000, *[12_500] * 4],  # a segment of one article would be of another level
        [12_000],
        [3_000] * 8,  # they are being joined
        [1_000] * 4,
        [],
    ],
)
def test_large_few_and_tiny_segments_are_left_alone(sizes: list[int]) -> None:
    assert not lacks_segments(of_sizes(*sizes), added=100_000)


def test_what_came_in_small_portions_is_left_alone() -> None:
    assert lacks_segments(of_sizes(*[6_000] * 4), added=12_000)
    assert not lacks_segments(of_sizes(*[6_000] * 4), added=11_999)
    assert lacks_segments(of_sizes(26_000, 26_001, 26_002, 26_003, deleted=20_000), added=12_000 + 3)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """One whose every commit is one segment."""
    monkeypatch.setattr("searchkit.engines.tantivy.writing.MAX_THREADS", 1)
    with searchkit.create(tmp_path / "x.idx") as index:
        yield index


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few dozen articles are worth joining."""
    monkeypatch.setattr("searchkit.engines.tantivy.joining.WORTH", 60)


def ferries(name: str) -> list[Article]:
    return [Article(id=f"{name}{n}", headline=f"Ferry {name}", body="It is late.") for n in range(20)]


def put_in(index: Index, names: str) -> None:
    """Twenty of each name, in a commit of their own."""
    with index.batch() as batch:
        for name in names:
            batch.add(ferries(name))
            batch.commit()


def segments(index: Index) -> int:
    return int(index.stats()["segments"])


def found(index: Index) -> dict[str, int]:
    return Counter(hit.id[0] for hit in index.search("ferry", limit=1_000))


@pytest.mark.usefixtures("small")
def test_small_segments_are_joined(index: Index) -> None:
    put_in(index, "abcd")
    assert segments(index) == 1
    assert found(index) == dict.fromkeys("abcd", 20)
    assert index.check(deep=True) == []


def test_without_enough_in_them_they_are_not(index: Index) -> None:
    put_in(index, "abcd")
    assert segments(index) == 4


@pytest.mark.usefixtures("small")
def test_a_small_portion_joins_nothing(index: Index) -> None:
    for name in "abc":
        put_in(index, name)
    assert segments(index) == 3
    put_in(index, "defg")
    assert segments(index) == 1


@pytest.mark.usefixtures("small")
def test_what_was_taken_out_or_replaced_stays_so(index: Index) -> None:
    with index.batch() as batch:
        put_in(index, "abcd")
        batch.delete(["d19", "d18"])
        batch.add([Article(id="d17", headline="Captain")])
        batch.commit()
    assert segments(index) == 1
    assert found(index) == {"a": 20, "b": 20, "c": 20, "d": 17}
    assert [hit.id for hit in index.search("captain")] == ["d17"]


@pytest.mark.usefixtures("small")
def test_what_is_not_committed_is_not_kept_by_it(index: Index) -> None:
    with index.engine.writer(wait=0, on_wait=print) as writer:
        for name in "abcd":
            for article in ferries(name):
                writer.add(document(article, timezone.utc), replaces=False)
            writer.commit()
        writer.delete("a0")
    assert found(index) == dict.fromkeys("abcd", 20)


def test_without_room_all_is_in_nevertheless(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def settle(_: TantivyWriter) -> None:
        raise WriteFailed("the disk is full")

    monkeypatch.setattr(TantivyWriter, "settle", settle)
    put_in(index, "ab")
    assert found(index) == {"a": 20, "b": 20}
