"""A folder to run the program in: empty, or with the sample articles indexed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import CORPORA, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The sample articles, indexed. Not to be changed."""
    shell = Shell(tmp_path_factory.mktemp("filled"))
    shell("index", str(CORPORA), "--date-from-path", "%Y-%m-%d")
    return shell
