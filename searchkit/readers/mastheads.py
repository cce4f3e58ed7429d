"""The names of papers and of their sections: how a line is told from a headline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from searchkit.readers.layout import is_finished
from searchkit.regex import regex

SMALL_WORDS: Final = frozenset(
    """and & in at on of for the by with de del della di da do dos du des van von der den la le les el los
    il al bin ibn y e und et to""".split()
)
"""What is not capitalised within a name."""
_ARTICLES: Final = frozenset("the le la les el los las il lo der die das de het".split())
_NEWSPAPER: Final = frozenset(
    """advertiser age argus bugle bulletin chronicle courier daily dispatch echo enquirer evening examiner
    express gazette globe guardian herald independent inquirer journal ledger mail mercury messenger
    mirror monitor news nation observer post press record register reporter review sentinel standard
    star sun sunday telegraph times today citizen democrat gleaner republic republican statesman tribune
    weekly journalist scotsman economist spectator morning zeitung anzeiger blatt kurier nachrichten
    rundschau tageblatt tagblatt morgenpost abendblatt abendzeitung presse allgemeine bote merkur
    spiegel écho courrier dépêche figaro libération matin monde parisien progrès voix correo diario faro
    heraldo mundo nación país periódico prensa vanguardia voz corriere gazzetta giornale mattino
    messaggero repubblica stampa correio diário estado folha gazeta jornal notícias dagblad telegraaf
    volkskrant aftenposten tidende nyheter""".split()
)
_SECTION: Final = frozenset(
    """world home main front uk us national local regional international foreign city politics business
    finance economy markets money companies property media tech technology science health medicine
    education environment climate energy travel transport culture arts books film music theatre
    television tv food drink fashion style life lifestyle living family people society religion sport
    sports football cricket rugby racing tennis golf cycling comment commentary opinion opinions
    editorial editorials leader leaders analysis letters obituary obituaries features feature review
    reviews weather crime courts law defence defense news nation exclusive politik wirtschaft feuilleton
    kultur meinung kommentar leitartikel lokales ausland inland wissenschaft panorama gesellschaft
    finanzen reise medien politique économie société planète idées débats sciences santé éducation
    política economía internacional nacional sociedad cultura deportes opinión ciencia editoriales mondo
    cronaca economia politica esteri""".split()
)
_BESIDE_A_SECTION: Final = frozenset("& and und et y e page pages section".split())
_LETTERED = regex(r"section [a-z]\d{0,2}")
_EDITION = regex(
    r"(?:(?:first|second|third|fourth|final|late|early|city|national|international|metro|morning|evening|weekend"
    r"|sunday|saturday|home|country|main|european|american|asian|scottish|irish|northern|london|us|uk|\d(?:st|nd|rd|th))"
    r"\s+){1,3}edition(?:\s*\([^()]{1,40}\))?"
)
_BETWEEN = regex(r"[\s|/,:]+")
_WORD = regex(r"[^\W_]+")
_IN_BRACKETS = regex(r"\s*\([^()]*\)$|\s+[-–—]\s.*")


def is_newspaper(name: str) -> bool:
    """Whether a few words are a paper's name, by one of them."""
    bare = without_edition(name)
    return is_title(bare) and not _NEWSPAPER.isdisjoint(_words(bare))


def without_edition(name: str) -> str:
    """A paper's name without what archives put behind it: ``Miami Herald (Sunday)``, ``The Times - News``."""
    return _IN_BRACKETS.sub("", name)


def ends_as_newspaper(name: str) -> bool:
    """Whether a short name ends as papers' do, and as other titles seldom: ``The Harbour Gazette``."""
    words = _words(name)
    return is_newspaper(name) and len(words) <= 4 and words[-1] in _NEWSPAPER


def begins_with_article(name: str) -> bool:
    """Whether a name begins as papers' often do: ``The Australian``, ``El Comercio``."""
    return name.split()[0].casefold() in _ARTICLES


def is_section(text: str) -> bool:
    """Whether a few words name a part of a paper: ``UK NEWS``, ``Arts & Books``, ``Section B``."""
    words = [word for word in _BETWEEN.split(text.casefold()) if word]
    if not 1 <= len(words) <= 4:
        return False
    if _LETTERED.fullmatch(" ".join(words)) or words in (["front-page"], ["leading", "article"]):
        return True
    return {*words} <= _SECTION | _BESIDE_A_SECTION and not _SECTION.isdisjoint(words)


def is_edition(text: str) -> bool:
    """Whether a line names an edition: ``Late Edition (East Coast)``."""
    return bool(_EDITION.fullmatch(text.casefold()))


def is_title(text: str) -> bool:
    """Whether a few words are all written as names are."""
    words = text.split()
    return len(words) <= 6 and len(text) <= 60 and not is_finished(text) and are_names(words)


def are_names(words: Iterable[str], lower: frozenset[str] = SMALL_WORDS) -> bool:
    """Whether words are capitalised, but for those that names have in ``lower`` case."""
    bare = [word.strip("\"'“”‘’(),.") for word in words]
    return any(word[:1].isupper() for word in bare) and all(
        not word[:1].islower() or word in lower or word[2:3].isupper() for word in bare
    )


def _words(name: str) -> list[str]:
    """The words of a name in small letters, each apart from what is tied to it: ``L’Écho``."""
    return _WORD.findall(name.casefold())
