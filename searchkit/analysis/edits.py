"""How differently two words are spelt, and how likely it is that one was typed for the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

SWAPPED: Final = 0.7
DOUBLED: Final = 0.6
FIRST: Final = 0.3
"""What slips cost instead of 1: neighbours swapped, a letter doubled or not; and what a wrong first letter
costs besides."""


def within_edits(word: str, other: str, limit: int) -> bool:
    """Whether at most ``limit`` edits make one word of the other.

    An edit adds, drops or changes a letter, or swaps two neighbours (Damerau, 1964); no letter is edited
    twice, which is known as optimal string alignment.

    >>> within_edits("puitn", "putin", 1), within_edits("boris", "putin", 2)
    (True, False)
    """
    if word == other or abs(len(word) - len(other)) > limit:
        return word == other
    if len({*word}.symmetric_difference(other)) > 2 * limit:  # an edit takes one letter and brings another
        return False
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word):
        before, last, row = last, row, [i + 1]
        for j, wanted in enumerate(other):
            cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter != wanted))
            if i and j and letter == other[j - 1] and wanted == word[i - 1]:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
    return row[-1] <= limit


def variants(word: str) -> set[str]:
    """All that one edit makes of a folded word, with the letters of its alphabet.

    Unicode keeps an alphabet's small letters in one block of 128 characters, or two. A word out of more has
    no alphabet: then it is with its own letters.
    """
    blocks = {ord(char) & ~127 for char in word}
    alphabet = [char for block in blocks for char in map(chr, range(block, block + 128)) if _is_small(char)]
    return set(_one_edit(word, alphabet if len(blocks) <= 2 else sorted({*word}))) - {word}


def _is_small(char: str) -> bool:
    return char.isalpha() and char == char.lower()


def _one_edit(word: str, letters: list[str]) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        yield from (before + letter + after[1:] for letter in letters if after)
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]


def slips(typed: str, meant: str) -> float:
    """How many slips of the usual kind would be as unlikely as those that made ``typed`` of ``meant``.

    The edits are those of :func:`within_edits`, each with the cost of its kind. What is common was counted
    by Damerau (1964: one edit, mostly), Pollock & Zamora (1984: the first letter is right, mostly) and
    Kernighan, Church & Gale (1990).

    >>> slips("aple", "apple"), slips("aple", "able")
    (0.6, 1.0)
    """
    costs = [[0.0]]
    costs[0] += [sum(_dropped(meant, k) for k in range(j)) for j in range(1, len(meant) + 1)]
    for i, letter in enumerate(typed):
        row = [costs[i][0] + _dropped(typed, i)]
        for j, wanted in enumerate(meant):
            cost = min(
                costs[i][j + 1] + _dropped(typed, i),
                row[j] + _dropped(meant, j),
                costs[i][j] + (letter != wanted),
            )
            if i and j and letter == meant[j - 1] and wanted == typed[i - 1]:
                cost = min(cost, costs[i - 1][j - 1] + SWAPPED)
            row.append(cost)
        costs.append(row)
    return costs[-1][-1] + FIRST * (typed[:1] != meant[:1])


def _dropped(word: str, at: int) -> float:
    """A letter that only one of the words has."""
    return DOUBLED if at and word[at] == word[at - 1] else 1.0
