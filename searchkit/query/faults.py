"""What is wrong with a query: raised at once in strict mode, gathered as warnings in lenient mode."""

from __future__ import annotations

from datetime import date, timezone, tzinfo

from searchkit.errors import QueryError
from searchkit.limits import WARNINGS
from searchkit.query.ast import Span


class Faults:
    """The faults found in ``query`` so far, which is read on the day ``today`` of ``zone``."""

    def __init__(
        self, query: str, *, strict: bool, today: date | None = None, zone: tzinfo = timezone.utc
    ) -> None:
        self.query = query
        self.strict = strict
        self.today = today or date.today()
        self.zone = zone
        self._found: dict[str, None] = {}

    def add(self, span: Span, message: str, reading: str = "ignored", *, hint: str) -> None:
        """Tell of a fault: ``message`` names the part, ``reading`` says what lenient mode makes of it.

        :raises QueryError: in strict mode, with ``hint``: what to write.
        """
        if self.strict:
            raise QueryError(message, query=self.query, span=span, hint=hint)
        self.note(message, reading)

    def note(self, message: str, reading: str) -> None:
        """Tell of what is no fault, but may not be what the reader meant: a warning in both modes."""
        self._found[f"{message} ({reading})"] = None

    def within(self, query: str) -> Faults:
        """For a part that is read as if ``query`` had been written: never strict, its warnings are ours."""
        faults = Faults(query, strict=False, today=self.today, zone=self.zone)
        faults._found = self._found
        return faults

    @property
    def warnings(self) -> tuple[str, ...]:
        """The faults of lenient mode, each once; beyond the first so many only their number."""
        found = tuple(self._found)
        more = len(found) - WARNINGS
        return (*found[:WARNINGS], f"… and {more} more") if more > 0 else found


def quoted(part: str, width: int = 40) -> str:
    """A part of a query as messages name it: in quotes, on one line, and not too long."""
    line = "".join(char if char.isprintable() else " " for char in part[: width + 1])
    return f"'{line}'" if len(line) <= width else f"'{line[: width - 1]}…'"
