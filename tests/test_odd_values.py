"""Values that other programs have: taken as they are, or listed as bad, and never more than that."""

from __future__ import annotations

import copy
import pickle
import unicodedata
from collections import UserDict
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import searchkit
from searchkit import Article, IndexNotFound, InvalidRequest, QueryError, SourceError, UnsupportedQuery
from searchkit.engines.tantivy.links import Links
from searchkit.query import parse
from searchkit.schema import instant_number


class SafeString(str):
    """As Django's: its text is itself."""

    def __str__(self) -> str:
        return self


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "article",
    [
        Article(headline=SafeString("dam"), publication=SafeString("The Courier")),
        Article(headline="dam", extra=MappingProxyType({"desk": "news", "by": MappingProxyType({"a": 1})})),
        Article(headline="dam", extra=UserDict(desk="news")),
    ],
)
def test_what_can_be_kept_is_kept(tmp_path: Path, article: Article) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        assert index.add([article]).added == 1
        (hit,) = index.search("dam")
        assert hit.headline == hit.article.headline == "dam"


@pytest.mark.parametrize(
    "odd",
    [
        *({"desk": nested(levels)} for levels in range(250, 258)),
        {"desk": 10**5000},
        {"authors": [{"name": "Ann", 1: 2}]},
    ],
    ids=lambda _: "",
)
def test_what_cannot_be_kept_is_listed(tmp_path: Path, odd: dict[str, Any]) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        report = index.add([{"headline": "dam"}, {"headline": "odd"} | odd])
        assert report.added + report.rejected == 2
        assert len(index.search("dam")) == 1


def test_errors_are_handed_from_process_to_process() -> None:
    with pytest.raises(QueryError) as caught:
        parse("(dam", strict=True)
    unsupported = UnsupportedQuery("no", node="Wildcard", engine="x", hint="y")
    for error in (caught.value, unsupported, searchkit.InvalidArticle("no", field="body")):
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert type(again) is type(error) and vars(again) == vars(error) and str(again) == str(error)


def test_a_fraction_of_a_second_belongs_to_its_second() -> None:
    for year in (1950, 2017):
        moment = datetime(year, 6, 1, 12, 0, 0, tzinfo=timezone.utc)
        assert instant_number(moment.replace(microsecond=999_999)) == instant_number(moment)


def test_a_forked_process_leaves_the_links_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = Links(tmp_path)
    with monkeypatch.context() as forked:
        forked.setattr("os.getpid", lambda: -1)
        links.remove()
    assert links.folder.is_dir()
    links = Links(tmp_path)
    links.remove()
    assert not links.folder.exists()


@pytest.mark.parametrize("name", ["extra." + "é" * 600, "extra.\ud800", "extra.", "", 3])
def test_a_name_that_no_field_has_is_refused(tmp_path: Path, name: Any) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([{"headline": "dam"}])
        for request in ({"facets": [name]}, {"where": {name: "x"}}):
            with pytest.raises(InvalidRequest, match="no filter on"):
                index.search("dam", **request)
        assert index.search(f"{name}:dam") is not None


@pytest.mark.parametrize("key", ["gro\u0308ße", "größe", "हिन्दी", "מִלָּה", "คำ"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_key_is_found_however_its_letters_are_written(tmp_path: Path, key: str, form: str) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([{"headline": "dam", "extra": {key: "high"}}])
        name = f"extra.{unicodedata.normalize(form, key)}"  # type: ignore[arg-type]
        for query in (f"{name}:high", f"exists:{name}", f"{name} :high dam"):
            assert len(index.search(query)) == 1
        assert len(index.search("dam", where={name: "high"})) == 1
        (facet,) = index.search("dam", facets=name).facets.values()
        assert [(each.value, each.count) for each in facet] == [("high", 1)]


def test_a_path_that_no_file_can_have(tmp_path: Path) -> None:
    for action in (searchkit.open, searchkit.create, searchkit.check):
        with pytest.raises(IndexNotFound, match="no folder can be called that"):
            action("a\0b")
    with searchkit.create(tmp_path / "x.idx") as index, pytest.raises(SourceError, match="null byte"):
        index.search("dam", profile="a\0b.toml")


def test_equal_articles_are_one_in_a_set() -> None:
    articles = [Article(id="a", headline="Dam", extra={"desk": ["news"]}) for _ in range(2)]
    assert len({*articles, Article(id="a", headline="Dam")}) == 2
