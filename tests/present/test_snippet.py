"""Passages: which are chosen, how they read, what is marked in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis.sentences import bounds, sentences
from searchkit.article import Article
from searchkit.found import Snippet
from searchkit.plan.nodes import All, Bool, Boost, Close, Fuzzy, Phrase, Plan, Prefix, Term, Wildcard
from searchkit.present.patterns import patterns
from searchkit.present.snippet import Highlighter

OIL, PRICE, GAS = Term("text", "oil"), Term("text", "price"), Term("text", "gas")
FILLER = (
    "Nothing of note happened on that day in the quiet town of Leeds, said its mayor, who was asked twice. "
    * 3
)


def shown(snippet: Snippet) -> str:
    """A snippet's text with its highlights in brackets."""
    text = snippet.text
    for start, end in reversed(snippet.highlights):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def texts(article: Article, *plan: Plan, passages: int = 3, size: int = 240) -> list[str]:
    highlighter = Highlighter(Bool(should=plan), "en", passages=passages, size=size)
    return [shown(snippet) for snippet in highlighter.snippets(article)]


def body(text: str) -> Article:
    return Article(headline="Oil", body=text)


def test_the_sentence_around_a_match() -> None:
    article = body(f"{FILLER}The price of\noil fell on Monday. {FILLER}")
    assert texts(article, OIL, PRICE) == ["The [price] of [oil] fell on Monday."]


def test_the_passage_with_most_terms_wins_then_what_it_lacks() -> None:
    article = body(f"Oil fell. {FILLER}Gas rose. {FILLER}The oil price fell. {FILLER}Oil again.")
    assert texts(article, OIL, PRICE, GAS, passages=1) == ["The [oil] [price] fell."]
    assert texts(article, OIL, PRICE, GAS, passages=2) == ["[Gas] rose.", "The [oil] [price] fell."]
    assert texts(article, OIL, PRICE, GAS) == ["[Oil] fell.", "[Gas] rose.", "The [oil] [price] fell."]


def test_of_equal_passages_the_earlier_ones() -> None:
    article = body(f" {FILLER}".join(f"Oil fell {times}." for times in ("once", "twice", "thrice")))
    assert texts(article, OIL, passages=2) == ["[Oil] fell once.", "[Oil] fell twice."]


def test_a_phrase_weighs_as_many_words_as_it_has() -> None:
    article = body(f"Gas is gas. {FILLER}Rates of interest. {FILLER}Interest rates rose.")
    plan = (GAS, Phrase("text", ("interest", "rate")))
    assert texts(article, *plan, passages=1) == ["[Interest rates] rose."]


def test_neighbours_make_one_passage_as_far_as_they_fit() -> None:
    article = body("Oil fell. Nobody knew why. Gas rose. Oil rose. Oil sank again in the week that followed.")
    assert texts(article, OIL, GAS, size=46) == [
        "[Oil] fell. Nobody knew why. [Gas] rose. [Oil] rose.",
        "[Oil] sank again in the week that followed.",
    ]
    assert texts(article, OIL, GAS, size=19, passages=1) == ["[Gas] rose. [Oil] rose."]


def test_a_long_sentence_is_cut_between_words() -> None:
    words = " ".join(f"word{i}" for i in range(100))
    article = body(f"First {words} oil price {words} gas {words} last.")
    found = texts(article, OIL, PRICE, GAS, size=60)
    assert found == [
        "…word97 word98 word99 [oil] [price] word0 word1 word2 word3…",
        "…word97 word98 word99 [gas] word0 word1 word2 word3…",
    ]
    assert texts(article, Term("text", "first"), size=30) == ["[First] word0 word1 word2…"]
    assert texts(article, Term("text", "last"), size=30) == ["…word97 word98 word99 [last]."]


def test_passages_do_not_overlap() -> None:
    article = body("Oil sank today. Oil price fell. Gas rose a bit.")
    assert texts(article, OIL, PRICE, GAS, size=34) == [
        "[Oil] sank today.",
        "[Oil] [price] fell. [Gas] rose a bit.",
    ]


def test_a_phrase_on_the_edge_of_a_piece_goes_to_the_next() -> None:
    article = body(f"Oil went up once more as the interest rates sank {'and so on ' * 20}.")
    found = texts(article, OIL, Phrase("text", ("interest", "rate")), size=40)
    assert found == ["[Oil] went up once more as the…", "…[interest rates] sank and so on and so…"]


def test_a_piece_of_a_sentence_is_no_neighbour() -> None:
    article = body(f"Oil fell. Gas is up as interest {'-' * 30} rates {'and so on ' * 20}oil. Oil rose.")
    found = texts(article, OIL, GAS, Phrase("text", ("interest", "rate")), size=50, passages=9)
    assert found == [
        "[Oil] fell.",
        "[Gas] is up as…",
        f"…[interest {'-' * 30} rates]…",
        "…on and so on and so on and so on and so on [oil].",
        "[Oil] rose.",
    ]


