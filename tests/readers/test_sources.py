"""Which files are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchkit.errors import SourceError
from searchkit.readers import files, is_known, read
from searchkit.schema import SETTINGS_FILE


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Storm")


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files(folder)]


@pytest.mark.parametrize(
    "name", ["a.txt", "a.TEXT", "a.json", "a.jsonl", "a.ndjson", "a.csv", "a.tsv", "a.b.txt"]
)
@pytest.mark.parametrize("packed", ["", ".gz", ".bz2", ".XZ"])
def test_known_endings(name: str, packed: str) -> None:
    assert is_known(Path("x") / (name + packed))


@pytest.mark.parametrize("name", ["a", "a.pdf", "a.gz", "a.txt.zip", "txt", ".txt", "a.txt.gz.gz"])
def test_unknown_endings(name: str) -> None:
    assert not is_known(Path(name))


def test_a_folder_gives_its_known_files_in_order(tmp_path: Path) -> None:
    make(
        tmp_path,
        "b.txt",
        "a/2.json",
        "a/1.txt.gz",
        "c/d/e.csv",
        "x.pdf",
        ".hidden.txt",
        ".git/x.txt",
        "a/README",
    )
    assert found(tmp_path) == ["a/1.txt.gz", "a/2.json", "b.txt", "c/d/e.csv"]


def test_what_an_ignore_file_names_and_indexes_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", "old/c.txt", "d/b.txt", "x.idx/sources.json", f"x.idx/{SETTINGS_FILE}")
    (tmp_path / ".searchkitignore").write_text("# not these\nb.*\nold\n\n")
    assert found(tmp_path) == ["a.txt", "d/b.txt"]


def test_a_file_is_itself_whatever_its_name(tmp_path: Path) -> None:
    make(tmp_path, ".odd")
    assert list(files(tmp_path / ".odd")) == [tmp_path / ".odd"]


def test_links_to_folders_are_not_followed_but_links_to_files_are(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "real/a.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    assert found(tmp_path) == ["b.txt", "real/a.txt"]


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.txt", "nul\0"])
def test_what_is_not_there_is_an_error_with_a_hint(tmp_path: Path, name: str) -> None:
    for attempt in (lambda: list(files(tmp_path / name)), lambda: list(read(tmp_path / name, name=name))):
        with pytest.raises(SourceError) as caught:
            attempt()
        assert caught.value.hint


def test_a_folder_where_a_file_is_expected_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a folder, where a file is expected"):
        list(read(tmp_path, name="x"))


def test_a_folder_that_cannot_be_opened_is_given_so_that_reading_it_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt", "b/c.txt")
    scandir = os.scandir

    def refuse(path: Path) -> os._ScandirIterator[str]:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied")
        return scandir(str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == ["a.txt", "b"]


def test_a_file_without_permission_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"a\.txt: no permission to read it"):
        list(read(tmp_path / "a.txt", name="a.txt"))
