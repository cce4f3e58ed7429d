"""What adding, replacing and deleting mean, on every engine."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit import Article, Author, Index
from tests.contract.conftest import MakeIndex


def test_an_article_comes_back_as_it_went_in(index: Index) -> None:
    whole = Article(
        id="x/1 ?#é",
        headline="Head\u0000line",
        standfirst="Stand  first",
        authors=(Author("A", "P"), Author("B")),
        dateline="ZÜRICH",
        body="One\r\n\r\nTwo\n\n\n\nThree\ttab \U0001f600",
        pull_quotes=("“q”",),
        captions=("c", "c"),
        publication="Paper",
        edition="late",
        section="World",
        page="A1",
        published=datetime(2017, 12, 11, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
        language="en",
        url="https://example.org/x?y=1",
        tags=("t",),
        extra={"k": [1, 2.5, None, True, {"n": "v"}], "big": 2**62},
    )
    index.add([whole])
    assert index.get("x/1 ?#é") == whole
    assert index.get("x/1") is None
    assert index.search("published:2017-12-11").total.value == 1


def test_the_same_id_replaces(index: Index) -> None:
    index.add([Article(id="a", body="old words")])
    report = index.add([Article(id="a", body="new words"), Article(id="b", body="more")])
    assert (report.added, report.replaced, report.unchanged) == (1, 1, 0)
    assert index.search("old").total.value == 0
    assert index.search("words").total.value == 1


def test_an_unchanged_article_is_left_alone(index: Index) -> None:
    articles = [Article(id=str(n), body=f"body {n}") for n in range(5)]
    assert index.add(articles).added == 5
    again = index.add(articles)
    assert (again.read, again.added, again.replaced, again.unchanged) == (5, 0, 0, 5)


def test_of_equal_ids_in_one_run_the_last_wins(index: Index) -> None:
    report = index.add(
        [Article(id="a", body="first"), Article(id="b", body="x"), Article(id="a", body="last")]
    )
    assert (report.read, report.added, report.replaced) == (3, 2, 1)
    assert index.search("first").total.value == 0
    assert index.search("last").total.value == 1
    assert index.stats()["articles"] == 2


def test_identity_without_an_id(index: Index) -> None:
    dicts: list[dict[str, Any]] = [{"body": "by url", "url": "https://x.example/1"}, {"body": "by digest"}]
    assert index.add(dicts).added == 2
    assert index.get("https://x.example/1") is not None
    assert index.add(dicts).unchanged == 2


def test_bad_records_are_counted_and_stop_nothing(index: Index) -> None:
    bad: list[Any] = [
        {"title": "ok"},
        {"tags": ["no text"]},
        {"title": "x", "date": "soon"},
        {"title": "\ud800"},
    ]
    report = index.add(bad)
    assert (report.read, report.added, report.rejected) == (4, 1, 3)
    assert [reject.position for reject in report.rejects] == [2, 3, 4]
    assert all(reject.reason for reject in report.rejects)


def test_an_exception_in_the_middle_leaves_the_last_commit(index: Index) -> None:
    index.add([Article(id="kept", body="kept")])

    def broken() -> Any:
        yield Article(id="lost", body="lost")
        yield Article(id="kept", body="changed")
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        index.add(broken())
    assert index.get("lost") is None
    assert index.search("kept").total.value == 1
    assert index.add([Article(id="after", body="after")]).added == 1


def test_delete(index: Index) -> None:
    index.add(Article(id=str(n), body="word") for n in range(4))
    assert index.delete("1", "3", "7", "1") == 2
    assert {hit.id for hit in index.search("word")} == {"0", "2"}
    assert index.get("1") is None
    assert index.add([Article(id="1", body="word")]).added == 1


def test_a_batch_is_one_commit(index: Index) -> None:
    with index.batch():
        for n in range(5):
            index.add([Article(id=str(n), body="word")])
            assert index.search("word").total.value == 0
        assert index.delete("4") == 1
        assert index.add([Article(id="0", body="word")]).unchanged == 1
        assert index.add([Article(id="1", body="other")]).replaced == 1
    assert index.search("word").total.value == 3


def test_a_batch_that_raises_leaves_nothing(index: Index) -> None:
    with pytest.raises(KeyError), index.batch():
        index.add([Article(id="a", body="word")])
        raise KeyError
    assert index.stats()["articles"] == 0
    assert index.add([Article(id="a", body="word")]).added == 1


def test_threads_search_while_another_adds(index: Index) -> None:
    """Every reader sees whole commits: ten articles each, so always a multiple of ten."""
    index.add(Article(id=f"start-{n}", body="word") for n in range(10))
    done = threading.Event()
    seen: list[int] = []
    errors: list[BaseException] = []

    def search() -> None:
        try:
            while not done.is_set():
                results = index.search("word", limit=5)
                assert len({hit.id for hit in results}) == 5
                seen.append(results.total.value)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for run in range(8):
        index.add(Article(id=f"{run}-{n}", body="word") for n in range(10))
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert seen and all(count % 10 == 0 for count in seen)
    assert index.search("word").total.value == 90


def test_threads_add_at_once(index: Index) -> None:
    def add(number: int) -> None:
        index.add(Article(id=f"{number}-{n}", body="word") for n in range(20))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.search("word").total.value == 80


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "delete"]), st.integers(0, 5), st.sampled_from(["red", "green"])),
        max_size=12,
    )
)
def test_any_history_ends_as_a_dict_would(make_index: MakeIndex, history: list[tuple[str, int, str]]) -> None:
    index, model = make_index(), dict[str, str]()
    with index.batch():
        for action, number, word in history:
            identifier = str(number)
            if action == "add":
                index.add([Article(id=identifier, body=word, published=date(2020, 1, 1))])
                model[identifier] = word
            else:
                assert index.delete(identifier) == (1 if model.pop(identifier, None) else 0)
    assert {hit.id for hit in index.search("red", limit=100)} == {
        key for key, word in model.items() if word == "red"
    }
    assert index.stats()["articles"] == len(model)
