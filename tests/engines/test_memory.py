"""Memory that a large commit leaves behind is given back."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Article, Index
from searchkit.engines.tantivy import memory


@pytest.mark.parametrize(("articles", "times"), [(2, 0), (3, 1)])
def test_a_commit_of_many_articles_gives_back(
    articles: int, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[None] = []
    monkeypatch.setattr("searchkit.engines.tantivy.writer._MANY", 3)
    monkeypatch.setattr("searchkit.engines.tantivy.writer.give_back", lambda: given.append(None))
    with Index.create(tmp_path / "index") as index:
        index.add(Article(id=str(n), body="oil") for n in range(articles))
    assert len(given) == times


@pytest.mark.skipif(not memory._TRIM, reason="the C library has no malloc_trim")
def test_what_is_free_goes_back_to_the_system() -> None:
    blocks = [b"x" * 100_000 for _ in range(2_000)]  # each too small for a mapping of its own
    del blocks[::2]  # free, but never the end of what the library has
    kept = kilobytes()
    memory.give_back()
    assert kept - kilobytes() > 50_000


def kilobytes() -> int:
    """The memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
