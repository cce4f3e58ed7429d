"""Stop words: the words of a language that say how a sentence hangs together, and not what it is about.

They are indexed and found within quotes like any other; only from the bare words of a query they are left
out. For English they are the closed word classes, but for those that are a name or a noun as often (May,
Will, us for U.S.): a list of a few dozen, as many engines have it, lets "what", "how" and "should" rank the
hits of a question. Other languages have Snowball's lists, as Tantivy carries them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import tantivy

from searchkit.analysis.analyzers import STEMMERS

_ENGLISH: Final = frozenset(
    """
    a an the this that these those each every either neither any some no all both such another other
    i me my mine myself we our ours ourselves you your yours yourself yourselves he him his himself
    she her hers herself it its itself they them their theirs themselves
    what which who whom whose when where why how whether
    am is are was were be been being do does did doing have has had having
    can cannot could would shall should must might ought
    about above across after against along among at before behind below beneath between beyond by despite
    down during except for from in inside into of off on onto out outside over through throughout to toward
    towards under until up upon via with within without
    and but or nor so if because although though while whereas unless than as
    not there here then too very also again further only just own same more most few
    """.split()
)


@cache
def _snowball(language: str) -> tantivy.TextAnalyzer | None:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    try:
        return words.filter(tantivy.Filter.stopword(STEMMERS.get(language, ""))).build()
    except ValueError:  # no list for that language
        return None


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word, as it is written, is one of the language's stop words (none for ``multi``)."""
    word = word.lower()
    if language == "en":
        return word in _ENGLISH
    stop = _snowball(language)
    return stop is not None and not stop.analyze(word)
