"""The documentation is true: its Python runs, its commands run, its commands are all there are."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from searchkit.benchmark.suite import Suite
from searchkit.benchmark.suite import load as load_suite
from searchkit.cli import app
from searchkit.cli import load as load_commands
from searchkit.cli.app import COMMANDS
from searchkit.profile import load, to_table

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "searchkit" / "help").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader's checkout: the sample articles, and no index yet."""
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.stem
)
def test_python_blocks_run(page: Path, place: Path) -> None:
    """A page's blocks are read one after the other, so they run as one program."""
    program = "\n".join(blocks(page, "python"))
    subprocess.run([sys.executable, "-c", program], cwd=place, check=True, timeout=120)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page, "console")], ids=lambda page: page.stem
)
def test_commands_run_and_find_something(page: Path, place: Path) -> None:
    lines = [
        line for block in blocks(page, "console") for line in block.splitlines() if line.startswith("$ ")
    ]
    assert lines
    for line in lines:
        program, *arguments = shlex.split(line.removeprefix("$ "))
        assert program == "searchkit", line
        done = subprocess.run(
            [sys.executable, "-m", "searchkit", *arguments],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, (line, done.stderr)


def test_the_profile_of_the_manual_is_one(tmp_path: Path) -> None:
    (block,) = blocks(ROOT / "searchkit" / "help" / "evaluate.md", "toml")
    (tmp_path / "mine.toml").write_text(block, encoding="utf-8")
    shown = to_table(load(tmp_path / "mine.toml"))
    assert {"pairs", "half_life", "minimum", "weights", "feedback"} <= {*shown}


def test_the_suite_of_the_manual_is_one(tmp_path: Path) -> None:
    (block,) = blocks(ROOT / "searchkit" / "help" / "bench.md", "toml")
    (tmp_path / "suite.toml").write_text(block, encoding="utf-8")
    shown = load_suite(tmp_path / "suite.toml")
    usual = Suite(corpus=shown.corpus, queries=shown.queries, sizes=shown.sizes, growth=shown.growth)
    assert shown == usual and shown.corpus == (tmp_path / "corpora",)


def test_the_readme_lists_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `searchkit (\w+)", readme, re.MULTILINE)
    load_commands()
    assert sorted(listed) == sorted(str(command.name) for command in app.registered_commands)
    assert sorted(listed) == sorted(COMMANDS)


def test_the_readme_lists_every_topic() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if "`searchkit help TOPIC`" in line)
    topics = {page.stem for page in PAGES if page.parent.name == "help"}
    assert set(re.findall(r"`(\w+)`", line)) == topics
