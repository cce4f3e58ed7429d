"""Marks in texts, held against a reference that analyses everything."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import analyzer
from searchkit.analysis.normalise import SEPARATORS
from searchkit.found import Spans
from searchkit.plan.nodes import Bool, Phrase, PhrasePrefix, Plan, Prefix, Term
from searchkit.present.matcher import Matcher, merged
from searchkit.present.patterns import Pattern, patterns

LANGUAGES = ("en", "multi", "es", "da", "de", "fr")

WORDS = (
    *"a A i s S u U us use using used user oil Oil OIL oils oily oiled spoil foil 1 10 1980s 1980S k K km".split(),
    *"spy spies Spies sky skies ski skis die dies dying Dying tie tying news inning Andes early happy".split(),
    *"happily price prices pricing priced PRICES capable capability Capabilities news' be being".split(),
    *"elect Elections election elected the of rate rates ration rating interest Interest cafe".split(),
    *"Café café cafe\u0301 élection naïve İstanbul istanbul Straße strasse STRASSE ﬁsh fish ﬀ œuvre".split(),
    *"co\u00adop coop o\u00adil oil\u00ad \u00adoil s\u00adpy 𝐨𝐢𝐥 ｏｉｌ 𐐀𐐨 K\u212a \u212am \u017fpy ſ ª 石油 нефть".split(),
    *"presidente agencia agencias aus Häuser hauser maisons løse løst tænker".split(),
)
BETWEEN = (
    *(" ", " ", " ", " ", "\n", "\n\n", "\u00a0", "\u1680", "\u2003", ", ", ". ", ".", "-", "–", " — ", "_"),
    *(
        "'",
        "’",
        "'s",
        "’s ",
        "'S ",
        "‘",
        "ʼs ",
        "´",
        "`s",
        "\u00ad",
        "\u200b",
        "\u0301",
        "€",
        " € ",
        '"',
        "“",
    ),
    *("", "(", ") ", "/", "'s's ", "s", " s ", "' s", "é", "\u0307", "😀", "'\u00ads ", "\u00ad's "),
)
pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(BETWEEN), st.characters(codec="utf-8"))
texts = st.one_of(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), max_size=12).map(
        lambda pairs: "".join(word + between for word, between in pairs)
    ),
    st.lists(pieces, max_size=14).map("".join),
    st.text(max_size=30),
)
languages = st.sampled_from(LANGUAGES)


def reference(text: str, wanted: list[Pattern], language: str) -> Spans:
    stemmed = list(analyzer("stemmed", language).tokens(text))
    forms = analyzer("folded", language).tokens(text)
    words = [(stem.term, form.term, stem.start, stem.end) for stem, form in zip(stemmed, forms, strict=True)]
    spans = []
    for pattern in wanted:
        for i in range(len(words) - pattern.length + 1):
            run = words[i : i + pattern.length]
            terms = tuple(word[0] for word in run[: len(pattern.terms)])
            if terms == pattern.terms and run[-1][1].startswith(pattern.prefix):
                spans.append((run[0][2], run[-1][3], 0))
    return merged(sorted(spans))


@st.composite
def leaves(draw: st.DrawFn, text: str, language: str) -> Plan:
    """What a query might look for in a text: mostly words of the text itself, or of any other."""
    source = draw(st.one_of(st.just(text), texts))
    stems = analyzer("stemmed", language).terms(source) or ["oil"]
    forms = analyzer("folded", language).terms(source) or ["oil"]
    at = draw(st.integers(0, len(stems) - 1))
    length = draw(st.integers(1, 3))
    prefix = forms[min(at + length, len(forms) - 1)][: draw(st.integers(1, 4))]
    run = tuple(stems[at : at + length])
    phrase = Phrase("text", run) if len(run) > 1 else Term("text", run[0])
    return draw(
        st.sampled_from(
            [Term("text", run[0]), phrase, Prefix("text_forms", prefix), PhrasePrefix("text", run, prefix)]
        )
    )


@settings(max_examples=700, deadline=None)
@given(st.data(), texts, languages)
def test_marks_are_those_of_the_whole_analysis(data: st.DataObject, text: str, language: str) -> None:
    plan = Bool(should=tuple(data.draw(st.lists(leaves(text, language), min_size=1, max_size=4))))
    wanted = patterns(plan)
    assert merged(Matcher(wanted, language).find(text)) == reference(text, wanted, language)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.sampled_from(WORDS), languages)
def test_every_word_finds_itself(others: list[str], word: str, language: str) -> None:
    terms = analyzer("stemmed", language).terms(word)
    plan = Phrase("text", tuple(terms)) if len(terms) > 1 else Term("text", terms[0])
    text = f"{' '.join(others)} {word} {' '.join(others)}"
    start = text.index(f" {word} ") + 1
    spans = merged(Matcher(patterns(plan), language).find(text))
    assert any(first <= start + 1 and end > start for first, end in spans)


def spans(text: str, *plan: Plan) -> list[str]:
    found = merged(Matcher(patterns(Bool(should=plan)), "en").find(text))
    return [text[start:end] for start, end in found]


def test_words_are_marked_in_all_their_forms() -> None:
    text = "Oil-rich OPEC’s oil; spoils, OILS and oil's price (oil)."
    assert spans(text, Term("text", "oil")) == ["Oil", "oil", "OILS", "oil", "oil"]


def test_a_phrase_is_one_mark_and_its_words_alone_are_none() -> None:
    text = "Interest in rates grew: interest rates, interest–rates and interest's rates; the rates, interest."
    marked = ["interest rates", "interest–rates", "interest's rates"]
    assert spans(text, Phrase("text", ("interest", "rate"))) == marked


def test_a_phrase_and_one_of_its_words() -> None:
    text = "Rates rose. Interest rates fell."
    assert spans(text, Term("text", "rate"), Phrase("text", ("interest", "rate"))) == [
        "Rates",
        "Interest rates",
    ]


def test_a_phrase_that_overlaps_itself() -> None:
    assert spans("bye bye bye, bye", Phrase("text", ("bye", "bye"))) == ["bye bye bye, bye"]


def test_a_phrase_of_initials_is_not_a_possessive() -> None:
    text = "the U.S. and U’s and U S, but not U or S's"
    assert spans(text, Phrase("text", ("u", "s"))) == ["U.S", "U S"]


def test_a_lone_s_is_a_word_where_it_is_no_possessive() -> None:
    text = "s, x-s (s) fox's é's U.S ’s x–’s S’s"
    assert spans(text, Term("text", "s")) == ["s", "s", "s", "S", "s", "s", "S"]


def test_a_run_of_letters_that_is_several_words() -> None:
    text = "oil€gas€price of oil€price€gas"
    assert spans(text, Phrase("text", ("oil", "price"))) == ["oil€price€gas"]
    assert spans(text, Phrase("text", ("price", "of"))) == ["oil€gas€price of"]
    assert spans(text, Phrase("text", ("gas", "of"))) == []


def test_prefixes_go_by_the_unstemmed_form() -> None:
    text = "Elections, electing, elective; Électeur! the electric elect"
    plan = Prefix("text_forms", "elect")
    assert spans(text, plan) == ["Elections", "electing", "elective", "Électeur", "electric", "elect"]
    assert spans(text, Prefix("text_forms", "elections")) == ["Elections"]
    assert spans("interest rates, interest rat", PhrasePrefix("text", ("interest",), "rate")) == [
        "interest rates"
    ]


def test_what_is_excluded_or_elsewhere_is_not_marked() -> None:
    plan = Bool(
        must=(Term("text", "oil"), Term("byline", "smith")),
        must_not=(Term("text", "gas"),),
        filters=(Term("text", "price"),),
    )
    assert spans("Smith: oil and gas prices", plan) == ["oil"]


def test_each_pattern_has_bits_of_its_own_one_a_word() -> None:
    plan = Bool(should=(Term("text", "oil"), Phrase("text", ("a", "b")), Prefix("text_forms", "ga")))
    bits = [pattern.bits for pattern in patterns(plan)]
    assert [each.bit_count() for each in bits] == [1, 2, 1]
    assert sum(bits) == 0b1111


def test_a_term_of_several_fields_is_one_pattern() -> None:
    found = patterns(Bool(should=(Term("text", "oil"), Term("headline", "oil"), Term("byline", "oil"))))
    assert [pattern.fields for pattern in found] == [frozenset({"text", "headline"})]


def test_what_parts_words_keeps_its_length_in_lower_case() -> None:
    parting = re.findall(f"[{SEPARATORS}]", "".join(map(chr, range(sys.maxunicode + 1))))
    assert len(parting) > 1_000
    assert [char for char in parting if not re.fullmatch("[^0-9a-z]", char.lower())] == []


@pytest.mark.parametrize(
    "text",
    ["oil's" * 30_000, "\u00ad" * 100_000, "oil" * 50_000, "é" * 100_000, "s'" * 50_000, "’s " * 20_000],
    ids=lambda text: text[:5],
)
def test_adversarial_texts(text: str) -> None:
    plan = Bool(should=(Term("text", "s"), Phrase("text", ("oil", "s")), Prefix("text_forms", "o")))
    wanted = patterns(plan)
    assert merged(Matcher(wanted, "en").find(text)) == reference(text, wanted, "en")
