"""Did you mean: whatever a query holds, what is suggested keeps the rest of it and finds more."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit import Article, Author, Index
from searchkit.analysis.edits import variants
from searchkit.query import parse
from tests.contract.conftest import NewPlace

WORDS = {
    "apple": 40, "able": 30, "opposition": 30, "position": 30, "government": 60, "israel": 20, "prime": 25, "minister": 25,
    "newspaper": 20, "news": 5, "paper": 5, "brian": 9, "ninety": 4, "accommodation": 12, "the": 60, "parliament": 8,
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(new_place: NewPlace) -> Iterator[Index]:
    """Each word in so many articles, beside a few names that go together."""
    articles = [
        Article(id=f"{word}-{n}", headline="Vote" if n % 2 else "", body=f"{word} today.")
        for word, count in WORDS.items()
        for n in range(count)
    ]
    articles += [
        Article(id=f"o-{n}", headline="O'Brien resigns", body="The prime minister met Conan O’Brien.")
        for n in range(6)
    ]
    articles += [Article(id=f"by-{n}", body="x", authors=(Author("Anne Larsson"),)) for n in range(5)]
    with new_place() as where, searchkit.create(where) as index:
        index.add(articles)
        yield index


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Aple", "Apple"),
        ("oposition", "opposition"),
        ("goverment", "government"),
        ("GOVERMENT", "GOVERNMENT"),
        ("isreal", "israel"),
        ("accomodaton", "accommodation"),
        ("obrien", "o'brien"),
        ("OBrien", "O'Brien"),
        ("met AND OBrien", "met AND O'Brien"),
        ("primeminister", '"prime minister"'),
        ("primeminister^2 AND met", '"prime minister"^2 AND met'),
        ('"the primeminister met"', '"the prime minister met"'),
        ("headline:obrien", "headline:o'brien"),
        ("byline:larson", "byline:larsson"),
        ("by:(larson OR zzzq)", "by:(larsson OR zzzq)"),
        ("TITLE(vot)", "TITLE(vote)"),
        ("title:vot", "title:vote"),
        ("headline:(obrien pre/3 resings)", "headline:(o'brien pre/3 resigns)"),
        ('"prime mininster"', '"prime minister"'),
        ("prmie w/3 (minster OR zzzq)", "prime w/3 (minister OR zzzq)"),
        ("primo NOT w/3 minster", "prime NOT w/3 minster"),
        ("atleast1(goverment)", "atleast1(government)"),
        ("goverm*", "governm*"),
        ('"prime minnis*"', '"prime minis*"'),
        ("+goverment -isreal", "+government -isreal"),
        ("O’Brein w/9 conan", "O’Brien w/9 conan"),
        ("“news paper”", "“newspaper”"),
        ("news paper", ""),
        ("teh", "the"),
        (r"goverment F\*ck", r"government F\*ck"),
        ("O’Brien w/3 ninety", ""),
        ("apple AND israel", ""),
        ("government", ""),
        ("the", ""),
        ("gov* apple AND zzzq", ""),
        ("NOT goverment", ""),
        ("goverment1 50% 2017", ""),
        ("extra.desk:goverment", ""),
        ("goverment~1", ""),
    ],
)
def test_what_was_meant(archive: Index, typed: str, meant: str) -> None:
    results = archive.search(typed)
    assert results.suggestion == meant
    if meant:
        assert archive.search(meant, strict=True).total.value > results.total.value


def test_a_filter_holds_for_the_suggestion_too(archive: Index) -> None:
    assert archive.search("goverment", since="2017").suggestion == ""
    assert archive.search("goverment", sort="newest").suggestion == "government"


def test_where_many_are_found_an_unknown_word_is_mended_all_the_same(archive: Index) -> None:
    assert archive.search("vote goverment").suggestion == "vote government"
    assert archive.search("today parlament").suggestion == "today parliament"


def test_a_rare_word_is_mended_only_if_the_other_is_far_likelier(index: Index) -> None:
    index.add(Article(id=str(n), body="ferry brien" if n < 2 else "ferry brian") for n in range(30))
    index.add(Article(id=f"o{n}", body="fery") for n in range(2))
    assert index.search("brien").suggestion == ""
    assert index.search("brein").suggestion in ("brien", "brian")
    index.add(Article(id=f"f{n}", body="ferry") for n in range(100))
    assert index.search("fery").suggestion == "ferry"


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(word for word in WORDS if len(word) > 4)), st.integers(0, 2**32), st.data())
def test_one_slip_in_a_word_gets_a_suggestion_that_finds_more(
    archive: Index, word: str, seed: int, data: st.DataObject
) -> None:
    slip = random.Random(seed).choice(sorted(variants(word)))
    frame = data.draw(
        st.sampled_from(["{}", "+{}", '"{}"', "text:{}", "({} OR zzzq)", "{} w/2 today", "{}^2"])
    )
    results = archive.search(frame.format(slip))
    if results.total.value == 0:
        assert results.suggestion, slip
    if results.suggestion:
        assert archive.search(results.suggestion, strict=True).total.value > results.total.value
        before, after = frame.split("{}")
        assert results.suggestion.startswith(before) and results.suggestion.endswith(after)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("abegnorvtm '\"*():^~/&\\-+éя"), max_size=30))
def test_any_text_whatever(archive: Index, text: str) -> None:
    suggestion = archive.search(text).suggestion
    assert suggestion == "" or (suggestion != text and parse(suggestion).query != parse(text).query)


def test_long_texts_are_mended_in_part(archive: Index) -> None:
    results = archive.search(" OR ".join(["goverment"] * 50))
    assert results.suggestion.count("government") == 20
    assert archive.search("g" * 9_000).suggestion == ""
    assert archive.search("國" * 30 + "政府大選舉行中").suggestion == ""


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("apple AND zzzq", ["no article has the word 'zzzq'"]),
        ("apple AND (zzzq OR Zzzr)", ["no article has the word 'zzzq'", "no article has the word 'Zzzr'"]),
        ("headline:apple", ["no article has the word 'apple' in its headline"]),
        ("by:zzzq text:zzzr", ["no article has the word 'zzzq' in its byline", "no article has the word 'zzzr'"]),
        ("zzzq*", ["no article has a word that begins with 'zzzq'"]),
        ('"prime zzzq*"', ["no article has a word that begins with 'zzzq'"]),
        ("zz?q OR zzzq~1", ["no article has a word like zz?q", "no article has a word like zzzq~1"]),
        ('"minister prime"', ['no article has these words in this order: "minister prime"']),
        ('headline:"resigns O’Brien"', ['no article has these words in this order: headline:"resigns O’Brien"']),
        ("O’Zzzq w/3 prime", ["no article has the word 'Zzzq'"]),
        ("apple AND extra.desk:zzzq", ["no article has extra.desk:zzzq"]),
        ("israel AND apple", []),
        ('"prime minister met zzz"~9', ["no article has the word 'zzz'"]),
        ("apple AND NOT (zzzq OR apple)", []),
        ("apple zzzq", []),
        ("zzza zzzb zzzc zzzd zzze zzzf zzza", [f"no article has the word 'zzz{x}'" for x in "abcde"]),
    ],
)  # fmt: skip
def test_what_no_article_has_is_named(archive: Index, query: str, notes: list[str]) -> None:
    assert list(archive.search(query, strict=True, match="any").warnings) == notes


def test_a_relaxed_search_names_what_was_missing(archive: Index) -> None:
    warnings = archive.search("apple zzzq", match="all").warnings
    assert warnings == (
        "no article has all of the words: these have some of them",
        "no article has the word 'zzzq'",
    )
    assert archive.search("apple zzzq", match="all", strict=True).warnings == (
        "no article has the word 'zzzq'",
    )
