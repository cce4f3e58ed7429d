"""CSV and TSV."""

from __future__ import annotations

import csv
import io

import pytest

from searchkit import limits
from searchkit.article import Article
from tests.readers.records import bad, ids, outcome


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_are_read_however_their_columns_are_parted(delimiter: str) -> None:
    table = io.StringIO()
    rows = csv.writer(table, delimiter=delimiter, lineterminator="\r\n")
    rows.writerows(
        [["Title", "Text", "col"], ["a", 'two\nlines, "quoted"; and\tmore|', "x"], [], ["b", "", ""]]
    )
    found = outcome(table.getvalue().encode("utf-8-sig"), "x.csv")
    assert found == [
        Article(id="x.csv#2", headline="a", body='two\nlines, "quoted"; and\tmore|', extra={"col": "x"}),
        Article(id="x.csv#5", headline="b"),
    ]


def test_tsv_is_parted_by_tabs_alone() -> None:
    assert outcome(b"title\ttext,with,commas\na\tb\n", "x.tsv")[0] == Article(
        id="x.tsv#2", headline="a", extra={"text,with,commas": "b"}
    )


def test_short_long_and_undecodable_rows_are_bad_records() -> None:
    found = outcome(b"title,body\na\na,b,c\n\xe9,b\nok,b\n,,\n", "x.csv")
    assert ids(found) == ["x.csv#5"]
    assert [n for n, _ in bad(found)] == [2, 3, 4]
    assert "1 fields, but the header names 2" in bad(found)[0][1]
    assert "Windows-1252" in bad(found)[2][1]


def test_a_quotation_mark_never_closed_spoils_one_line() -> None:
    found = outcome(b'title,body\na,"never\nb,c\nd,e\n', "x.csv")
    assert bad(found) == [(2, "a quotation mark is never closed")]
    assert ids(found) == ["x.csv#3", "x.csv#4"]


def test_a_row_without_end_spoils_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD", 100)
    found = outcome(b'title,body\na,"never\n' + b"b,c\n" * 100, "x.csv")
    assert bad(found) == [(2, "a quotation mark is never closed")]
    assert len(ids(found)) == 100


def test_long_fields_are_read_and_the_program_s_limit_is_left_alone() -> None:
    limit = csv.field_size_limit()
    (found,) = outcome(b"title,body\na," + b"x" * 500_000 + b"\n", "x.csv")
    assert isinstance(found, Article)
    assert len(found.body) == 500_000
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"title,title\na,b\n", "the header names 'title' twice"),
        (b"foo,bar\na,b\n", "no column is known as headline or body among foo, bar; use --map"),
        (b"\xe9,title\n", "not UTF-8"),
    ],
)
def test_a_header_that_cannot_be_used_is_one_bad_record(data: bytes, reason: str) -> None:
    ((position, given_reason),) = bad(outcome(data + b"a,b\n" * 10, "x.csv"))
    assert position == 1
    assert given_reason.startswith(reason)


def test_columns_may_be_mapped_and_nameless() -> None:
    (found,) = outcome(b",foo\n0,a\n", "x.csv", mapping={"headline": "Foo"})
    assert found == Article(id="x.csv#2", headline="a", extra={"column 1": "0"})


@pytest.mark.parametrize("data", [b"", b"\n\n", b"title\n"])
def test_an_empty_table_holds_nothing(data: bytes) -> None:
    assert outcome(data, "x.csv") == []
