"""The public names: what an embedding program may rely on."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

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
