"""Whether segments are too few for Tantivy to join them, and too many for a search, which looks into each.

Tantivy joins eight segments of about a size, and offers no way to ask for less. So an index of a hundred
thousand articles may be left with ten segments, and a search in them takes twice the time of one in two.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2
from typing import Final

from searchkit.engines.tantivy.commit import Segment

_JOINED: Final = 8
"""Segments of one level that Tantivy joins."""
_LEAST: Final = 10_000
"""Articles: all smaller segments count as of this size."""
_LEVEL: Final = 0.75
"""How far the sizes of one level are apart, as a power of two."""
WORTH: Final = 5_000
"""Articles in small segments from which on joining them is worth its time: a second or so."""


def lacks_segments(segments: Iterable[Segment], added: int) -> bool:
    """Whether some more small segments are worth making, so that Tantivy joins all small ones.

    A writer that ``added`` so many articles joins at most twice as many, so that what comes in small portions
    is not written again with each of them.
    """
    level = _lowest([segment.size - segment.deleted for segment in segments])
    is_scattered = 1 < len(level) < _JOINED and WORTH <= sum(level) <= 2 * added
    return is_scattered and _magnitude(level[0]) - _LEVEL <= log2(_LEAST)


def _lowest(sizes: list[int]) -> list[int]:
    """The sizes in the level of the smallest segments, the largest first.

    Tantivy's log merge policy makes its levels from the largest segment down, each as far as it goes.
    """
    level: list[int] = []
    for size in sorted(sizes, reverse=True):
        if level and _magnitude(size) < _magnitude(level[0]) - _LEVEL:
            level = []
        level.append(size)
    return level


def _magnitude(size: int) -> float:
    return log2(max(size, _LEAST))
