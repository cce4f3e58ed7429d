"""How differently two words are spelt."""

from __future__ import annotations


def within_edits(word: str, other: str, limit: int) -> bool:
    """Whether at most ``limit`` edits make one word of the other.

    An edit adds, drops or changes a letter, or swaps two neighbours (Damerau, 1964); no letter is edited
    twice, which is known as optimal string alignment.

    >>> within_edits("puitn", "putin", 1), within_edits("boris", "putin", 2)
    (True, False)
    """
    return edits(word, other, limit) <= limit


def edits(word: str, other: str, limit: int) -> int:
    """The least number of edits, or ``limit + 1`` if it takes more."""
    if word == other:
        return 0
    if abs(len(word) - len(other)) > limit:
        return limit + 1
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
            return limit + 1
    return min(row[-1], limit + 1)
