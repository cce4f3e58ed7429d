"""Queries, judgements and runs as files have them, and what is said of files that have something else."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.errors import InvalidRequest, SourceError
from searchkit.evaluate.qrels import read_qrels
from searchkit.evaluate.runs import Run, falling, read_run, write_run
from searchkit.evaluate.topics import read_topics

TREC_TOPICS = """<top>
<num> Number: 301
<title> Ferries &amp; the
sea

<desc> Description:
What sank them?
</top>
<top>
<num>302</num>
<title>Topic: Dams</title>
</top>
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "file"
        path.write_bytes(text.encode())
        return path

    return write


File = Callable[[str], Path]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ('{"id": "q1", "text": "ferry"}\n\n{"id": 2, "query": "dam"}', {"q1": "ferry", "2": "dam"}),
        ('\ufeff{"_id": "q1", "text": "ferry", "title": "not this"}', {"q1": "ferry"}),
        ("q1\tferry inquiry\r\nq2\tdam\r\n", {"q1": "ferry inquiry", "q2": "dam"}),
        ("query_id\tquery\nq1\tferry", {"q1": "ferry"}),
        ("id\tidentity papers", {"id": "identity papers"}),
        (TREC_TOPICS, {"301": "Ferries & the sea", "302": "Dams"}),
        (TREC_TOPICS.upper(), {"301": "FERRIES & THE SEA", "302": "DAMS"}),
    ],
)
def test_queries_in_every_format(text: str, topics: dict[str, str], file: File) -> None:
    assert read_topics(file(text)) == topics


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file: no queries"),
        ('{"id": "q1", "text": "x"}\n{broken', "file:2: not JSON"),
        ('{"id": "q1"}', "file:1: no id or no text"),
        ('{"id": "q1", "text": 3}', "file:1: no id or no text"),
        ('{"id": "q1", "text": "x"}\n[1]', "file:2: not a JSON object"),
        ('{"id": "q1", "text": " "}', "file:1: a query without text"),
        ('{"id": "", "text": "x"}', "file:1: a query without an id"),
        ("q1\tferry\nq1\tdam", "file:2: a second query has the id 'q1'"),
        ("q1\tferry\nq2 dam", "file:2: 1 columns"),
        ("<top>\n<num> 1\n<title> x\n</top>\n\n<top>\n<title> y\n</top>", "file:6: a topic without <num>"),
    ],
)
def test_queries_that_cannot_be_read(text: str, message: str, file: File) -> None:
    with pytest.raises(SourceError) as raised:
        read_topics(file(text))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "q1 0 a 2\nq1 0 b.txt -1\n\nq2 0 the page.txt 1\n",
        "q1\t0\ta\t2\nq1\t0\tb.txt\t-1\nq2\t0\tthe page.txt\t1",
        "q1\ta\t2\nq1\tb.txt\t-1\nq2\tthe page.txt\t1\r\n",
        "query-id\tcorpus-id\tscore\nq1\ta\t2\nq1\ta\t2\nq1\tb.txt\t-1\nq2\tthe page.txt\t1\n",
    ],
)
def test_judgements_in_every_format(text: str, file: File) -> None:
    assert read_qrels(file(text)) == {"q1": {"a": 2, "b.txt": -1}, "q2": {"the page.txt": 1}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n", "file: no judgements"),
        ("q1\ta", "file:1: cannot be read as a judgement"),
        ("q1 a 1", "file:1: cannot be read as a judgement"),
        ("q1\ta\t1\nq1\tb\tscore", "file:2: the grade 'score' is not a whole number"),
        ("q1\ta\tgood", "file:1: the grade 'good'"),
        ("q1\ta\t1.0", "file:1: the grade '1.0'"),
        ("q1\ta\t1\nq1\ta\t2", "file:2: another grade for query q1 and article 'a'"),
    ],
)
def test_judgements_that_cannot_be_read(text: str, message: str, file: File) -> None:
    with pytest.raises(SourceError) as raised:
        read_qrels(file(text))
    assert message in str(raised.value)


def test_files_that_are_not_there_or_not_text(tmp_path: Path) -> None:
    for read in (read_topics, read_qrels, read_run):
        with pytest.raises(SourceError, match="No such file"):
            read(tmp_path / "none")
        (tmp_path / "latin").write_bytes(b"q1\tcaf\xe9")
        with pytest.raises(SourceError, match=r"latin: not UTF-8: byte 0xe9 at offset 6"):
            read(tmp_path / "latin")


def test_another_engines_run(file: File) -> None:
    run = read_run(
        file("1 Q0 a 1 12.5 Anserini\n1\tQ0\tthe page.txt\t2\t1e1\tAnserini\n\n2 Q0 a 1 -3 Anserini\n")
    )
    assert run == {"1": {"a": 12.5, "the page.txt": 10.0}, "2": {"a": -3.0}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file: no hits"),
        ("1 Q0 a 1 12.5", "file:1: cannot be read as a hit"),
        ("1 Q0 a 1 12.5 my run", "file:1: the score 'my' is not a number"),
        ("1 Q0 a 1 nan x", "file:1: the score 'nan' is not a number"),
        ("1 Q0 a 1 2 x\n1 Q0 a 2 1 x", "file:2: query 1 has the article 'a' twice"),
    ],
)
def test_runs_that_cannot_be_read(text: str, message: str, file: File) -> None:
    with pytest.raises(SourceError) as raised:
        read_run(file(text))
    assert message in str(raised.value)


WRITABLE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
RUNS = st.dictionaries(
    st.from_regex(r"\S+", fullmatch=True).filter(str.isascii),
    st.dictionaries(st.text(min_size=1), st.floats(-100, 100), min_size=1),
    min_size=1,
)


@WRITABLE
@given(run=RUNS)
def test_a_run_is_read_as_written_or_refused(run: Run, tmp_path: Path) -> None:
    articles = [article for hits in run.values() for article in hits]
    fit = all(each == each.strip() and not {*each} & {*"\r\n"} for each in articles)
    try:
        write_run(run, tmp_path / "runs" / "x.run", name="x")
    except InvalidRequest:
        assert not fit
        return
    assert read_run(tmp_path / "runs" / "x.run") == run


def test_a_query_id_with_spaces_fits_into_no_run(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="the query's id 'q 1' does not fit"):
        write_run({"q 1": {"a": 1.0}}, tmp_path / "x.run", name="x")


def test_the_lines_of_a_run(tmp_path: Path) -> None:
    write_run({"1": {"a": 2.5, "the page": 1.0}, "2": {}}, tmp_path / "x.run", name="news")
    text = (tmp_path / "x.run").read_text("utf-8")
    assert text == "1 Q0 a 1 2.5 news\n1 Q0 the page 2 1.0 news\n"
    assert re.fullmatch(r"(\S+ Q0 .+ \d+ \S+ news\n)+", text)


@given(st.lists(st.floats(0, 100) | st.sampled_from([0.0, 1.0, 7.25])))
def test_scores_fall_even_in_single_precision(scores: list[float]) -> None:
    hits = [(str(at), score) for at, score in enumerate(sorted(scores, reverse=True))]
    fallen = falling(hits)
    assert list(fallen) == [article for article, _ in hits]
    singles = [ctypes.c_float(score).value for score in fallen.values()]
    assert all(after < before for before, after in pairwise(singles))
    assert all(abs(fallen[article] - score) <= 0.01 for article, score in hits)
