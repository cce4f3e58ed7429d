"""Stop words, in every language an index may have."""

from __future__ import annotations

import pytest

from searchkit.analysis import LANGUAGES, is_stop_word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_asked(language: str) -> None:
    assert not is_stop_word("xyzzy", language)


def test_what_is_a_stop_word_depends_on_the_language() -> None:
    assert is_stop_word("the", "en") and is_stop_word("der", "de")
    assert not is_stop_word("the", "multi") and not is_stop_word("der", "en")
