"""No source takes more time than goes with its length, or more memory than a record may.

Each of these once took minutes, or would have: what is asked for here is that they end at all.
"""

from __future__ import annotations

import gzip
import io

import pytest

from searchkit import limits
from searchkit.article import Article
from searchkit.readers import BadRecord, Reading, read

PAGE = b"Headline of it\n\nThe text of the article stands here.\n\n"


def outcome(data: bytes, format_: str) -> list[Article | BadRecord]:
    return list(read(io.BytesIO(data), name="x", reading=Reading(format=format_)))


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (PAGE + b" ?? x\n" + b"ab\n" * 20_000, "page"),
        (PAGE + b"".join(b" ?? x%d\nab\n\n" % n for n in range(5_000)), "page"),
        (PAGE + "“a b c d e”\n\n".encode() * 10_000, "page"),
        (PAGE + b"a ?? " * 100_000, "page"),
        (PAGE + (b" ??" + b" " * 1000) * 200 + b"x", "page"),
        (b'"' + b'\\"' * 500_000, "json"),
        (b'"' * 200_000, "json"),
        (b"[" * 200_000, "json"),
        (b'{"a":' * 100_000, "json"),
        (b'{"results":' * 500 + b'[{"title":"x"}]' + b"}" * 500, "json"),
        (b'{"title":"x",' + b",".join(b'"%s":"a"' % (b"_" * n) for n in range(1, 2000)) + b"}\n", "jsonl"),
        (b'{"title":"x","byline":"' + b"and " * 200_000 + b'"}\n', "jsonl"),
        (b'{"title":"x","date":"' + b"1 jan 2000 " * 50_000 + b'"}\n', "jsonl"),
        (b'title\n"' + b'"' * 500_000, "csv"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_it_ends(data: bytes, format_: str) -> None:
    assert outcome(data, format_)


def test_quotation_marks_that_are_never_closed_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REREAD", 10_000_000)
    found = outcome(b"title,body\na,b\n" + b'"a","\n' * 60_000, "csv")
    assert isinstance(found[0], Article)
    last = found[-1]
    assert isinstance(last, BadRecord) and "never closed; the rest cannot be read" in last.reason
    assert len(found) < 100


def test_a_mark_that_is_not_closed_spoils_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REREAD", 10_000_000)
    found = outcome(b'title,body\na,b\nc,"d\n' + b"e,f\n" * 1000, "csv")
    assert [isinstance(each, BadRecord) for each in found].count(True) == 1 and len(found) == 1002


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b'{"title":"x","z":[' + b"[]," * 2000 + b"[]]}\n", "jsonl"),
        (b'[{"title":"x","z":[' + b"[]," * 2000 + b"[]]}]", "json"),
        (b"title," + b"," * 2000 + b"\nx\n", "csv"),
    ],
)
def test_a_record_of_too_many_values_is_a_bad_one(
    data: bytes, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of empty lists takes fifty times as much memory as it has bytes."""
    monkeypatch.setattr(limits, "VALUES", 1000)
    (bad,) = outcome(data, format_)
    assert isinstance(bad, BadRecord) and "more than 1000" in bad.reason


def test_a_bomb_is_read_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD", 1_000_000)
    bomb = gzip.compress(gzip.compress(b'{"title": "' + bytes(50_000_000)))
    (once,) = outcome(bomb, "jsonl")  # what is in it is binary, and no line of text
    assert isinstance(once, BadRecord)
    (line,) = outcome(gzip.compress(b'{"title": "' + b"a" * 50_000_000), "jsonl")
    assert isinstance(line, BadRecord) and "more than 1000000 bytes" in line.reason


def test_a_caption_said_twice_over_several_lines_is_one() -> None:
    (page,) = outcome(PAGE + b" ?? A man\nand a dog\nA man and\na dog\n", "page")
    assert isinstance(page, Article) and page.captions == ("A man and a dog",)
