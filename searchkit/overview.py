"""What is in an index, at a glance."""

from __future__ import annotations

from typing import Any, Final

from searchkit.engines.base import Engine
from searchkit.plan import All
from searchkit.schema import day_of

PAPERS: Final = 1_000
"""How many publications are listed, the most frequent first."""


def overview(engine: Engine) -> dict[str, Any]:
    """What ``searchkit stats --json`` gives: counts, dates, size and settings."""
    snapshot = engine.snapshot()
    found = snapshot.statistics()
    papers = snapshot.facet(All(), "publication_is", limit=PAPERS)
    return {
        "articles": found.articles,
        "undated": found.undated,
        "first": found.first and day_of(found.first).isoformat(),
        "last": found.last and day_of(found.last).isoformat(),
        "publications": {paper.value: paper.count for paper in papers},
        "size_bytes": found.size_bytes,
        "segments": found.segments,
        "language": engine.settings.language,
        "engine": engine.name,
        "schema": engine.settings.fingerprint,
    }
