"""Rank profiles: how articles are ranked, as data, kept as TOML."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from searchkit import toml
from searchkit.errors import InvalidRequest, SourceError
from searchkit.limits import CLAUSES, DISTANCE, FEEDBACK_ARTICLES, WEIGHT
from searchkit.regex import regex
from searchkit.schema import FIELDS, Kind
from searchkit.toml import Table, check_whole, meant

_NAME = regex(r"[^\W_][\w.-]*")
_TEXTS: Final = tuple(field.name for field in FIELDS if field.kind is Kind.TEXT)


class Feedback(Struct, frozen=True):
    """Words taken from the best articles of a first search, and added to the query.

    Of the first ``articles`` hits, the ``terms`` best words that are in at least ``agreeing`` of them;
    ``mass`` is their share of the whole query's weight, from 0 to below 1. An article counts by its score's
    share of the best one's, to the ``power``: where one hit stands out, it alone is believed.

    :raises InvalidRequest: for a value out of range.
    """

    articles: int = 10
    terms: int = 20
    mass: float = 0.4
    agreeing: int = 2
    power: float = 6.0

    def __post_init__(self) -> None:
        check_whole("feedback.articles", self.articles, least=1, most=FEEDBACK_ARTICLES)
        check_whole("feedback.terms", self.terms, least=1, most=CLAUSES)
        _number("feedback.mass", self.mass, most=0.9)
        check_whole("feedback.agreeing", self.agreeing, least=1, most=self.articles)
        _number("feedback.power", self.power, most=100)


class RankProfile(Struct, frozen=True):
    """How a bare word scores: BM25 in each field, times the field's weight, summed.

    ``text`` holds every part of an article once, so that its weight is 1 and the others add to it.
    ``pairs`` is the weight of two neighbouring words of a query that stand at most ``pair_distance`` words
    apart, see :mod:`searchkit.plan.pairs`; a pair counts only if its rarer word is in at most
    max(``pair_floor``, ``pair_articles`` × all) articles, which bounds its cost.
    ``half_life`` is the age in days at which an article counts half (None: its age does not matter).
    ``minimum`` is the share of a row's words, from 0 to 1, that an article must have.

    :raises InvalidRequest: for a field without text, or a value out of range.
    """

    name: str
    weights: tuple[tuple[str, float], ...] = (("text", 1.0), ("headline", 0.3))
    pairs: float = 0.15
    pair_distance: int = 3
    pair_articles: float = 0.01
    pair_floor: int = 1000
    feedback: Feedback | None = None
    half_life: int | None = None
    minimum: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise InvalidRequest(f"name: expected letters, digits, - _ and ., got {self.name!r}")
        _check_weights(self.weights)
        if not isinstance(self.feedback, Feedback | None):
            raise InvalidRequest(f"feedback: expected a Feedback or None, got {self.feedback!r}")
        _number("pairs", self.pairs, most=WEIGHT)
        check_whole("pair_distance", self.pair_distance, least=1, most=DISTANCE)
        _number("pair_articles", self.pair_articles, most=1)
        check_whole("pair_floor", self.pair_floor)
        _number("minimum", self.minimum, most=1)
        if self.half_life is not None:
            check_whole("half_life", self.half_life, least=1)


def named(profile: RankProfile | str | os.PathLike[str]) -> RankProfile:
    """The profile of that name, in that file (a name that ends in ``.toml``), or the profile itself.

    :raises InvalidRequest: if there is none, or the file holds none. :raises SourceError: see :func:`load`.
    """
    if isinstance(profile, RankProfile):
        return profile
    if os.fspath(profile).endswith(".toml"):
        return load(profile)
    if profile not in PROFILES:
        known = f"profiles: {', '.join(PROFILES)}, or a file that ends in .toml"
        raise InvalidRequest(f"no profile {os.fspath(profile)!r}", hint=known)
    return PROFILES[str(profile)]


def load(path: str | os.PathLike[str]) -> RankProfile:
    """The profile that a TOML file holds; without a ``name``, it is called as the file is.

    :raises SourceError: if the file cannot be read. :raises InvalidRequest: if it holds no profile.
    """
    return toml.load(path, lambda text: loads(text, name=Path(path).stem))


def loads(text: str, *, name: str = "") -> RankProfile:
    """The profile that TOML holds, called ``name`` if it does not say.

    :raises InvalidRequest: if it holds none.
    """
    return from_table(({"name": name} if name else {}) | toml.loads(text))


def dumps(profile: RankProfile) -> str:
    """The profile as TOML, every value spelled out."""
    import tomli_w  # imported here, for a search never needs it

    return tomli_w.dumps(to_table(profile))


def save(profile: RankProfile, path: str | os.PathLike[str]) -> None:
    """Writes the profile to a file, in the place of what is there.

    :raises SourceError: if it cannot be written.
    """
    try:
        Path(path).write_text(dumps(profile), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{os.fspath(path)}: {error.strerror}") from None


def to_table(profile: RankProfile) -> Table:
    """The profile's values as TOML's types, without those that are None;
    ``weights`` and ``feedback`` are tables of their own."""
    known = {key: value for key, value in to_builtins(profile).items() if value is not None}
    return known | {"weights": dict(profile.weights)}


def from_table(table: Mapping[str, Any]) -> RankProfile:
    """The profile of these values; what is not given has its default.

    :raises InvalidRequest: for an unknown key, a wrong type, or a value out of range.
    """
    _check_keys("", table, RankProfile)
    values = _given(table)
    if "name" not in values:
        raise InvalidRequest("a profile without a name", hint='write name = "mine"')
    if "weights" in values:
        values["weights"] = tuple(_table(values, "weights").items())
    if "feedback" in values:
        given = _table(values, "feedback")
        _check_keys("feedback.", given, Feedback)
        values["feedback"] = Feedback(**given)
    return RankProfile(**values)


def replaced(profile: RankProfile, parameter: str, value: float | None) -> RankProfile:
    """The profile with one parameter set: ``pairs``, ``weights.headline``, ``feedback.mass``.

    None takes a weight out, and gives anything else its default.

    :raises InvalidRequest: for an unknown parameter, or a value out of range.
    """
    table = to_table(profile)
    group, _, key = parameter.rpartition(".")
    if group in _GROUPS and value is None and group not in table:
        return profile
    if group in _GROUPS:
        table.setdefault(group, {})[key] = value
    else:
        table[parameter] = value
    return from_table(table)


_GROUPS: Final = ("weights", "feedback")


def _check_weights(weights: object) -> None:
    if not isinstance(weights, tuple) or not all(isinstance(w, tuple) and len(w) == 2 for w in weights):
        raise InvalidRequest(f"weights: expected pairs of a field and a number, got {weights!r}")
    names = [name for name, _ in weights]
    for name, weight in weights:
        if name not in _TEXTS:
            raise InvalidRequest(f"weights.{name}: no such field of text", hint=meant(name, _TEXTS))
        _number(f"weights.{name}", weight, most=WEIGHT)
    if len({*names}) < len(names):
        raise InvalidRequest(f"weights: a field is named twice among {', '.join(names)}")
    if not any(weight for _, weight in weights):
        raise InvalidRequest("weights: all are 0", hint="give one field a weight: text = 1.0")


def _check_keys(prefix: str, given: Iterable[str], kind: type[RankProfile | Feedback]) -> None:
    known = kind.__struct_fields__
    for key in given:
        if key not in known:
            raise InvalidRequest(f"{prefix}{key}: a profile has no such value", hint=meant(key, known))


def _table(values: Table, key: str) -> Table:
    if not isinstance(values[key], dict):
        raise InvalidRequest(f"{key}: expected a table, got {values[key]!r}", hint=f"write [{key}] above it")
    return _given(values[key])


def _given(table: Mapping[str, Any]) -> Table:
    return {key: value for key, value in table.items() if value is not None}


def _number(name: str, value: object, *, most: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise InvalidRequest(f"{name}: expected a number from 0 to {most}, got {value!r}")


NEWS: Final = RankProfile("news")
"""The default: a word in the headline counts more, and so do neighbouring words near each other."""

BM25: Final = RankProfile("bm25", (("text", 1.0),), pairs=0.0)
"""Plain BM25 over the whole text."""

FEEDBACK: Final = replace(NEWS, name="feedback", feedback=Feedback())
"""``news``, and words from the best articles: for a subject, not for one known article."""

RECENT: Final = replace(NEWS, name="recent", half_life=30)
"""``news``, where an article counts half after a month."""

PROFILES: Final = {profile.name: profile for profile in (NEWS, BM25, FEEDBACK, RECENT)}
"""The profiles that come with searchkit, by name."""
