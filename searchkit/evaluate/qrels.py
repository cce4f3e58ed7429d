"""Judgements: which article answers which query, and how well."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias

from searchkit.errors import SourceError
from searchkit.evaluate.lines import fault, numbered, read_text
from searchkit.regex import regex

Qrels: TypeAlias = dict[str, dict[str, int]]
"""Grades by query and article: above 0 relevant, else not. What is not judged counts as not relevant."""

_GRADE = regex(r"[+-]?[0-9]{1,4}")
_TREC = regex(r"\s*(\S+)\s+\S+\s+(\S|\S.*\S)\s+(\S+)\s*")
_HEADINGS: Final = ("grade", "label", "rel", "relevance", "score")
_EXPECTED: Final = "expected query, article, grade, parted by tabs, or TREC's four: query, 0, article, grade"


def read_qrels(path: Path) -> Qrels:
    """The judgements of a file: TREC's four columns, or three parted by tabs, with or without a header.

    :raises SourceError: if the file or a line of it cannot be read, or an article has two grades for a query.
    """
    qrels: Qrels = {}
    for at, (number, line) in enumerate(numbered(read_text(path))):
        columns = _columns(line)
        if columns is None:
            raise fault(path, number, "cannot be read as a judgement", _EXPECTED)
        query, article, grade = columns
        if not _GRADE.fullmatch(grade):
            if at == 0 and grade.casefold() in _HEADINGS:
                continue
            raise fault(path, number, f"the grade {grade!r} is not a whole number below 10000", _EXPECTED)
        grades = qrels.setdefault(query, {})
        if grades.setdefault(article, int(grade)) != int(grade):
            raise fault(path, number, f"another grade for query {query} and article {article!r}")
    if not qrels:
        raise SourceError(f"{path}: no judgements", hint=_EXPECTED)
    return qrels


def _columns(line: str) -> tuple[str, str, str] | None:
    """Query, article and grade. An article's id may hold spaces."""
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) == 3 and all(cells):
        return cells[0], cells[1], cells[2]
    match = _TREC.fullmatch(line)
    return (match[1], match[2], match[3]) if match else None
