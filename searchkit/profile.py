"""Rank profiles: how articles are ranked, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from searchkit.errors import InvalidRequest


@dataclass(frozen=True, slots=True)
class RankProfile:
    """How a bare word scores: BM25 in each field, times the field's weight, summed.

    ``text`` holds every part of an article once, so that its weight is 1 and the others add to it.
    """

    name: str
    weights: tuple[tuple[str, float], ...] = (("text", 1.0), ("headline", 0.3))


NEWS: Final = RankProfile("news")
"""The default: a word in the headline counts more."""

BM25: Final = RankProfile("bm25", (("text", 1.0),))
"""Plain BM25 over the whole text."""

PROFILES: Final = {profile.name: profile for profile in (NEWS, BM25)}
"""The profiles that come with searchkit, by name."""


def named(profile: RankProfile | str) -> RankProfile:
    """The profile of that name, or the profile itself.

    :raises InvalidRequest: if there is none of that name.
    """
    if isinstance(profile, RankProfile):
        return profile
    if profile not in PROFILES:
        raise InvalidRequest(f"no profile {profile!r}", hint=f"profiles: {', '.join(PROFILES)}")
    return PROFILES[profile]
