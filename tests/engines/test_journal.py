"""The journal gives back what was done, in its order, whether it still holds it or has written it down."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.tantivy import journal
from searchkit.engines.tantivy.journal import Journal, Step

STEPS = st.lists(st.builds(Step, st.text(), st.text(), st.integers(-1), st.booleans()), max_size=20)


@given(STEPS, STEPS, st.integers(0, 2_000))
def test_what_was_done_is_given_back(first: list[Step], second: list[Step], room: int) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(journal, "IN_MEMORY", room)
        kept = Journal(Path(folder))
        for steps in (first, second):
            assert kept.is_empty and not list(kept.steps())
            for step in steps:
                kept.append(step)
            assert list(kept.steps()) == list(kept.steps()) == steps
            assert kept.is_empty == (not steps)
            kept.clear()
        kept.close()


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "IN_MEMORY", 1_000)
    kept = Journal(tmp_path)
    for number in range(100):
        kept.append(Step("", "x" * 500, number))
        assert len(kept._latest) < 2, "the second article is one too many"
    assert [step.number for step in kept.steps()] == list(range(100))
    kept.close()
