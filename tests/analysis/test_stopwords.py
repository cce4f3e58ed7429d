"""Stop words: as they are written, accents and all."""

from __future__ import annotations

import pytest

from searchkit.analysis import LANGUAGES, is_stop_word


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the of What HOW should into"),
        ("de", "für Über der"),
        ("sv", "på för är"),
        ("es", "también más el"),
        ("fr", "même à les"),
        ("pt", "não são o"),
    ],
)
def test_they_are_told_as_written(language: str, words: str) -> None:
    assert all(is_stop_word(word, language) for word in words.split())


def test_names_and_nouns_are_none() -> None:
    assert not any(is_stop_word(word, "en") for word in "may will us ferry Ferry".split())
    assert not any(is_stop_word("the", language) for language in LANGUAGES if language not in ("en", "da"))
