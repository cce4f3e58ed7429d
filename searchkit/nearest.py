"""The name that was meant by one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The one of ``known`` that is spelt most like ``name``, or an empty string.

    ``cutoff`` is the least share of letters that they have in common, from 0 to 1, as difflib counts it.
    """
    from difflib import get_close_matches  # imported here, for it is slow and only a mistake needs it

    return next(iter(get_close_matches(name, [*known], n=1, cutoff=cutoff)), "")
