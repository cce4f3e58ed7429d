"""What came of adding articles."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from searchkit.readers import BadRecord

MAX_REJECTS: Final = 1_000
"""How many bad records a report lists; it counts them all."""


class AddReport(Struct):
    """Counts of records: ``read`` is the sum of the four below it.

    ``replaced`` had another version in the index or earlier in the run; ``unchanged`` had the same;
    ``rejects`` holds the first bad records. ``seconds`` is wall time.
    """

    read: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects: list[BadRecord] = field(default_factory=list)
    seconds: float = 0.0

    def reject(self, bad: BadRecord) -> None:
        """Counts a bad record and keeps it, up to a bound."""
        self.rejected += 1
        if len(self.rejects) < MAX_REJECTS:
            self.rejects.append(bad)

    def __iadd__(self, other: AddReport) -> AddReport:
        self.read += other.read
        self.added += other.added
        self.replaced += other.replaced
        self.unchanged += other.unchanged
        self.rejected += other.rejected
        self.rejects += other.rejects[: MAX_REJECTS - len(self.rejects)]
        self.seconds += other.seconds
        return self