def test_the_last_piece_of_a_sentence_is_no_neighbour_either() -> None:
    article = body(f"{'And so on ' * 9}interest {'-' * 30} rates up, gas. Oil rose.")
    found = texts(article, OIL, GAS, Phrase("text", ("interest", "rate")), size=50, passages=9)
    assert found == [f"…[interest {'-' * 30} rates]…", "…up, [gas].", "[Oil] rose."]


def test_a_phrase_too_long_to_show_leaves_its_words() -> None:
    article = body(f"{'so on and ' * 9}oil {'-' * 60} price {'and so on ' * 9}.")
    assert texts(article, OIL, Phrase("text", ("oil", "price")), size=30) == [
        "…and so on and so on and [oil]…"
    ]


def test_a_match_longer_than_a_passage_is_cut() -> None:
    article = body(f"A {'x' * 500} b.")
    assert texts(article, Term("text", "x" * 500), size=50) == [f"…[{'x' * 48}]…"]


def test_a_phrase_across_sentences_is_shown_whole_but_never_across_parts() -> None:
    article = Article(
        standfirst="He saw oil",
        body="Price it now. They sold oil. Prices rose.",
        captions=("Oil",),
        pull_quotes=("Price",),
    )
    assert texts(article, Phrase("text", ("oil", "price"))) == ["They sold [oil. Prices] rose."]


def test_every_part_but_the_headline_in_reading_order() -> None:
    article = Article(
        headline="Oil",
        standfirst="Oil one.",
        body="Oil two.",
        captions=("Oil three.",),
        pull_quotes=("Oil four.",),
    )
    found = Highlighter(OIL, "en", passages=9).snippets(article)
    assert [(each.field, each.text, each.highlights) for each in found] == [
        ("standfirst", "Oil one.", ((0, 3),)),
        ("body", "Oil two.", ((0, 3),)),
        ("caption", "Oil three.", ((0, 3),)),
        ("pull_quote", "Oil four.", ((0, 3),)),
    ]


def test_fields_mark_their_own_parts() -> None:
    article = Article(headline="Gas", body=f"Oil, gas. {FILLER}", captions=("Gas and oil.",))
    assert texts(article, Term("caption", "gas")) == ["[Gas] and oil."]
    assert texts(article, Term("caption", "gas"), OIL) == ["[Oil], gas.", "[Gas] and [oil]."]
    highlighter = Highlighter(
        Bool(must=(Boost(Term("headline", "gas"), 0.3), Prefix("caption_forms", "o"))), "en"
    )
    assert highlighter.spans("Gas and oil", "headline") == ((0, 3),)
    assert highlighter.spans("Gas and oil", "caption") == ((8, 11),)
    assert highlighter.spans("Gas and oil") == ()


def test_what_the_body_repeats_is_shown_once() -> None:
    article = Article(
        body=f"{FILLER}“Oil is over,” he said.", pull_quotes=("Oil is over",), captions=("Oil is over",)
    )
    assert texts(article, OIL) == ["“[Oil] is over,” he said."]
    assert texts(article, Term("caption", "oil")) == ["[Oil] is over"]


@pytest.mark.parametrize(
    "plan", [All(), Term("headline", "oil"), Term("byline", "oil"), Bool(must_not=(GAS,))]
)
def test_without_a_match_the_beginning_is_shown(plan: Plan) -> None:
    article = Article(
        headline="Oil", standfirst="A gas story.", body="\n\nGas\nrose. Gas fell.\n\nThe end came."
    )
    assert texts(article, plan, size=20) == ["Gas rose. Gas fell."]
    assert texts(article, plan, size=12) == ["Gas rose."]
    assert texts(article, plan, size=8) == ["Gas…"]


def test_an_article_without_a_body() -> None:
    assert texts(Article(headline="Oil", standfirst="A gas story."), OIL) == ["A gas story."]
    assert texts(Article(headline="Oil", body=" \n"), OIL) == []


def test_no_passages_asked_for() -> None:
    assert texts(body("Oil."), OIL, passages=0) == []


PIECES = (
    "oil",
    "prices",
    "gas",
    "Oil price",
    "the",
    "interest rates",
    "Mr.",
    "é",
    "x" * 40,
    "U.S.",
    "oil\u00ad",
)
ENDS = (" ", " ", " ", "\n", ". ", ".\n\n", ".\r\n", "? ", ", ", '." ', "\u2028")
prose = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(ENDS)), max_size=40).map(
    lambda pairs: "".join(piece + end for piece, end in pairs)
)
plans = st.lists(
    st.sampled_from(
        [OIL, PRICE, GAS, Phrase("text", ("interest", "rate")), Phrase("text", ("oil", "price"))]
    ),
    min_size=1,
)


