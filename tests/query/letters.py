"""The leaves of trees that tests expect."""

from __future__ import annotations

from searchkit.query import Word

A, B, C, D = (Word(letter) for letter in "abcd")


def in_headline(text: str) -> Word:
    return Word(text, "headline")
