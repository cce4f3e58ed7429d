"""Bylines and lists of authors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.article import Author
from searchkit.errors import InvalidArticle
from searchkit.readers.byline import BY, is_role, parse_authors, parse_byline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- By Alec Luhn in Moscow and Josie Ensor in Beirut",
            ["Alec Luhn in Moscow", "Josie Ensor in Beirut"],
        ),
        ("By Ann Lee", ["Ann Lee"]),
        ("BY ANN LEE IN CAIRO", ["ANN LEE in CAIRO"]),
        ("By Ann Lee and Bo Chan in Cairo", ["Ann Lee in Cairo", "Bo Chan in Cairo"]),
        ("By Ann Lee, Bo Chan and Cy Dee", ["Ann Lee", "Bo Chan", "Cy Dee"]),
        ("By Ann Lee, Bo Chan, and Cy Dee", ["Ann Lee", "Bo Chan", "Cy Dee"]),
        ("By Ann Lee, Bo Chan in Rome and Cy Dee", ["Ann Lee in Rome", "Bo Chan in Rome", "Cy Dee"]),
        ("By Ann Lee in Kabul and Herat", ["Ann Lee in Kabul and Herat"]),
        ("By Ann Lee in Washington, D.C., and Bo Chan", ["Ann Lee in Washington, D.C.", "Bo Chan"]),
        ("By Tom Ashworth at Meridian Park", ["Tom Ashworth in Meridian Park"]),
        ("By Ann Lee, Defence Editor", ["Ann Lee"]),
        ("By Ann Lee, Defence Editor in Kabul", ["Ann Lee in Kabul"]),
        ("By Ann Lee Middle East Correspondent in Beirut", ["Ann Lee in Beirut"]),
        ("By Ann Lee DEPUTY POLITICAL EDITOR", ["Ann Lee"]),
        ("BY ANN LEE POLITICAL CORRESPONDENT", ["ANN LEE"]),
        ("By Ann Lee for Reuters", ["Ann Lee"]),
        ("By Ann Lee in Rome for the Daily Post", ["Ann Lee in Rome"]),
        ("By Ann Lee of The Associated Press", ["Ann Lee"]),
        ("By Ann Lee, Reuters", ["Ann Lee"]),
        ("By Ann Lee (AFP) @annlee", ["Ann Lee"]),
        ("By Our Foreign Staff", ["Our Foreign Staff"]),
        ("By Van Editor", ["Van Editor"]),
        ("By Associated Press", ["Associated Press"]),
        ("Words: by Ann Lee", ["Ann Lee"]),
        ("By Ann Lee, Moscow", ["Ann Lee in Moscow"]),
        ("By Ann Lee, MP", ["Ann Lee, MP"]),
        ("By Ann Lee near Kyiv", ["Ann Lee in Kyiv"]),
        ("By Ann Lee, Associated Press", ["Ann Lee"]),
        ("By Ann Lee | AP", ["Ann Lee"]),
        ("By Ann Lee. ", ["Ann Lee"]),
        ("By Ann Lee Jr.", ["Ann Lee Jr."]),
        ("By Ann Lee Photographs by Bo Chan", ["Ann Lee"]),
        ("Words by Ann Lee, photographs by Bo Chan", ["Ann Lee"]),
        ("By Ann Lee Exclusive", ["Ann Lee"]),
    ],
)
def test_a_byline_gives_names_and_places(text: str, expected: list[str]) -> None:
    assert [str(author) for author in parse_authors(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Lee, Ann; Chan, Bo", ["Lee, Ann", "Chan, Bo"]),
        ("Ann Lee and Bo Chan", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee, Bo Chan & Cy Dee", ["Ann Lee", "Bo Chan", "Cy Dee"]),
        ("Ann Lee/Bo Chan", ["Ann Lee", "Bo Chan"]),
        ("N/A", ["N/A"]),
        ("Reuters", ["Reuters"]),
        ("Staff and agencies", ["Staff and agencies"]),
        ("Ann Lee, Political Editor", ["Ann Lee"]),
        ("Byron Lee", ["Byron Lee"]),
    ],
)
def test_a_text_of_authors_is_parted(text: str, expected: list[str]) -> None:
    assert parse_authors(text) == tuple(map(Author, expected))


def test_a_field_named_byline_may_name_places_without_by() -> None:
    assert parse_authors("Ann Lee in Rome", byline=True) == (Author("Ann Lee", "Rome"),)
    assert parse_authors("Ann Lee in Rome") == (Author("Ann Lee in Rome"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Von Anna Klein", "Anna Klein"),
        ("Par Jean Petit", "Jean Petit"),
        ("From Ann Lee in Paris", "Ann Lee in Paris"),
        ("Von Miller", "Von Miller"),
        ("- Staff Reporter", "Staff Reporter"),
    ],
)
def test_a_byline_may_begin_otherwise(text: str, expected: str) -> None:
    assert [str(author) for author in parse_authors(text, byline=True)] == [expected]


def test_entries_of_a_list_are_one_author_each() -> None:
    given_ = ["By Ann Lee", "Perlis, A. J.", {"name": "Bo Chan", "place": "Rome"}, "Smith and Sons", " "]
    assert parse_authors(given_) == (
        *(Author("Ann Lee"), Author("Perlis, A. J."), Author("Bo Chan", "Rome"), Author("Smith and Sons")),
    )


def test_objects_of_services_are_understood() -> None:
    assert parse_authors({"original": "By Ann Lee and Bo Chan"}) == (Author("Ann Lee"), Author("Bo Chan"))
    assert parse_authors([{"firstName": "Ann", "lastName": "Lee"}]) == (Author("Ann Lee"),)


@pytest.mark.parametrize("value", [5, True, [5], [["Ann Lee"]], {"place": "Rome"}, [{}]])
def test_what_names_nobody_is_refused(value: object) -> None:
    with pytest.raises(InvalidArticle, match="authors") as caught:
        parse_authors(value)
    assert caught.value.field == "authors"


def test_roles_are_told_from_names() -> None:
    assert is_role("Political Editor")
    assert is_role("CHIEF SPORTS WRITER")
    assert not is_role("Ann Lee")
    assert not is_role("A narrow vote")


@given(st.text())
def test_any_text_gives_named_authors(text: str) -> None:
    authors = parse_byline(text)
    assert all(author.name.strip() for author in authors)
    if not BY.match(text):
        assert bool(authors) == bool(text.strip())
