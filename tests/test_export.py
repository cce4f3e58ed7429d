"""What goes in comes out: an export has every article as it was put in, byte for byte."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta, timezone
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit import Article, Author
from searchkit.cli import app, load

texts = st.text(st.characters(codec="utf-8"), max_size=30)
several = st.lists(texts, max_size=3).map(tuple)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
numbers = st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
articles = st.builds(
    Article,
    id=texts,
    headline=texts.filter(str.strip),
    standfirst=texts,
    authors=st.lists(st.builds(Author, texts, texts), max_size=3).map(tuple),
    dateline=texts,
    body=texts,
    pull_quotes=several,
    captions=several,
    publication=texts,
    edition=texts,
    section=texts,
    page=texts,
    published=st.none() | st.dates() | st.datetimes(timezones=st.none() | zones),
    language=texts,
    url=texts,
    tags=several,
    extra=st.dictionaries(texts, values, max_size=3),
)


def export(index: Path, output: Path) -> list[bytes]:
    load()
    app(["export", "-i", str(index), "-o", str(output)], standalone_mode=False)
    return sorted(output.read_bytes().removesuffix(b"\n").split(b"\n"))


@settings(max_examples=30, deadline=None)
@given(st.lists(articles, min_size=1, max_size=8))
def test_an_export_has_all_articles_as_they_were_put_in(given: list[Article]) -> None:
    expected = {}
    for number, article in enumerate(given):
        named = article.with_id(f"{number} {article.id}")
        expected[named.id] = named
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with searchkit.create(place / "x.idx") as index:
            assert index.add(expected.values()).added == len(expected)
            assert index.check(deep=True) == []
        exported = export(place / "x.idx", place / "x.jsonl")
        assert exported == sorted(article.to_json() for article in expected.values())
        assert {each.id: each for each in map(Article.from_dict, map(json.loads, exported))} == expected
