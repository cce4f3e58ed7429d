"""Where the sentences of newspaper prose end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis.sentences import _NUMBERED, _SHORTENED, _TITLES, Sentences, bounds, sentences

EXAMPLES = (
    """
Oil fell. Gold rose.|Oil fell.|Gold rose.
Is it over? Nobody knows! Wait… Then go.|Is it over?|Nobody knows!|Wait…|Then go.
Mr. Smith met Mrs. Jones and Dr. Who.
Gen. David Petraeus told Sen. John McCain, R-Ariz., and Rep. Ron Paul.
Lt. Gen. Ray Odierno and Lt.-Gen. Sir Rob Fry spoke in St. Louis.
The U.S. President spoke.
He left the U.S. The army stayed.|He left the U.S.|The army stayed.
He left the U.S. The
He left the U.K. in 1990 and the U.N. Security Council met.
It lies in the U.S. "We know," he said.|It lies in the U.S.|"We know," he said.
Police came at 5 p.m. on Monday and at 6 a.m. Tuesday.
They met at 5 p.m. The talks failed.|They met at 5 p.m.|The talks failed.
At 10 a.m. GMT the vote began.
On Jan. 6 and Dec. 24, 2012, it rained.
It lasted until Jan. Analysts shrugged.|It lasted until Jan.|Analysts shrugged.
He lives at No. 10 Downing Street.
She said no. The crowd roared.|She said no.|The crowd roared.
George W. Bush and J. R. R. Tolkien met E. B. White.
Apple Inc. Chief Executive Tim Cook spoke.
It was bought by Exxon Mobil Corp. The price rose.|It was bought by Exxon Mobil Corp.|The price rose.
Siemens & Co. 2010 results and Ford Motor Co. (F.N) shares rose.
Shares of Alcoa Inc. fell.
It was Smith vs. Jones in Roe v. Wade.
"We won." The crowd cheered.|"We won."|The crowd cheered.
"We won!" he said.
“We won.” “They lost.”|“We won.”|“They lost.”
He said: 'It is over.' She left.|He said: 'It is over.'|She left.
(He said: "It is over.") She left.|(He said: "It is over.")|She left.
(It was late.) Nobody came.|(It was late.)|Nobody came.
It rose 3.5 percent to $1.20. Sales were $3.5 million.|It rose 3.5 percent to $1.20.|Sales were $3.5 million.
It cost a lot. $20 million went to Exxon.|It cost a lot.|$20 million went to Exxon.
Prices fell in 2008. 2009 was worse.|Prices fell in 2008.|2009 was worse.
The shares ( XOM.N ) fell. ( Reporting by John Smith )|The shares ( XOM.N ) fell.|( Reporting by John Smith )
Well... Then again... maybe not.|Well...|Then again... maybe not.
What?! Really?|What?!|Really?
It ended. and went on.
Il est venu. École fermée. étrange|Il est venu.|École fermée. étrange
¿Qué pasa? ¡Nada! «Nada.» Fin.|¿Qué pasa?|¡Nada!|«Nada.»|Fin.
Речь идёт о нефти. Цены упали. так|Речь идёт о нефти.|Цены упали. так
The offices of Barclays Plc, Lloyds, etc. were shut.
Martin Luther King Jr. Boulevard is in Washington, D.C. It is long.|Martin Luther King Jr. Boulevard is in \
Washington, D.C.|It is long.
A Ph.D. student of Calif. Gov. Brown spoke. A dog barked.|A Ph.D. student of Calif. Gov. Brown spoke.|A dog barked.
See www.example.com. Prices vary.|See www.example.com.|Prices vary.
""".strip()
    .replace("\\\n", "")
    .splitlines()
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_newspaper_prose(example: str) -> None:
    text, *expected = example.split("|")
    assert [text[start:end] for start, end in sentences(text)] == (expected or [text])


def test_hard_wrapped_copy_and_paragraphs() -> None:
    text = "  \n\nOil fell\nto $50. Mr.\nSmith\r\nsighed.\n \t\nby John Doe \n\n\n The end \n"
    found = [text[start:end] for start, end in sentences(text)]
    assert found == ["Oil fell\nto $50.", "Mr.\nSmith\r\nsighed.", "by John Doe", "The end"]


def test_white_space_belongs_to_the_sentence_before_it() -> None:
    text = " \n\nOil fell. \n\n Gold rose. "
    assert {bounds(text, at) for at in range(14)} == {(3, 12)}
    assert {bounds(text, at) for at in range(16, len(text))} == {(16, 26)}


def test_every_abbreviation_is_seen_to_be_one() -> None:
    """Lower-case abbreviations are listed twice: in their class, and in the pattern that finds them."""
    words = _TITLES | _NUMBERED | _SHORTENED
    texts = [f"Seen {word}. 5 and {word}. Xavier." for word in words]
    assert [
        text for text in texts if len(list(sentences(text))) > 1 + (text.split()[1][:-1] in _NUMBERED)
    ] == []


def test_texts_without_sentences() -> None:
    assert list(sentences("")) == list(sentences(" \n\n ")) == []
    assert bounds(" \n\n ", 1) == (4, 4)


pieces = st.sampled_from(
    [
        *" \n\r\t.!?…\"'”’)([“$aZé9Éя-",
        "\n\n",
        "Mr.",
        "No.",
        "U.S.",
        "J.",
        "Inc.",
        "The ",
        "oil",
        ". ",
        ".\n\n",
        " \n ",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.lists(pieces, max_size=30).map("".join), st.text(max_size=30)))
def test_sentences_hold_all_but_white_space_and_bounds_agree(text: str) -> None:
    around = Sentences(text)
    end = 0
    for start, following in sentences(text):
        assert not text[end:start].strip()
        assert text[start:following] == text[start:following].strip() != ""
        for at in range(start, following):
            assert around.around(at) == (start, following)
        end = following
    assert not text[end:].strip()
    assert all(around.around(at) == bounds(text, at) for at in reversed(range(len(text))))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["Oil fell.", "Who knows?", "Go!", "Mr. Smith left."]), min_size=1))
def test_sentences_put_together_come_apart_again(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize("piece", [".", ". ", "\n", "\n ", '."', "Mr. ", "U.", "U. ", "! ", " "])
def test_adversarial_texts(piece: str) -> None:
    text = f"A{piece * 100_000}b"
    last = list(sentences(text))[-1]
    assert last[1] == len(text)
    assert bounds(text, len(text) - 1) == last
