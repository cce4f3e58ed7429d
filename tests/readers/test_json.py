"""JSON lines and JSON documents."""

from __future__ import annotations

import orjson
import pytest

from searchkit import limits
from searchkit.article import Article
from searchkit.readers import BadRecord, json_values
from tests.readers.records import bad, ids, outcome


def test_a_bad_line_spoils_only_itself() -> None:
    data = b'{"title": "a"}\n\nnonsense\n[1]\n{"title": "b", "date": "soon"}\n{}\n{"title": "\xe9"}\n{"title": "c"}'
    found = outcome(data)
    assert ids(found) == ["x.jsonl#1", "x.jsonl#8"]
    assert [(n, reason.split(":")[0]) for n, reason in bad(found)] == [
        (3, "not JSON"),
        (4, "expected an object, got a list"),
        (5, "published"),
        (6, "neither a headline nor a body"),
        (7, "not UTF-8"),
    ]
    assert next(item.record for item in found if isinstance(item, BadRecord)) == "nonsense"


@pytest.mark.parametrize(
    "line",
    [
        b'{"title": "\\ud800"}',
        b'{"title": "a", "n": 1e999}',
        b'{"title": "a", "n": NaN}',
        b'{"a":' * 2000,
        b"\0",
    ],
)
def test_what_no_article_can_hold_is_one_bad_record(line: bytes) -> None:
    found = outcome(line + b'\n{"title": "b"}\n')
    assert [number for number, _ in bad(found)] == [1]
    assert ids(found) == ["x.jsonl#2"]


def test_nuls_are_allowed() -> None:
    (found,) = outcome(b'{"title": "a\\u0000b"}')
    assert isinstance(found, Article)
    assert found.headline == "a\0b"


def test_a_line_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD", 50)
    data = b'{"title": "' + b"x" * 500 + b'"}\n{"title": "b"}\n'
    found = outcome(data)
    assert bad(found) == [(1, "a line of more than 50 bytes")]
    assert ids(found) == ["x.jsonl#2"]


OBJECTS = [
    {"id": "1", "title": 'a "]},{[" b'},
    {"id": "2", "title": "\\"},
    {"id": "3", "text": "x" * 300_000},
]


def indented(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


@pytest.mark.parametrize(
    "data",
    [
        orjson.dumps(OBJECTS),
        indented(OBJECTS),
        b"\n".join(map(orjson.dumps, OBJECTS)),
        b"".join(map(indented, OBJECTS)),
        b",\n".join(map(indented, OBJECTS)),
        orjson.dumps({"status": "ok", "articles": OBJECTS, "more": []}),
        indented({"status": {"items": 3}, "response": {"docs": OBJECTS}}),
        orjson.dumps({"title": "A feed", "items": OBJECTS}),
        orjson.dumps({"hits": {"total": 3, "hits": [{"_id": o["id"], "_source": o} for o in OBJECTS]}}),
        orjson.dumps({"an unusual name": OBJECTS}),
        b"\xef\xbb\xbf" + orjson.dumps(OBJECTS) + b"\n",
        b"[\n" + b"\n,".join(map(orjson.dumps, OBJECTS)) + b",\n]",
    ],
)
@pytest.mark.parametrize("chunk", [1000, 1_000_000])
def test_every_form_of_a_json_file_is_read(data: bytes, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "CHUNK", chunk)
    found = outcome(data, "x.json")
    assert bad(found) == []
    assert ids(found) == ["1", "2", "3"]


def test_a_single_article_with_lists_of_objects_is_one_article() -> None:
    record = {"keywords": [{"value": "x"}], "authors": [{"name": "Ann Lee"}], "title": "a", "body": "b"}
    for data in (orjson.dumps(record), indented(record)):
        assert ids(outcome(data, "x.json")) == ["x.json#1"]


def test_json_that_is_one_list_in_a_file_of_json_lines_is_read() -> None:
    assert ids(outcome(orjson.dumps(OBJECTS), "x.jsonl")) == ["1", "2", "3"]


def test_what_is_said_beside_the_list_is_true_of_each() -> None:
    records = [{"title": "a"}, {"title": "b", "paper": "The Sun"}]
    for name in ("articles", "unusual"):
        found = outcome(indented({"source": "The Post", name: records}), "x.json")
        assert [item.publication for item in found if isinstance(item, Article)] == ["The Post", "The Sun"]
        assert ids(found) == ["x.json#1", "x.json#2"]


def test_a_broken_element_spoils_only_itself() -> None:
    found = outcome(b'[{"title": "a"}, {"title": tru}, 5, "text, too", {"title": "b"}]', "x.json")
    assert ids(found) == ["x.json#1", "x.json#5"]
    assert [number for number, _ in bad(found)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("data", "read_before"),
    [
        (b'[{"title": "a"}, {"title": "b"', 1),
        (b'[{"title": "a"}, {"title": "b}, {"title": "c"}]', 1),
        (b'[{"title": "a"}] [', 1),
        (b"[" * 3000, 0),
    ],
)
def test_a_broken_list_says_how_far_it_was_read(data: bytes, read_before: int) -> None:
    found = outcome(data, "x.json")
    assert len(ids(found)) == read_before
    ((position, reason),) = bad(found)
    assert position == read_before + 1
    assert f"records before: {read_before}" in reason


def test_a_record_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD", 1000)
    monkeypatch.setattr(json_values, "CHUNK", 100)
    found = outcome(b'[{"title": "a"}, {"title": "' + b"x" * 5000 + b'"}]', "x.json")
    assert ids(found) == ["x.json#1"]
    assert "more than 1000 bytes" in bad(found)[0][1]
