"""A word begins as its stem says: with words put together from everything that the stemmers take off."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from searchkit.analysis import LANGUAGES, analyzer
from searchkit.analysis.beginnings import beginnings, only_itself

ENDINGS = {
    "en": "s es ed ing ies ied ied y ly li ely ability ibility bility abilities ably ible able ization izer ational"
    " tional ency ance ator ation iveness ivity ousness ously fulness lessly logy alism ality ally icate iciti"
    " icity ical ative alize ful ness ement ment ent ant ion e ee eed eedly edly ingly at bl iz ate ble ize tt bb"
    " yed ying dyed ous ive ic al er l ll le ier iest eye aing sses us ss ie 's 80s",
    "es": "me se sela los les nos iendo ando yendo ar er ir anza anzas ico icas ismo able ibles ista oso osas"
    " amiento imientos adora aciones ante ancia ancias logia logias ucion uciones encia encias amente mente idad"
    " idades iva ivos ativ ad ya yeron yo yais yamos es eis emos gu gue aria arian aremos abais ida ieron iste",
    "it": "ci gli la si vi gliela ando endo ar er ir anza anze ico iche ichi ismo abile ibili ista iste oso mente"
    " atrice ante azione azioni ator logia logie uzione usioni enza enze amento imenti amente ita iva ativ ava"
    " assero erebbe iscono uto ch gh ia",
    "pt": "eza ezas ico icas ismo avel ivel ista osa amento imentos adora acao acoes ante ancia logia ucao ucoes"
    " encia encias amente mente idade iva ivos ira iras eira ativ ada aria eria ara asse isse aste ariam avam"
    " ando os i ci gue",
    "da": "hed ethed ered e erede ende erne en heden heder erer es endes enes ens ers ets et s gd dt gt kt igst ig"
    " lig elig els lost tt",
    "no": "a e ede ande ene hetene en ar er heter as es edes enes ens ers et het ast s erte ert dt vt leg eleg ig"
    " lig els lov slov hetslov tt",
    "sv": "a arna heterna orna ad e ade ande arne aste en anden heten ern er heter or arnas es andes arens at het"
    " ast s dd gd nn dt gt kt tt lig ig els lost fullt",
}
ENDINGS["multi"] = ENDINGS["en"]
EXCEPTIONS = (
    "skis skies sky dying lying tying vying dies lies ties idly gently ugly early only singly news howe atlas"
    " cosmos bias andes inning inings outing canning herring earring proceed exceed succeed using used uses"
    " capabilities possibly ability abilities hoping hopping hop pricing a i s us oed"
).split()


def words(language: str) -> Iterator[str]:
    chance = random.Random(language)
    for _ in range(30_000):
        root = "".join(
            chance.choices("bcdfghjklmnpqrstvwxyzaeiouyaeiou", k=chance.choice((0, 1, 2, 2, 3, 3, 4)))
        )
        yield root + "".join(chance.choices(ENDINGS[language].split(), k=chance.choice((0, 1, 1, 2, 3))))
    yield from EXCEPTIONS


@pytest.mark.parametrize("language", sorted(ENDINGS))
def test_a_word_begins_as_its_stem_says(language: str) -> None:
    kept = sorted({word for word in words(language) if word.isalnum()})
    stems = analyzer("stemmed", language).terms(" ".join(kept))
    wrong = [
        (word, stem)
        for word, stem in zip(kept, stems, strict=True)
        if not word.startswith(beginnings(stem, language)) or (only_itself(stem, language) and word != stem)
    ]
    assert wrong == []


def test_a_table_for_all_languages_known_to_it() -> None:
    known = {language for language in LANGUAGES if beginnings("oil", language)}
    assert known == set(ENDINGS)


def test_beginnings_are_as_long_as_they_can_be() -> None:
    assert beginnings("elect", "en") == ("elect",)
    assert beginnings("capabl", "en") == ("capab",)
    assert beginnings("be", "en") == ("be",)
    assert beginnings("agent", "es") == ("agen",)
    assert beginnings("haus", "de") == ()


def test_single_letters_are_the_stems_of_themselves() -> None:
    assert [letter for letter in "aeious1" if not only_itself(letter, "en")] == ["a", "e", "i", "o", "u"]
    assert only_itself("a", "es") and not only_itself("s", "de") and not only_itself("us", "en")
