"""What is wrong with a query: raised at once in strict mode, gathered as warnings in lenient mode."""

from __future__ import annotations

from searchkit.errors import QueryError
from searchkit.limits import WARNINGS
from searchkit.query.ast import Span


class Faults:
    """The faults found in ``query`` so far."""

    def __init__(self, query: str, *, strict: bool) -> None:
        self.query = query
        self.strict = strict
        self._found: dict[str, None] = {}

    def add(self, span: Span, message: str, reading: str = "ignored", hint: str = "") -> None:
        """Tell of a fault: ``message`` names the part, ``reading`` says what lenient mode makes of it.

        :raises QueryError: in strict mode.
        """
        if self.strict:
            raise QueryError(message, query=self.query, span=span, hint=hint)
        self._found[f"{message} ({reading})"] = None

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
