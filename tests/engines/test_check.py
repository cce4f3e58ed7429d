"""Damage is found by a check, and kills no search."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest

import searchkit
from searchkit import Article, IndexNotFound
from searchkit.analysis import analyzer
from tests.engines.damages import DAMAGES, flip
from tests.engines.users import nobody

SEARCH = """
import sys, searchkit
for where in sys.argv[1:]:
    print(where, flush=True)
    try:
        with searchkit.open(where) as index:
            for query in ("word", '"two words"', "wo*", "wrod~1", "two w/3 words", "headline:h", ""):
                for sort in ("relevance", "newest"):
                    hits = index.search(query, sort=sort, facets=["publication", "author"], since="2001")
                    read = [(hit.article, hit.snippets) for hit in hits]
            index.search("wrods")
            index.stats()
            read = [hit.article for hit in index.iterate()]
            index.get("3")
            index.similar("3")
    except searchkit.SearchkitError:
        pass
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with deletions. Not to be changed."""
    where = tmp_path_factory.mktemp("whole") / "x.idx"
    with searchkit.create(where) as index:
        index.add(article(number) for number in range(40))
        index.delete("7", "8")
    return where


def article(number: int) -> Article:
    return Article.from_dict(
        {
            "id": str(number),
            "headline": f"h{number} word",
            "body": f"Two words and the number {number}. " * 5,
            "publication": f"Paper {number % 3}",
            "authors": ["Ann Lee"],
            "published": f"2001-02-{number % 28 + 1:02}",
        }
    )


def files(where: Path) -> list[str]:
    """All that has content: locks have none."""
    found = (path.relative_to(where).as_posix() for path in where.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.endswith(".lock"))


def damaged(whole: Path, place: Path, name: str) -> Iterator[tuple[str, Path]]:
    """A copy for each way to damage a file of an index."""
    for way, damage in DAMAGES.items():
        copy = place / way.replace(" ", "-")
        shutil.copytree(whole, copy)
        data = damage((whole / name).read_bytes())
        if data is None:
            (copy / name).unlink()
        else:
            (copy / name).write_bytes(data)
        yield way, copy


def test_every_damage_to_every_file_is_found_and_none_kills_a_search(whole: Path, tmp_path: Path) -> None:
    assert searchkit.check(whole, deep=True) == []
    missed = []
    for number, name in enumerate(files(whole)):
        copies = dict(damaged(whole, tmp_path / str(number), name))
        missed += [
            (name, way)
            for way, copy in copies.items()
            if name not in {flaw.file for flaw in searchkit.check(copy, deep=True)}
        ]
        search = [sys.executable, "-c", SEARCH, *map(str, copies.values())]
        done = subprocess.run(search, capture_output=True, text=True)
        assert done.returncode == 0, (name, done.stdout.splitlines()[-1], done.stderr[-2000:])
    assert missed == [("cards", "garbage behind")]  # which a killed writer leaves, too, and nobody reads


def unlike(number: int) -> Article:
    """An article that has little in common with others, not even how often it says its words."""
    chance = random.Random(number)
    words = [f"w{chance.randrange(200)}" for _ in range(chance.randint(20, 200))]
    return Article(id=str(number), headline=" ".join(words[:4]), body=" ".join(words))


def same(first: Path, second: Path) -> bool:
    return first.read_bytes() == second.read_bytes()


def swaps(where: Path) -> Iterator[tuple[str, str]]:
    """Files of an index that may be taken for each other: of one kind in two segments, or of one segment."""
    names = [
        name
        for name in files(where)
        if name.count(".") == 1 and name.startswith("tantivy/") and "meta" not in name
    ]
    for first, second in combinations(names, 2):
        if first.split(".")[0] == second.split(".")[0] or first.split(".")[1] == second.split(".")[1]:
            yield first, second


def test_files_that_changed_places_are_found_and_kill_no_search(tmp_path: Path) -> None:
    whole = tmp_path / "whole.idx"
    with searchkit.create(whole) as index:
        for start in (0, 20):  # segments of one size
            index.add(unlike(number) for number in range(start, start + 20))
    copies = []
    for number, (first, second) in enumerate(swaps(whole)):
        copies.append(Path(shutil.copytree(whole, tmp_path / f"{number}.idx")))
        shutil.copy(whole / first, copies[-1] / second)
        shutil.copy(whole / second, copies[-1] / first)
        found = searchkit.check(copies[-1], deep=True)
        # Lengths of texts count in scores alone: theirs cannot be told from others'.
        assert found or first.endswith(".fieldnorm") or same(whole / first, whole / second), (first, second)
    assert len(copies) > 10
    done = subprocess.run([sys.executable, "-c", SEARCH, *map(str, copies)], capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout.splitlines()[-1], done.stderr[-2000:])


def test_what_may_not_be_read_is_named_file_by_file(whole: Path) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own are closed to others
        Path(name).chmod(0o755)
        for number, file in enumerate(files(whole)):
            copy = Path(shutil.copytree(whole, Path(name) / str(number)))
            (copy / file).chmod(0)
            with nobody():
                found = {flaw.file for flaw in searchkit.check(copy, deep=True)}
                assert file in found or file.endswith(".managed.json")
                with suppress(searchkit.SearchkitError), searchkit.open(copy) as index:
                    assert list(index.search("word"))


def test_a_folder_in_the_place_of_a_file_is_named(whole: Path, tmp_path: Path) -> None:
    for number, file in enumerate(files(whole)):
        copy = Path(shutil.copytree(whole, tmp_path / str(number)))
        (copy / file).unlink()
        (copy / file).mkdir()
        assert file in {flaw.file for flaw in searchkit.check(copy, deep=True)}, file
        with suppress(searchkit.SearchkitError), searchkit.open(copy) as index:
            assert list(index.search("word"))


@pytest.mark.parametrize("name", ["../../../evil", "/tmp/evil", "x", "٣" * 32])
def test_a_list_of_segments_leads_nowhere_else(copy: Path, tmp_path: Path, name: str) -> None:
    meta = copy / "tantivy" / "meta.json"
    known = json.loads(meta.read_text())
    for change in ({"segment_id": name}, {"deletes": {"num_deleted_docs": 0, "opstamp": f"{name}/x"}}):
        rows = [known["segments"][0] | change, *known["segments"][1:]]
        meta.write_text(json.dumps(known | {"segments": rows}, indent=2) + "\n")
        assert "tantivy/meta.json" in {flaw.file for flaw in searchkit.check(copy, deep=True)}
        report = searchkit.repair(copy, tmp_path / f"{len(change)}-{next(iter(change))}.idx")
        assert report.rescued >= 38 and report.remarks
    assert not list(tmp_path.rglob("*evil*"))


def test_an_analyzer_that_has_changed_is_found(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.engines.tantivy.own_words.analyzer", lambda name, _: analyzer(name, "de"))
    found = searchkit.check(copy, deep=True)
    assert found and all("not found by its own words" in flaw.wrong for flaw in found)
    assert searchkit.check(copy) == []


def flaws(where: Path, *, deep: bool = False) -> list[tuple[str, str, bool]]:
    return [(flaw.file, flaw.wrong, flaw.harmless) for flaw in searchkit.check(where, deep=deep)]


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy.idx"))


def test_every_bit_of_a_footer_counts(copy: Path) -> None:
    file = next((copy / "tantivy").glob("*.store"))
    data = file.read_bytes()
    for place in range(-len(footer(data)), 0):
        file.write_bytes(flip(data, place))
        assert flaws(copy, deep=True), data[place:]


def footer(data: bytes) -> bytes:
    return data[data.rindex(b'{"version"') :]


def test_truncation_shows_without_reading_all(whole: Path, tmp_path: Path) -> None:
    name = next(name for name in files(whole) if name.endswith(".pos"))
    seen = {way: bool(flaws(where)) for way, where in damaged(whole, tmp_path, name)}
    assert not seen.pop("a bit of the start") and not seen.pop("a bit of the middle")
    assert all(seen.values())


def test_what_belongs_to_nothing_is_harmless(copy: Path) -> None:
    (copy / "tantivy" / ("0" * 32 + ".store")).write_bytes(b"left behind")
    (copy / "sources.json.12.tmp").write_bytes(b"[")
    assert flaws(copy, deep=True) == [
        ("sources.json.12.tmp", "belongs to nothing", True),
        (f"tantivy/{'0' * 32}.store", "belongs to no commit", True),
    ]


def test_who_removes_what_belongs_to_nothing(copy: Path) -> None:
    listed, unlisted = ("tantivy/" + letter * 32 + ".store" for letter in "01")
    managed = copy / "tantivy" / ".managed.json"
    for name in (listed, unlisted):
        (copy / name).write_bytes(b"left behind")
    managed.write_bytes(json.dumps([*json.loads(managed.read_bytes()), Path(listed).name]).encode())
    remedies = {flaw.file: flaw.remedy for flaw in searchkit.check(copy)}
    assert "the next commit removes it" in remedies[listed]
    assert "delete it, when nothing writes" in remedies[unlisted]
    with searchkit.open(copy) as index:
        index.add([{"headline": "one more"}])
    assert [flaw.file for flaw in searchkit.check(copy)] == [unlisted]


def test_what_is_being_written_belongs_to_its_writer(copy: Path) -> None:
    with searchkit.open(copy) as index, index.batch():
        (copy / "tantivy" / ("0" * 32 + ".store")).write_bytes(b"not finished")
        assert index.check(deep=True) == []
    assert len(flaws(copy)) == 1


def test_notes_that_do_not_read(copy: Path) -> None:
    (copy / "sources.json").write_bytes(b"{")
    (copy / "profile.toml").write_bytes(b"weights = 3")
    assert [(file, harmless) for file, _, harmless in flaws(copy)] == [
        ("profile.toml", False),
        ("sources.json", True),
    ]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"format": 99}, "newer"),
        ({"format": 0}, "older"),
        ({"fingerprint": "0"}, "other fields or analyzers"),
        ({"language": "de"}, "other fields or analyzers"),
        ({"zone": "Mars/Base"}, "time zone"),
        ({"format": "1"}, "not the settings"),
    ],
)
def test_settings_that_do_not_fit(copy: Path, change: dict[str, object], wrong: str) -> None:
    settings = copy / "searchkit.json"
    settings.write_text(json.dumps(json.loads(settings.read_text()) | change))
    (found,) = flaws(copy)
    assert found[0] == "searchkit.json" and wrong in found[1]


def test_a_schema_that_the_engine_does_not_know(copy: Path) -> None:
    meta = copy / "tantivy" / "meta.json"
    meta.write_text(meta.read_text().replace('"record": "position"', '"record": "freq"', 1))
    (found,) = flaws(copy)
    assert found[:2] == ("tantivy/meta.json", "has another schema than this version makes")


def test_counts_that_disagree(copy: Path) -> None:
    meta = copy / "tantivy" / "meta.json"
    known = json.loads(meta.read_text())
    row = next(row for row in known["segments"] if row["deletes"])
    row["deletes"]["num_deleted_docs"] -= 1
    meta.write_text(json.dumps(known, indent=2) + "\n")
    assert flaws(copy)[0][:2] == ("tantivy", "38 articles are found, 39 were written")


def test_an_article_that_the_list_of_segments_hides(copy: Path) -> None:
    meta = copy / "tantivy" / "meta.json"
    known = json.loads(meta.read_text())
    row = next(row for row in known["segments"] if not row["deletes"])
    row["max_doc"] -= 1
    meta.write_text(json.dumps(known, indent=2) + "\n")
    ((file, wrong, _),) = flaws(copy, deep=True)
    assert file == "tantivy/meta.json" and f"not {row['max_doc'] + 1}" in wrong


def test_articles_are_compared_with_what_was_put_in(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with searchkit.open(copy) as index:
        monkeypatch.setattr("searchkit.engines.tantivy.check.digest", lambda _: 0)
        assert len(index.check(deep=True)) == 38
        assert index.check() == []


def test_there_must_be_an_index(tmp_path: Path) -> None:
    for where in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexNotFound):
            searchkit.check(where)
