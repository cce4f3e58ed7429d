"""Names, streams, compression, encodings, dates; the project's articles and real collections."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from searchkit import limits
from searchkit.article import Article
from searchkit.errors import SourceError
from searchkit.readers import BadRecord, Reading, files, read
from tests.readers.records import LINES, PACKED, Pipe, bad, ids, outcome

ROOT = Path(__file__).parents[2]


def test_a_page_is_one_article_named_after_its_file() -> None:
    assert ids(outcome(b"Storm\n\nIt rained.", "a/x.txt")) == ["a/x.txt"]
    assert bad(outcome(b" \n", "x.txt")) == [(1, "neither a headline nor a body")]


@pytest.mark.parametrize("name", ["-", "x", "x.md"])
def test_what_the_name_does_not_tell_the_content_does(name: str) -> None:
    for data, headline in (
        (b' {"title": "a"}', "a"),
        (b'[{"title": "a"}]', "a"),
        (b"Storm", "Storm"),
        (LINES, "T0"),
    ):
        found = next(read(cast(BinaryIO, Pipe(data)), name=name))
        assert isinstance(found, Article)
        assert found.headline == headline


def test_records_of_standard_input_are_known_by_their_digest() -> None:
    first, second = (
        outcome(data, "-") for data in (b'{"title": "a", "text": "b"}', b'{"body": "b", "headline": "a"}')
    )
    assert ids(first) == ids(second)
    assert len(ids(first)[0]) == 16
    assert ids(outcome(b'{"title": "a"}', "-")) != ids(first)
    assert ids(outcome(b'{"title": "a", "id": 1}', "-")) == ["1"]


def test_a_stream_is_left_open() -> None:
    stream = io.BytesIO(LINES)
    assert len(list(read(stream, name="x.jsonl"))) == 5
    assert not stream.closed


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "-"])
def test_compression_is_known_by_content(packed: str, name: str) -> None:
    data = PACKED[packed](LINES[:60]) + PACKED[packed](LINES[60:])
    found = list(read(cast(BinaryIO, Pipe(data)), name=name))
    assert ids(found) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("packed", [".gz", ".bz2", ".xz"])
@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "x.csv", "x.txt"])
def test_cut_off_compression_is_one_bad_record(packed: str, name: str) -> None:
    data = {"x.csv": b"title,body\na,b\n", "x.json": b'[{"title": "a"},'}.get(name, LINES) * 50
    found = outcome(PACKED[packed](data)[:-9], name)
    ((position, reason),) = bad(found)
    assert position == len(ids(found)) + (2 if name == "x.csv" and ids(found) else 1)
    assert reason.startswith("cut off: the compressed data ends too early; the rest cannot be read")


def test_what_was_unpacked_before_the_end_is_read() -> None:
    data = gzip.compress(LINES * 1000) + gzip.compress(LINES)[:-4]
    found = outcome(data)
    assert len(ids(found)) == 5005
    assert bad(found)[0][0] == 5006


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("café".encode("cp1252"), "not UTF-8: byte 0xe9 at offset 3; if it is Windows-1252, use --encoding"),
        ("café".encode("utf-16"), "not UTF-8: the byte order mark says UTF-16; use --encoding utf-16"),
        ("café".encode("utf-32"), "not UTF-8: the byte order mark says UTF-32; use --encoding utf-32"),
        (
            "é storm".encode("utf-16-le"),
            "not UTF-8: byte 0xe9 at offset 0; if it is UTF-16, use --encoding utf-16",
        ),
    ],
)
def test_other_encodings_are_told(data: bytes, reason: str) -> None:
    assert bad(outcome(data, "x.txt"))[0][1].startswith(reason)


@pytest.mark.parametrize(
    "encoding", ["windows-1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "shift_jis"]
)
def test_other_encodings_are_read(encoding: str) -> None:
    text = "title,body\nДом,x\n" if encoding == "shift_jis" else "title,body\nÉté,x\n"
    (found,) = outcome(gzip.compress(text.encode(encoding)), "x.csv", encoding=encoding)
    assert isinstance(found, Article)
    assert found.headline == text[11:14]


def test_bytes_without_a_meaning_spoil_their_record() -> None:
    found = outcome(b'{"title": "\x81"}\n{"title": "\xe9"}\n', encoding="windows-1252")
    assert bad(found) == [(1, "not windows-1252: byte 0x81 means nothing there")]
    assert ids(found) == ["x.jsonl#2"]


def test_a_wrong_encoding_of_many_bytes_ends_the_file() -> None:
    assert "the rest cannot be read" in bad(outcome(b"\x00\xd8\x00\x00x", encoding="utf-16-le"))[0][1]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04..", "ZIP"),
        (b"\n<!DOCTYPE html><p>", "HTML"),
        (b"\x01\x02\x03" * 9, "not text"),
    ],
)
def test_other_kinds_of_files_are_refused(data: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind) as caught:
        outcome(data, "x.bin")
    assert "--format" in caught.value.hint


def test_a_bad_record_is_kept_up_to_a_bound() -> None:
    (found,) = outcome(b"[" + b"x" * 1_000_000)
    assert isinstance(found, BadRecord)
    assert len(found.record) == limits.KEPT


def test_names_that_are_no_text_can_be_printed_and_stored() -> None:
    (found,) = outcome(b"Storm", "caf\udce9.txt")
    assert ids([found]) == ["caf\\udce9.txt"]
    (long,) = outcome(b"Storm", f"{'x/' * 2000}.txt")
    assert len(ids([long])[0]) == 16


def test_dates_come_from_the_record_then_the_path_then_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "2017-12-11" / "x.jsonl"
    file.parent.mkdir()
    file.write_bytes(b'{"title": "a"}\n{"title": "b", "date": "2016-01-01"}\n')
    options = Reading(
        date_from_path="%Y-%m-%d",
        published=cast(Article, outcome(b'{"title":"x","date":"2015-01-01"}')[0]).day,
    )
    days = [
        str(item.day) for item in read(file, name="x.jsonl", reading=options) if isinstance(item, Article)
    ]
    assert days == ["2017-12-11", "2016-01-01"]
    assert (
        cast(Article, next(read(io.BytesIO(b"Storm"), name="-", reading=options))).published
        == options.published
    )


def test_memory_does_not_grow_with_the_file() -> None:
    class Endless:
        """A gigabyte of lines, if anybody read it all."""

        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return LINES * (size // len(LINES))

    source = Endless()
    records = read(cast(BinaryIO, source), name="x.jsonl")
    assert len([next(records) for _ in range(10_000)]) == 10_000
    assert source.given < 10_000 * len(LINES) / 5 + 4_000_000


SHARED = {
    "wikinews.jsonl": 0,
    "huffpost-sample.jsonl": 0,
    "cacm/corpus.jsonl": 0,
    "cranfield/corpus.jsonl": 2,
}


@pytest.mark.parametrize("name", SHARED)
def test_real_collections_are_read_whole(name: str) -> None:
    path = ROOT / "../shared/data" / name
    if not path.exists():
        pytest.skip("the shared data is not here")
    assert len(bad(list(read(path, name=name)))) == SHARED[name]  # empty records


CORPORA = list(files(ROOT / "corpora"))


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.name)
def test_the_project_s_own_articles_are_read_whole(path: Path) -> None:
    found = list(read(path, name=path.name))
    assert found
    assert bad(found) == []
