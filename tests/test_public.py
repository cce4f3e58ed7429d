"""The public names: what an embedding program may rely on."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit
from searchkit import errors

NAMES = """AddReport Article Author BadRecord CopyReport Facet Flaw Hit Index IndexDamaged IndexExists IndexLocked IndexNotFound
IndexReadOnly IndexUnavailable InvalidArticle InvalidDate InvalidRequest QueryError RankProfile Reading RepairReport Results SchemaMismatch SearchkitError
Snippet Sort SourceError Total UnsupportedQuery WriteFailed check copy create open read repair""".split()

FACADE = "add batch check close create delete get iterate open search similar stats".split()


def test_the_public_names() -> None:
    assert sorted(searchkit.__all__) == sorted(NAMES)
    assert all(hasattr(searchkit, name) for name in NAMES)


def test_the_facade_stays_small() -> None:
    methods = [name for name, _ in inspect.getmembers(searchkit.Index, callable) if not name.startswith("_")]
    assert methods == FACADE


def test_every_error_is_in_the_tree_and_public() -> None:
    tree = errors.__doc__ or ""
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        assert issubclass(kind, errors.SearchkitError)
        assert name in tree
        assert name in searchkit.__all__


def test_public_names_have_docstrings() -> None:
    for name in NAMES:
        assert (getattr(searchkit, name).__doc__ or "").strip(), name


def test_versions_agree() -> None:
    project = Path(__file__).parents[1] / "pyproject.toml"
    version = re.search(r'^version = "(.+)"', project.read_text(encoding="utf-8"), re.MULTILINE)
    assert version and version[1] == searchkit.__version__


def modules(program: str, *arguments: str) -> set[str]:
    """What a Python program of this text has imported by its end."""
    ending = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    command = [sys.executable, "-c", ending + program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_what_a_program_does_not_use_it_does_not_import(tmp_path: Path) -> None:
    assert {each for each in modules("import searchkit") if each.startswith("searchkit.")} == set()
    assert "searchkit.index" in modules("import searchkit; searchkit.open")
    with searchkit.create(tmp_path / "press.idx") as index:
        index.add([{"headline": "Ferry inquiry opens", "published": "2017-12-11"}])
    program = "from searchkit.__main__ import main; main()"
    needed = modules(program, "search", "-i", str(tmp_path / "press.idx"), "ferry", "--since", "2017")
    assert "searchkit.search" in needed
    assert needed.isdisjoint(
        ("orjson", "_hashlib", "searchkit.readers", "searchkit.batch", "searchkit.ingest")
    )


def test_a_name_that_is_not_there() -> None:
    assert {*searchkit.__all__, "__version__"} <= {*dir(searchkit)}
    with pytest.raises(AttributeError, match="no attribute 'serach'"):
        _ = searchkit.serach  # type: ignore[attr-defined]  # nor does a type checker let it pass