@settings(max_examples=400, deadline=None)
@given(prose, prose, plans, st.integers(1, 4), st.integers(20, 120))
def test_snippets_are_passages_of_their_parts(
    standfirst: str, text: str, plan: list[Plan], passages: int, size: int
) -> None:
    article = Article(headline="x", standfirst=standfirst, body=text)
    highlighter = Highlighter(Bool(should=tuple(plan)), "en", passages=passages, size=size)
    snippets = highlighter.snippets(article)
    assert len(snippets) <= passages
    ends = {"standfirst": 0, "body": 0}
    for snippet in snippets:
        whole = _flat(standfirst if snippet.field == "standfirst" else text)
        plain = snippet.text.removeprefix("…").removesuffix("…")
        assert plain == plain.strip() != "" and len(snippet.text) <= size
        start = whole.index(plain, ends[snippet.field])
        ends[snippet.field] = start + len(plain)
        marks = [(start, end) for start, end in snippet.highlights]
        assert marks == sorted(marks) and all(0 <= s < e <= len(snippet.text) for s, e in marks)
    assert [s.field for s in snippets] == sorted((s.field for s in snippets), reverse=True)


@settings(max_examples=400, deadline=None)
@given(prose, plans)
def test_whole_sentences_hold_the_marks_of_the_whole_text(text: str, plan: list[Plan]) -> None:
    """With room for everything: every sentence that has a mark is shown with all of its marks."""
    highlighter = Highlighter(Bool(should=tuple(plan)), "en", passages=100, size=10_000)
    article = Article(headline="x", body=text)
    marks = highlighter.spans(text)
    found = highlighter.snippets(article)
    if marks:
        start, end = bounds(text, marks[0][0])[0], bounds(text, marks[-1][1] - 1)[1]
        assert found == (
            Snippet("body", _flat(text[start:end]), tuple((s - start, e - start) for s, e in marks)),
        )
    elif text.strip():
        assert found == (Snippet("body", _flat(text.strip())),)


@settings(max_examples=400, deadline=None)
@given(prose.filter(str.strip), st.sets(st.sampled_from([OIL, PRICE, GAS]), min_size=1), st.integers(45, 120))
def test_the_first_passage_holds_as_much_of_the_query_as_any_can(
    text: str, plan: set[Term], size: int
) -> None:
    def held(passage: str) -> int:
        return sum(bool(Highlighter(leaf, "en").spans(passage)) for leaf in plan)

    runs = [(start, end) for start, _ in sentences(text) for _, end in sentences(text) if end > start]
    most = max((held(text[start:end]) for start, end in runs if end - start <= size), default=0)
    highlighter = Highlighter(Bool(should=tuple(plan)), "en", passages=1, size=size)
    (snippet,) = highlighter.snippets(Article(headline="x", body=text))
    assert held(snippet.text) >= most


def _flat(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\n\r\u2028"), " "))


def test_words_near_each_other_are_marked_only_where_they_are_near() -> None:
    text = (
        "The captain and the owners met. Much later a captain stood all alone there. "
        "Owners, and much later on that day the captain."
    )
    marks = Highlighter(Close("text", "captain", "owner", 3, ordered=False), "en").spans(text)
    assert [text[start:end] for start, end in marks] == ["captain", "owners"]
    ordered = Highlighter(Close("text", "owner", "captain", 9, ordered=True), "en").spans(text)
    assert [text[start:end] for start, end in ordered] == ["owners", "captain", "Owners", "captain"]


def test_wildcards_and_fuzzy_words_are_marked_by_their_forms() -> None:
    text = "Women and a woman saw Puitn, not Putin’s Wömén."
    wild = Highlighter(Wildcard("text_forms", "wom?n"), "en").spans(text)
    assert [text[start:end] for start, end in wild] == ["Women", "woman", "Wömén"]
    fuzzy = Highlighter(Fuzzy("text_forms", "putin", 1), "en").spans(text)
    assert [text[start:end] for start, end in fuzzy] == ["Puitn", "Putin"]


def test_a_pair_of_words_that_are_marked_anyway_adds_nothing() -> None:
    text = "The captain and the owner. The owner spoke. A captain wept."
    words = (Term("text", "captain"), Term("text", "owner"))
    pair = Close("text", "captain", "owner", 3, ordered=False)
    plain, paired = (Highlighter(Bool(should=each), "en") for each in (words, (*words, pair)))
    assert paired.spans(text) == plain.spans(text) and len(plain.spans(text)) == 4
    assert patterns(Bool(should=(*words, pair))) == patterns(Bool(should=words))
    assert len(patterns(Bool(should=(words[0], pair)))) == 2
