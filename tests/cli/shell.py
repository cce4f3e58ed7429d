"""The program as a shell runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).parents[2] / "corpora"


class Shell:
    """Runs searchkit in a folder of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __call__(self, *arguments: str, stdin: bytes = b"", status: int = 0) -> str:
        done = self.run(*arguments, stdin=stdin)
        assert done.returncode == status, (arguments, done.stdout, done.stderr)
        return done.stdout.decode()

    def error(self, *arguments: str, status: int = 2) -> str:
        done = self.run(*arguments)
        assert (done.returncode, done.stdout) == (status, b""), (arguments, done)
        assert b"Traceback" not in done.stderr
        return done.stderr.decode()

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {key: value for key, value in os.environ.items() if key != "SEARCHKIT_INDEX"}
        command = [sys.executable, "-m", "searchkit", *arguments]
        return subprocess.run(
            command, cwd=self.place, input=stdin, capture_output=True, env=environment, timeout=120
        )


def load(text: str) -> dict[str, Any]:
    loaded = json.loads(text)
    assert isinstance(loaded, dict)
    return loaded
