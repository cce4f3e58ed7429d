"""Fuzzing: what is found becomes an example here, by name; atheris looks for more in a marked run."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

SECONDS = 60


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes(name: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.binary(max_size=100) | st.text(max_size=50).map(str.encode))
    def check(data: bytes) -> None:
        TARGETS[name](data)

    check()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("profile", b"a = " + b"[" * 5_000),
        ("profile", b"a" + b".a" * 5_000 + b" = 1"),
        ("judged", b"[" * 5_000),
        ("judged", b'{"id": ' + b"[" * 5_000),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_was_found(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_atheris_finds_nothing(name: str, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.skip("atheris is not here: pip install searchkit[fuzz]")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.fuzz.targets", name, str(SECONDS)]
    done = subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(root), "TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr[-4000:]
