"""Records under the names that archives use → articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.article import Article, Author
from searchkit.errors import InvalidArticle, InvalidRequest
from searchkit.readers import Reading, record_to_article
from searchkit.readers.names import ALIASES, find


def article(**record: Any) -> Article:
    return record_to_article({"headline": "H", **record})


def test_the_table_has_every_field_of_an_article() -> None:
    assert list(ALIASES) == [field.name for field in fields(Article)]


@pytest.mark.parametrize(("field", "name"), [(f, a) for f, names in ALIASES.items() for a in (f, *names)])
def test_every_name_is_known_in_any_spelling(field: str, name: str) -> None:
    camel = "".join(part.capitalize() for part in name.split("_"))
    for spelling in (name, name.upper(), name.replace("_", "-"), name.replace("_", " "), camel):
        assert find(spelling)[0] == field


def test_the_manual_has_every_name() -> None:
    manual = (Path(searchkit.__file__).parent / "help" / "reading.md").read_text(encoding="utf-8")
    for field, aliases in ALIASES.items():
        assert f"| `{field}` | {', '.join(f'`{alias}`' for alias in aliases)} |" in manual


def test_usual_records_are_understood() -> None:
    found = record_to_article(
        {
            "_id": 7,
            "Title": "Storm",
            "short_description": "It rained.",
            "By": "By Ann Lee in Rome",
            "articleBody": ["One.", "Two."],
            "source": {"id": None, "name": "The Post"},
            "news desk": "World",
            "pub-date": "2017-12-11T10:30:00Z",
            "keywords": "rain; wind, strong",
            "image_caption": "Rain",
            "print_page": 3,
            "lang": "en",
            "link": "https://post.example/1",
        }
    )
    assert found == Article(
        id="7",
        headline="Storm",
        standfirst="It rained.",
        authors=(Author("Ann Lee", "Rome"),),
        body="One.\n\nTwo.",
        publication="The Post",
        section="World",
        published=datetime(2017, 12, 11, 10, 30, tzinfo=timezone.utc),
        tags=("rain", "wind, strong"),
        captions=("Rain",),
        page="3",
        language="en",
        url="https://post.example/1",
    )


def test_the_new_york_times_objects_are_understood() -> None:
    byline: dict[str, Any] = {"original": "By Ann Lee and Bo Chan", "person": [], "organization": None}
    found = record_to_article(
        {"headline": {"main": "Storm", "kicker": "Weather"}, "byline": byline, "abstract": "It rained."}
    )
    assert (found.headline, found.authors) == ("Storm", (Author("Ann Lee"), Author("Bo Chan")))
    assert found.extra == {"headline": {"main": "Storm", "kicker": "Weather"}}


def test_own_names_win_then_the_order_of_the_table_and_losers_are_kept() -> None:
    found = article(content="three", text="two", body="one", title="T")
    assert (found.body, found.headline) == ("one", "H")
    assert found.extra == {"content": "three", "text": "two", "title": "T"}


def test_an_empty_name_does_not_win() -> None:
    found = article(body=" ", text=None, content="three", tags=[], section="")
    assert found == Article(headline="H", body="three")


def test_unknown_names_go_to_extra_beside_what_is_there() -> None:
    found = article(words=12, rating=None, extra={"words": 13, "desk_id": 0})
    assert found.extra == {"words": 12, "words_": 13, "desk_id": 0}


def test_a_mapping_has_precedence() -> None:
    reading = Reading(mapping={"headline": "Überschrift", "body": "Absätze"})
    found = record_to_article({"headline": "no", "ÜBERSCHRIFT": "yes", "Absätze": ["a", "b"]}, reading)
    assert (found.headline, found.body, found.extra) == ("yes", "a\n\nb", {"headline": "no"})


def test_the_reading_fills_in_what_is_not_known() -> None:
    reading = Reading(published=date(2017, 12, 11), publication="The Post")
    assert record_to_article({"title": "T"}, reading) == Article(
        headline="T", publication="The Post", published=date(2017, 12, 11)
    )
    own = record_to_article({"title": "T", "date": "2016-01-01", "paper": "The Sun"}, reading)
    assert (own.published, own.publication) == (date(2016, 1, 1), "The Sun")


def test_a_vague_date_is_kept_beside_an_undated_article() -> None:
    found = record_to_article(
        {"title": "T", "year": 5, "date": "2017-12"}, Reading(published=date(2016, 1, 1))
    )
    assert found.published is None
    assert found.extra == {"year": 5, "published": "2017-12"}


@pytest.mark.parametrize(
    ("given_", "expected"),
    [("a", "a"), (12, "12"), (-1, "-1"), (12.0, "12"), (2**63, str(2**63)), ({"$oid": "5f"}, "5f")],
)
def test_an_id_is_text(given_: object, expected: str) -> None:
    assert article(id=given_).id == expected


def test_the_url_is_the_id_where_there_is_none() -> None:
    assert article(url="https://a.example").id == "https://a.example"
    assert article(id="1", url="https://a.example").id == "1"
    assert article(url="https://a.example/" + "x" * 2000).id == ""
    assert article().id == ""


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({}, "body"),
        ({"headline": "", "body": "\n"}, "body"),
        ({"summary": "only"}, "body"),
        ({"title": True}, "headline"),
        ({"title": {"kicker": "x"}}, "headline"),
        ({"title": "T", "text": [["nested"]]}, "body"),
        ({"title": "T", "id": 1e300}, "id"),
        ({"title": "T", "id": 10**400}, "id"),
        ({"title": "T", "id": "x" * 1025}, "id"),
        ({"title": "T", "id": True}, "id"),
        ({"title": "T", "date": "soon"}, "published"),
        ({"title": "T", "date": {"from": 1}}, "published"),
        ({"title": "T", "authors": 5}, "authors"),
        ({"title": "T", "tags": [True]}, "tags"),
        ({"title": "\ud800"}, "headline"),
        ({"title": "T", "other": {"\ud800": 1}}, "extra"),
        ({"title": "T", "other": {1, 2}}, "extra"),
        ({"title": "T", 5: "x"}, ""),
    ],
)
def test_what_does_not_fit_names_the_field(record: Mapping[str, Any], field: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        record_to_article(record)
    assert caught.value.field == field


def test_a_byline_that_says_more_is_kept_whole() -> None:
    assert article(byline="By Ann Lee, Defence Editor").extra == {"byline": "By Ann Lee, Defence Editor"}
    assert article(byline="By Ann Lee in Rome").extra == {}


def test_objects_that_say_more_are_kept_whole() -> None:
    assert article(source={"id": "p", "name": "The Post"}).extra == {
        "source": {"id": "p", "name": "The Post"}
    }
    assert article(authors=[{"name": "Ann Lee", "place": "Rome"}]).extra == {}


@pytest.mark.parametrize(
    "options",
    [
        {"format": "xml"},
        {"encoding": "nonsense"},
        {"encoding": "rot13"},
        {"mapping": {"title": "x"}},
        {"date_from_path": "%Y"},
    ],
)
def test_a_reading_that_makes_no_sense_is_refused(options: Mapping[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        Reading(**options)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
NAME = st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", fullmatch=True)
ARTICLES = st.builds(
    Article,
    id=TEXT.filter(bool),
    headline=TEXT.filter(bool),
    standfirst=TEXT,
    authors=st.lists(st.builds(Author, NAME, TEXT), max_size=3).map(tuple),
    body=TEXT,
    pull_quotes=st.lists(TEXT.filter(bool), max_size=2).map(tuple),
    tags=st.lists(TEXT.filter(bool), max_size=2).map(tuple),
    published=st.none() | st.dates() | st.datetimes(),
    url=TEXT,
    extra=st.dictionaries(TEXT, st.integers(-(2**63), 2**63 - 1) | TEXT, max_size=3),
)


@settings(deadline=None)
@given(ARTICLES)
def test_an_exported_article_is_read_back(article_: Article) -> None:
    assert record_to_article(article_.to_dict()) == article_


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([a for f, n in ALIASES.items() for a in (f, *n)]) | st.text(), JSON))
def test_any_record_is_an_article_or_invalid(record: dict[str, Any]) -> None:
    try:
        found = record_to_article(record)
    except InvalidArticle as error:
        assert error.message
    else:
        assert found.headline or found.body.strip()
