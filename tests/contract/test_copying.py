"""Copying between any two engines: all of it, to the letter, and on from where it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import searchkit
from searchkit import Article, Author, IndexNotFound, InvalidRequest, copying
from tests.contract.conftest import NewPlace

ARTICLES = [
    Article(
        id=f"a{number}",
        headline=f"Ferry {number}",
        body=f"The captain’s café, {number}.\n\nEnd \u2028 \U0001f600",
        authors=(Author("Ann Lee", "Cork"),),
        published=None if number % 3 == 0 else date(1702, 3, 1 + number),
        extra={"n": [number, 0.1, 2**62], "a.b": {"c": None}},
    )
    for number in range(25)
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    with searchkit.create(
        tmp_path / "source.idx", language="de", zone="Europe/Berlin", profile="bm25"
    ) as index:
        index.add(ARTICLES)
    return tmp_path / "source.idx"


@pytest.fixture
def destination(new_place: NewPlace) -> Iterator[str | Path]:
    with new_place() as where:
        yield where


def test_all_of_it_there_and_back(source: Path, destination: str | Path, tmp_path: Path) -> None:
    report = searchkit.copy(source, destination)
    assert (report.read, report.copied, report.there, report.is_whole) == (25, 25, 0, True)
    report = searchkit.copy(destination, tmp_path / "back.idx")
    assert (report.copied, report.is_whole) == (25, True)
    for where in (destination, tmp_path / "back.idx"):
        with searchkit.open(where) as index:
            assert [index.get(article.id) for article in ARTICLES] == ARTICLES
            assert index.profile.name == "bm25"
            assert (index.engine.settings.language, index.engine.settings.zone) == ("de", "Europe/Berlin")


def test_it_goes_on_where_it_was(
    source: Path, destination: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGE", 10)

    def interrupt(read: int) -> None:
        if read == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        searchkit.copy(source, destination, on_progress=interrupt)
    report = searchkit.copy(source, destination)
    assert (report.read, report.copied, report.there, report.is_whole) == (25, 5, 20, True)
    assert searchkit.copy(source, destination).there == 25


def test_what_differs_is_copied_again_and_the_rest_left(source: Path, destination: str | Path) -> None:
    searchkit.copy(source, destination)
    with searchkit.open(destination) as index:
        index.add([Article(id="a1", body="changed"), Article(id="own", body="only here")])
    report = searchkit.copy(source, destination)
    assert (report.copied, report.there, report.others, report.is_whole) == (1, 24, 1, True)
    with searchkit.open(destination) as index:
        assert index.get("a1") == ARTICLES[1]
        assert index.get("own") is not None


def test_another_language_is_refused(source: Path, destination: str | Path) -> None:
    searchkit.create(destination, language="en").close()
    with pytest.raises(InvalidRequest, match="--language en"):
        searchkit.copy(source, destination)


def test_there_is_no_source(tmp_path: Path, destination: str | Path) -> None:
    with pytest.raises(IndexNotFound):
        searchkit.copy(tmp_path / "none.idx", destination)
    with pytest.raises(IndexNotFound):
        searchkit.open(destination)


def test_a_folder_is_no_copy_of_itself(source: Path) -> None:
    with pytest.raises(InvalidRequest, match="itself"):
        searchkit.copy(source, source)
