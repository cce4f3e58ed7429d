"""Where no temporary file can be made: what needs none works, the rest says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

import searchkit
from searchkit import WriteFailed
from searchkit.engines.opensearch import writer
from searchkit.engines.tantivy import journal


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    monkeypatch.setattr(journal, "IN_MEMORY", 0)
    monkeypatch.setattr(writer, "SPOOL", 1)


@pytest.mark.usefixtures("nowhere")
def test_an_index_is_written_and_searched(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index:
        with pytest.raises(RuntimeError), index.batch() as batch:
            batch.add([{"headline": "a dam"}, {"headline": "a ferry"}])
            raise RuntimeError
        assert index.add([{"headline": "a dam"}, {"headline": "a ferry"}]).added == 2
        assert index.search("ferry").total.value == 1


@pytest.mark.usefixtures("nowhere")
def test_a_check_finds_no_damage(tmp_path: Path) -> None:
    with searchkit.create(tmp_path / "x.idx") as index, pytest.raises(WriteFailed, match="TMPDIR"):
        index.check()


@pytest.mark.usefixtures("nowhere")
def test_what_waits_for_a_cluster() -> None:
    client: Any = Mock()
    waiting = writer.OpenSearchWriter(client, "en")
    with pytest.raises(WriteFailed, match="TMPDIR"):
        waiting.add({"id": "a" * 100}, replaces=True)
    waiting.rollback()
    waiting.close()
