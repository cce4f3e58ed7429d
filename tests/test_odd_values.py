"""Values that other programs have: taken as they are, or listed as bad, and never more than that."""

from __future__ import annotations

import copy
import pickle
from collections import UserDict
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import searchkit
from searchkit import Article, QueryError, UnsupportedQuery
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
