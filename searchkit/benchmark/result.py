"""What was measured, where and with what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds that each query took, in the order of the queries; None where the engine has no such."""

    times: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        """The times there are: one at least."""
        return [time for time in self.times if time is not None]

    @property
    def median(self) -> float:
        """Half of the queries took no longer."""
        return median(self.known)

    @property
    def p99(self) -> float:
        """99 of 100 queries took no longer (the nearest rank)."""
        known = sorted(self.known)
        return known[math.ceil(0.99 * len(known)) - 1]

    @property
    def per_second(self) -> float:
        """Queries a second, one after the other."""
        return 1000 * len(self.known) / sum(self.known)

    def beside(self, other: Timing) -> Timing:
        """The times of the queries that the other one has, too: only these can be compared."""
        return Timing(
            tuple(
                None if theirs is None else own for own, theirs in zip(self.times, other.times, strict=True)
            )
        )

    def among(self, kinds: Sequence[str], kind: str) -> Timing | None:
        """The times of the queries of one kind, if there are any."""
        chosen = tuple(time if each == kind else None for time, each in zip(self.times, kinds, strict=True))
        return Timing(chosen) if any(time is not None for time in chosen) else None


@dataclass(frozen=True, slots=True)
class Indexing:
    """How an index was made. Seconds are the least of all times that it was.

    ``peak_bytes`` is the most memory that the process had, None where the system does not tell; then the
    seconds that it took again: with the same file, and with the same records in a changed one (None for
    engines that have no command for it).
    """

    seconds: float
    size_bytes: int
    peak_bytes: int | None = None
    same_file: float | None = None
    same_records: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine: its index, the times of the tasks that it has, queries a second by number of threads."""

    index: Indexing
    tasks: Mapping[str, Timing]
    threads: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """One size of the corpus: the engines by name."""

    articles: int
    engines: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Result:
    """A whole benchmark. ``about`` says when, where, with what and on what; ``skipped`` maps engines that are
    not there to why. Runs go from few articles to many; ``growth`` are those on made-up articles, beside."""

    about: Mapping[str, Any]
    runs: tuple[Run, ...]
    skipped: Mapping[str, str] = field(default_factory=dict)
    growth: tuple[Run, ...] = ()

    @property
    def sizes(self) -> tuple[Run, ...]:
        """The runs that show how figures grow with the corpus, if there are several."""
        runs = self.growth or self.runs
        return runs if len(runs) > 1 else ()
