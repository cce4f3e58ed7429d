"""Pages as a person reads them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.article import Article, Author
from searchkit.readers import Reading, record_to_article
from searchkit.readers.page import read_page

ROOT = Path(__file__).parents[2]
PROSE = (
    "The prime minister told the Commons yesterday that the government would not give way to the demands of "
    "the rebels, whatever the cost might be to his own position and that of his party."
)
MORE = "“We have been patient for eleven years,” said one of them. “We shall not be patient for twelve.”"


def page(*blocks: str, **reading: Any) -> Article:
    options = Reading(**reading)
    return record_to_article(read_page("\n\n".join(blocks), options.publication), options)


def test_the_founding_example() -> None:
    """Publication, two authors with places, whole paragraphs, a quote and a caption once, no furniture."""
    found = page(
        "The Daily Telegraph",
        "Russian forces to start pulling out of ‘liberated’ Syria",
        "- By Alec Luhn in Moscow and Josie Ensor in Beirut",
        PROSE,
        "“If the terrorists raise their head again, we will hit them,” Mr Putin said.",
        "Russia has been drafting an agreement to deploy warplanes, further increasing its presence in the",
        "Middle East.",
        "‘If the terrorists raise their head again, we will hit them’",
        " ??  ?? Vladimir Putin flies to Khmeimim air base\nVladimir Putin flies to Khmeimim air base",
        "Newspapers in English",
        "Newspapers from United Kingdom",
    )
    assert found == Article(
        publication="The Daily Telegraph",
        headline="Russian forces to start pulling out of ‘liberated’ Syria",
        authors=(Author("Alec Luhn", "Moscow"), Author("Josie Ensor", "Beirut")),
        body=f"{PROSE}\n\n“If the terrorists raise their head again, we will hit them,” Mr Putin said.\n\n"
        "Russia has been drafting an agreement to deploy warplanes, further increasing its presence in the "
        "Middle East.",
        pull_quotes=("‘If the terrorists raise their head again, we will hit them’",),
        captions=("Vladimir Putin flies to Khmeimim air base",),
    )


def test_the_shared_seed() -> None:
    seeds = sorted((ROOT / "../shared/seeds").glob("*.txt"))
    if not seeds:
        pytest.skip("the shared seeds are not here")
    found = record_to_article(read_page(seeds[0].read_text(encoding="utf-8")))
    assert found.publication == "The Daily Telegraph"
    assert found.authors == (Author("Alec Luhn", "Moscow"), Author("Josie Ensor", "Beirut"))
    assert len(found.paragraphs) == 12
    assert "its presence in the Middle East." in found.body
    assert (len(found.pull_quotes), len(found.captions), found.published) == (1, 1, None)
    assert not re.search(r"\?\?|Newspapers", found.body)


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ([], {}),
        (["Minister stands firm"], {"headline": "Minister stands firm"}),
        (["The Times"], {"publication": "The Times"}),
        (["The Times", "Minister stands firm"], {"publication": "The Times", "headline": "Minister stands firm"}),
        (["Haaretz", "Minister stands firm"], {"publication": "Haaretz", "headline": "Minister stands firm"}),
        (["Storm", "By Ann Lee"], {"headline": "Storm", "byline": "By Ann Lee"}),
        (["The Times", "By Ann Lee"], {"publication": "The Times", "byline": "By Ann Lee"}),
        (["Minister firm", "- Ann Lee"], {"headline": "Minister firm", "byline": "- Ann Lee"}),
        (["Minister firm", "Deck of it all", "By Ann Lee"], {"standfirst": "Deck of it all"}),
        (["Minister firm", "By Ann Lee", "He says he will never resign"], {"standfirst": "He says he will never resign"}),
        (["Minister firm", "He says he will never resign"], {"standfirst": "He says he will never resign"}),
        (["Minister firm", "By Ann Lee", "Political Editor"], {"byline": "By Ann Lee, Political Editor"}),
        (["The Times", "12 Dec 2017", "Minister firm"], {"published": date(2017, 12, 12)}),
        (["The Times", "Minister firm", "Tuesday, December 12, 2017"], {"published": date(2017, 12, 12)}),
        (["The Times, 2017-12-12", "Minister firm"], {"publication": "The Times", "published": date(2017, 12, 12)}),
        (["The Times 12 Dec 2017\nMinister firm"], {"published": date(2017, 12, 12)}),
        (["The Times", "01/02/2017", "Minister firm"], {"extra": {"published": "01/02/2017"}}),
        (["The Times", "December 2017", "Minister firm"], {"extra": {"published": "December 2017"}}),
        (["The Times", "Page 13", "Business", "Minister firm"], {"page": "13", "section": "Business"}),
        (["The Times\nMinister firm\nBy Ann Lee"], {"publication": "The Times", "headline": "Minister firm"}),
        (["The Times", "Minister stands\nfirm"], {"headline": "Minister stands firm"}),
    ],
)  # fmt: skip
def test_the_top_of_a_page(top: list[str], expected: dict[str, Any]) -> None:
    fields = read_page("\n\n".join([*top, PROSE, MORE]))
    assert {name: fields[name] for name in expected} == expected
    assert fields["body"] == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("UK NEWS", {"section": "UK NEWS"}),
        ("Arts & Books", {"section": "Arts & Books"}),
        ("OPINION | Letters", {"section": "OPINION | Letters"}),
        ("Wirtschaft", {"section": "Wirtschaft"}),
        ("Section B", {"section": "Section B"}),
        ("FINAL EDITION", {"edition": "FINAL EDITION"}),
        ("Late Edition (East Coast)", {"edition": "Late Edition (East Coast)"}),
        ("Pages 12-13", {"page": "12-13"}),
        ("Page 13 of 48", {"page": "13"}),
        ("12 Dec 2017, Page 4", {"published": date(2017, 12, 12), "page": "4"}),
        ("July 9, 1987, Thursday, City Edition", {"published": date(1987, 7, 9), "edition": "City Edition"}),
        ("15. Juli 2021", {"published": date(2021, 7, 15)}),
        ("MONDAY, JANUARY 1, 1900.", {"published": date(1900, 1, 1)}),
        ("Saturday/Sunday, 9-10 December 2017", {"extra": {"published": "Saturday/Sunday, 9-10 December 2017"}}),
        ("https://example.org/dam", {"url": "https://example.org/dam"}),
        ("The Times · 12 Dec 2017 · 13", {"published": date(2017, 12, 12), "page": "13"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["above the headline", "below it"])
def test_lines_that_say_where_and_when_it_appeared(line: str, expected: dict[str, Any], place: str) -> None:
    if "section" in expected and place == "below it":
        pytest.skip("there it is a crosshead")
    top = [line, "Minister firm"] if place == "above the headline" else ["Minister firm", line]
    fields = read_page("\n\n".join(["The Times", *top, PROSE, MORE]))
    assert {name: fields.get(name) for name in expected} == expected
    assert (fields["publication"], fields["headline"]) == ("The Times", "Minister firm")
    assert fields["body"] == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    "name",
    [
        *("The Hindu (Chennai)", "Miami Herald (Sunday)", "The Daily Post - Saturday - Review"),
        *("L’Écho du Rhône", "El Faro de Cádiz", "The Australian", "Kathimerini"),
        *("The Nation", "The National", "News of the World", "The News International"),
        *("Loveland Reporter-Herald", "Northwest Arkansas Democrat-Gazette"),
    ],
)
def test_the_names_of_papers(name: str) -> None:
    found = page(name, "Minister stands firm", PROSE)
    assert (found.publication, found.headline) == (name, "Minister stands firm")


def test_a_headline_without_a_paper_above_it_is_none() -> None:
    for headline in ("Brexit Talks Stall", "Maud Ferrier"):
        found = page(headline, "The keeper of it all says no more", "By Ann Lee", PROSE)
        assert (found.publication, found.headline) == ("", headline)
    exported = page("Irish Eye", "Minister stands firm", "- By Ann Lee", PROSE)
    assert exported.publication == "Irish Eye"


def test_a_line_of_all_on_top() -> None:
    found = page("The Scotsman | Wednesday 5 October 2022 | Page 3", "Minister firm", PROSE)
    assert (found.publication, found.published, found.page) == ("The Scotsman", date(2022, 10, 5), "3")


def test_a_byline_at_the_end_leaves_the_text_where_it_is() -> None:
    found = page("The Times", "Minister firm", "He said no. He said it twice.", "That was all.", "By Ann Lee")
    assert (found.authors, found.standfirst) == ((Author("Ann Lee"),), "")
    assert found.paragraphs == ("He said no. He said it twice.", "That was all.")


def test_a_name_above_a_role_is_a_byline() -> None:
    found = page("The Times", "Minister firm", "Ann Lee", "Political Editor", PROSE)
    assert (found.authors, found.body) == ((Author("Ann Lee"),), PROSE)


def test_points_of_a_list_stay_apart() -> None:
    points = ["• " + PROSE[:90], "• A second point", "The vote is in May."]
    assert page("The Times", "Minister firm", PROSE, *points).paragraphs[1:] == tuple(points)


def test_an_opening_in_capitals_goes_on_from_nothing() -> None:
    found = page(
        "The Times",
        "Minister firm",
        "By Ann Lee",
        "He says he stays where he always was",
        "THE minister stays.",
    )
    assert found.paragraphs[-1] == "THE minister stays."


def test_a_first_block_of_prose_is_body() -> None:
    assert page(PROSE, MORE) == Article(body=f"{PROSE}\n\n{MORE}")


def test_a_page_may_be_a_headline_alone() -> None:
    assert page("Minister stands firm") == Article(headline="Minister stands firm")
    assert page("By Ann Lee") == Article(headline="By Ann Lee")


def test_prose_that_begins_with_by_is_no_byline() -> None:
    found = page("The Times", "Minister stands firm", "By Monday the rebels had left for the hills.", PROSE)
    assert (found.authors, found.paragraphs[0]) == ((), "By Monday the rebels had left for the hills.")


def test_the_publication_that_the_reader_names_is_found_on_top() -> None:
    known = page("mid-county ADVOCATE", "Minister firm", PROSE, publication="Mid-County Advocate")
    assert (known.publication, known.headline) == ("mid-county ADVOCATE", "Minister firm")
    other = page("Storm", "Minister stands firm today", PROSE, publication="The Post")
    assert (other.publication, other.headline) == ("The Post", "Storm")


@pytest.mark.parametrize(
    ("blocks", "paragraphs"),
    [
        (["its presence in the", "Middle East."], 1),
        (["He spoke of a hope", "that all would be well."], 1),
        (["The vote, he said,", "Would be close."], 1),
        ([PROSE[:-60].rstrip(), "Mr Smith agreed."], 1),
        (["A narrow vote", "The vote was close."], 2),
        (["“So it is,”", "The vote was close."], 2),
        (["It ends here.", "and begins here."], 2),
        (["It is as follows:", "The vote was close."], 2),
        (["the soldiers’", "families wept."], 1),
    ],
)
def test_paragraphs_that_a_column_broke_are_joined_and_crossheads_are_not(
    blocks: list[str], paragraphs: int
) -> None:
    found = page("The Times", "Minister firm", PROSE, *blocks).paragraphs[1:]
    assert found == ((" ".join(blocks),) if paragraphs == 1 else tuple(blocks))


def test_a_word_parted_at_its_hyphen_is_whole() -> None:
    found = page(
        "The Times",
        "Minister firm",
        PROSE,
        "He is a well-\nknown man and an ad-",
        "versary of co\u00ad\noperation.",
    )
    assert found.paragraphs[1:] == ("He is a well-known man and an ad-versary of cooperation.",)


def test_line_ends_and_wraps_do_not_matter() -> None:
    wrapped = PROSE.replace(" the ", " the\n")
    expected = page("The Times", "Minister firm", PROSE, MORE)
    text = "\n\n".join(["The Times", "Minister firm", wrapped, MORE])
    for end in ("\n", "\r\n", "\r", "\u2028"):
        assert record_to_article(read_page(text.replace("\n", end))) == expected


def test_without_blank_lines_each_line_is_a_block() -> None:
    caption = " ??  ?? A caption\nA caption"
    lines = ["The Times", "Minister firm", "By Ann Lee", PROSE, "A narrow vote", MORE, caption]
    found = record_to_article(read_page("\n".join([*lines, "Newspapers in English"])))
    assert (found.headline, found.authors, found.captions) == (
        "Minister firm",
        (Author("Ann Lee"),),
        ("A caption",),
    )
    assert found.paragraphs == (PROSE, "A narrow vote", MORE)


@pytest.mark.parametrize(
    ("block", "captions"),
    [
        (" ??  ?? One\nOne", ("One",)),
        ("?? One", ("One",)),
        (" ??  ??\nOne\nOne", ("One",)),
        (" ??  ?? A long\ncaption here\nA long caption here", ("A long caption here",)),
        (" ??  ?? One\nOne\n ??  ?? Two\nTwo", ("One", "Two")),
        (" ??  ?? One\nOne\n\n ?? Two\nTwo\n\n ??  ?? One\nOne", ("One", "Two")),
        (" ??  ?? One ??  ?? Two", ("One", "Two")),
        (" GETTY ??  ?? One\nOne", ("GETTY", "One")),
        (" ??  ?? ", ()),
        ("?? One\n\nOne", ("One",)),
    ],
)
def test_captions(block: str, captions: tuple[str, ...]) -> None:
    found = page("The Times", "Minister firm", PROSE, block)
    assert (found.captions, found.body) == (captions, PROSE)


@pytest.mark.parametrize("text", ["What??", "Quoi ?? Non.", "Is it true?? He would not say."])
def test_question_marks_in_prose_are_no_caption(text: str) -> None:
    assert page("The Times", "Minister firm", PROSE, text).paragraphs == (PROSE, text)


@pytest.mark.parametrize(
    ("quote", "is_pulled"),
    [
        ("‘We have been patient for eleven years’", True),
        ('"We have been patient for eleven years"', True),
        ("“We have been patient for eleven years. We shall not be patient for twelve”", True),
        ("‘We have been patient for ninety years’", False),
        ("“Patient”", False),
        ("We have been patient for eleven years", False),
        ("“We have been patient,” he said. “For eleven years.”", False),
    ],
)
def test_a_pull_quote_is_what_the_body_repeats(quote: str, is_pulled: bool) -> None:
    found = page("The Times", "Minister firm", PROSE, MORE, quote)
    assert found.pull_quotes == ((quote,) if is_pulled else ())
    assert found.paragraphs == ((PROSE, MORE) if is_pulled else (PROSE, MORE, quote))


def test_a_pull_quote_does_not_part_a_paragraph() -> None:
    quote = "‘We have been patient for eleven years’"
    found = page("The Times", "Minister firm", MORE, "He was a friend of the", quote, "Middle East.")
    assert found.paragraphs == (MORE, "He was a friend of the Middle East.")


def test_furniture_is_left_out_at_the_end_only() -> None:
    end = "Newspapers from New Zealand\nNewspapers in English"
    found = page("The Times", "Minister firm", PROSE, "Newspapers in trouble", MORE, end, "")
    assert found.paragraphs == (PROSE, "Newspapers in trouble", MORE)
    for last in ("Newspapers in decline", "Newspapers in Ely had warned of it"):
        assert page("The Times", "Minister firm", PROSE, last).paragraphs == (PROSE, last)
    assert page("The Times", PROSE, "Newspapers in Britain have been losing readers for years.").paragraphs[
        1:
    ]


WORDS = st.sampled_from(
    "the Of minister Times rain, said. “Yes” ‘no’ end? by By and in Ann Lee Rome 7 à Ü ??".split()
)
LINES = st.lists(WORDS, max_size=12).map(" ".join)
PAGES = st.lists(LINES | st.just("") | st.just(PROSE), max_size=14).map("\n".join)


@settings(deadline=None, max_examples=400)
@given(PAGES)
def test_no_word_is_lost(text: str) -> None:
    """Save those of repeated captions, all words of a page stand somewhere in its article."""
    fields = read_page(text)
    known = [
        fields.get(n, "") for n in ("publication", "headline", "standfirst", "byline", "section", "body")
    ]
    kept = Counter(re.findall(r"\w+", " ".join([*known, *fields["captions"], *fields["pull_quotes"]])))
    lost = Counter(re.findall(r"\w+", text)) - kept
    said_twice = Counter(re.findall(r"\w+", " ".join([*fields["captions"], *fields["pull_quotes"]])))
    assert set(lost) <= set(said_twice)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300))
def test_any_text_is_read_and_no_letter_lost(text: str) -> None:
    fields = read_page(text)
    kept = set("".join(filter(str.isalnum, repr(fields))))
    if not fields.keys() & {"published", "page", "extra"}:
        assert {char for char in text if char.isalnum() and char.isprintable()} <= kept
