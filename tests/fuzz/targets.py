"""What is fuzzed: each takes any bytes, and raises only what a reader of them would have to be told.

Run one for a time: ``python -m tests.fuzz.targets NAME SECONDS``.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from searchkit import SearchkitError
from searchkit.article import Article
from searchkit.dates import parse_range
from searchkit.evaluate.qrels import read_qrels
from searchkit.evaluate.runs import read_run
from searchkit.evaluate.topics import read_topics
from searchkit.profile import loads
from searchkit.query import parse, print_query
from searchkit.readers import FORMATS, Reading, read


def query(data: bytes) -> None:
    """Any text is a query, and prints as one that means the same."""
    text = data.decode("utf-8", "surrogateescape")
    parsed = parse(text)
    assert parse(print_query(parsed.query), strict=True).query == parsed.query


def reader(format_: str, data: bytes) -> None:
    """Any bytes are articles and bad records."""
    try:
        for each in read(io.BytesIO(data), name="x", reading=Reading(format=format_)):
            assert each.to_json() if isinstance(each, Article) else each.reason
    except SearchkitError:
        assert not format_


def period(data: bytes) -> None:
    """Any text is a range of dates, or none."""
    with suppress(SearchkitError):
        parse_range(data.decode("utf-8", "replace"), date(2020, 6, 15))


def profile(data: bytes) -> None:
    """Any text is a profile, or none."""
    with suppress(SearchkitError):
        loads(data.decode("utf-8", "replace"))


def judged(data: bytes) -> None:
    """Any file is queries, judgements or a run, or none."""
    path = Path(tempfile.gettempdir()) / f"searchkit-fuzz-{os.getpid()}"
    path.write_bytes(data)
    for reads in (read_topics, read_qrels, read_run):
        with suppress(SearchkitError):
            reads(path)
    path.unlink()


def _of_format(format_: str) -> Callable[[bytes], None]:
    return lambda data: reader(format_, data)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "query": query,
    **{name or "any": _of_format(name) for name in ("", *FORMATS)},
    "period": period,
    "profile": profile,
    "judged": judged,
}


def main(name: str, seconds: str) -> None:
    """Fuzzes a target with atheris, guided by the branches that it takes."""
    import atheris

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-timeout=30"], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
