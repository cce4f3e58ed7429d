"""Everything that can go wrong, as one tree.

::

    SearchkitError
    ├── InvalidArticle        a record that cannot be an article
    ├── SourceError           a file or folder that cannot be read at all
    ├── InvalidRequest        a limit, sort, filter or option that makes no sense
    │   └── InvalidDate       a date that cannot be read
    ├── QueryError            a query that cannot be understood (strict mode)
    │   └── UnsupportedQuery  understood, but this engine cannot run it
    ├── IndexNotFound         nothing there, or not one of ours
    ├── IndexExists           something is already there
    ├── IndexLocked           another writer is at work
    ├── IndexReadOnly         may be searched, not written
    ├── WriteFailed           a full or failing disk: the last commit stands
    ├── IndexUnavailable      on a cluster that does not answer, is overloaded or lacks a part of it
    ├── IndexDamaged          files missing, cut short or unreadable
    └── SchemaMismatch        made with other fields, analyzers or a newer version

Every message names the thing, says what was wrong and what to do; ``hint`` holds the last part
so that a program can show it apart.
"""

from __future__ import annotations


class SearchkitError(Exception):
    """Base of all errors that searchkit raises on purpose."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """As it is, whatever its making takes: processes hand errors to each other."""
        return _as_it_was, (type(self), self.args, vars(self))

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


def _as_it_was(
    kind: type[SearchkitError], said: tuple[object, ...], known: dict[str, object]
) -> SearchkitError:
    error = kind.__new__(kind, *said)
    vars(error).update(known)
    return error


class InvalidArticle(SearchkitError, ValueError):
    """A record that cannot be an article: ``field`` names the culprit."""

    def __init__(self, message: str, *, field: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class SourceError(SearchkitError):
    """A source (file, folder or stream) that cannot be read at all."""


class InvalidRequest(SearchkitError, ValueError):
    """A limit, sort, filter or option that makes no sense."""


class InvalidDate(InvalidRequest):
    """A date, instant or range of dates that cannot be read."""


class QueryError(SearchkitError, ValueError):
    """A query that cannot be understood.

    ``span`` is the half-open range of characters of ``query`` at fault; ``str()`` draws a caret under it.
    """

    def __init__(self, message: str, *, query: str, span: tuple[int, int], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.query = query
        self.span = span

    def __str__(self) -> str:
        lines = [self.message, *_underlined(self.query, self.span)]
        return "\n".join([*lines, self.hint] if self.hint else lines)


class UnsupportedQuery(QueryError):
    """A query that is understood but that ``engine`` cannot run: ``node`` names the part."""

    def __init__(self, message: str, *, node: str, engine: str, hint: str = "") -> None:
        super().__init__(message, query="", span=(0, 0), hint=hint)
        self.node = node
        self.engine = engine


class IndexNotFound(SearchkitError):
    """There is no index at that place, or what is there is not one."""


class IndexExists(SearchkitError):
    """``create`` was asked for a place that already holds something."""


class IndexLocked(SearchkitError):
    """Another writer is at work and did not finish in time."""


class IndexReadOnly(SearchkitError):
    """The index may be searched but not written: a read-only medium, or another user's folder."""


class WriteFailed(SearchkitError):
    """A commit that failed, as on a full disk: the index is as of the one before."""


class IndexUnavailable(SearchkitError):
    """The index lies on a cluster that cannot be reached, is too slow, overloaded, or lacks a part of it.

    What was committed is not lost by that; what was not can be done again.
    """


class IndexDamaged(SearchkitError):
    """Files of the index are missing, cut short or unreadable."""


class SchemaMismatch(SearchkitError):
    """The index was made with other fields or analyzers, or by a newer version."""


def _underlined(query: str, span: tuple[int, int], width: int = 72) -> list[str]:
    """The query on one line, cut to ``width`` around ``span``, and carets below the span."""
    if not query:
        return []
    line = "".join(char if char.isprintable() else " " for char in query)
    start = max(0, min(span[0] - width // 2, len(line) - width))
    carets = max(1, min(span[1], start + width) - span[0])
    return [f"  {line[start : start + width]}", f"  {' ' * (span[0] - start)}{'^' * carets}"]
