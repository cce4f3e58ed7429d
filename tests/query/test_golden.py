"""Queries as readers type them, and how each is read. ``GOLDEN_UPDATE=1 pytest …`` writes the file anew."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from searchkit import query as package
from searchkit.errors import QueryError
from searchkit.query import parse, print_query

GOLDEN = Path(__file__).parents[1] / "golden" / "queries.json"
DEFAULTS = ", (field=None|slop=0|open_end=False|gaps=False|ordered=False)"
HELP = Path(package.__file__).parents[1] / "help" / "query.md"


def reading(text: str) -> dict[str, object]:
    parsed = parse(text)
    return {
        "text": text,
        "printed": print_query(parsed.query),
        "tree": re.sub(DEFAULTS, "", repr(parsed.query)),
        "warnings": list(parsed.warnings),
    }


def test_queries_are_read_as_before() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    found = [reading(row["text"]) for row in golden]
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert len(found) >= 190
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_example_of_the_help_page_is_strictly_right() -> None:
    examples = re.findall(r"^(?:- )?`([^`]+)` — ", HELP.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(examples) > 35
    for example in examples:
        assert parse(example, strict=True).query == parse(example).query, example


def test_what_other_services_write_is_read_as_the_help_page_says() -> None:
    table = HELP.read_text(encoding="utf-8").split("## For those who come from")[1].split("## ")[0]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("| `")]
    assert len(rows) > 20
    for _, theirs, ours, *_ in rows:
        meant = [parse(query, strict=True).query for query in re.findall("`([^`]+)`", ours)]
        for query in re.findall("`([^`]+)`", theirs):
            assert parse(query).query in meant, query


def test_what_must_be_meant_is_read_as_the_help_page_says() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", HELP.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 5
    for typed, meant in rows:
        parsed = parse(typed)
        assert parsed.query == parse(meant, strict=True).query
        assert "is written" in parsed.warnings[0]


def test_what_the_help_page_says_of_strict_mode_holds() -> None:
    last = HELP.read_text(encoding="utf-8").split("## What strict mode refuses")[1].split("\n## ")[0]
    refused = [text for text in re.findall("`([^`]+)`", last) if text != "-"]
    assert len(refused) > 10
    for text in refused:
        if text != "*":
            with pytest.raises(QueryError):
                parse(text, strict=True)


def test_the_help_page_states_the_precedence() -> None:
    page = " ".join(HELP.read_text(encoding="utf-8").split())
    claims = re.findall("`([^`]+)` is read as `([^`]+)`", page)
    assert len(claims) > 3
    for text, meant in claims:
        assert parse(text, strict=True).query == parse(meant, strict=True).query
