"""Addresses of indexes on a cluster, and the credentials that never stand in them. Nothing here needs a cluster."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import searchkit
from searchkit import IndexNotFound, IndexUnavailable, InvalidRequest
from searchkit.engines.opensearch.address import Address, access

SECRET = "hunter2"


def test_what_an_address_says() -> None:
    assert Address.parse("opensearch://localhost/press") == Address(("localhost:9200",), "press")
    found = Address.parse("opensearchs://a.example:9201,[::1]/press-2?shards=5&replicas=0&timeout=3")
    assert found == Address(("a.example:9201", "[::1]:9200"), "press-2", True, 5, 0, 3)
    assert str(found) == "opensearchs://a.example:9201,[::1]:9200/press-2"


@pytest.mark.parametrize(
    "wrong",
    [
        "opensearch://localhost",
        "opensearch://localhost:9200/",
        "opensearch:///press",
        "opensearch://localhost/Press",
        "opensearch://localhost/_all",
        "opensearch://localhost/a,b",
        "opensearch://local host/press",
        "opensearch://localhost:port/press",
        "opensearch://localhost/press?shards=0",
        "opensearch://localhost/press?shards=many",
        "opensearch://localhost/press?colour=red",
    ],
)
def test_what_is_no_address(wrong: str) -> None:
    with pytest.raises(InvalidRequest) as error:
        searchkit.open(wrong)
    assert wrong.partition("?")[0] in str(error.value)


@pytest.mark.parametrize(
    "leaking",
    [
        f"opensearch://ann:{SECRET}@localhost:9200/press",
        f"opensearchs://ann:{SECRET}@x@localhost/press",
        f"opensearch://ann:{SECRET}/press@localhost",
        f"opensearch://localhost/press?password={SECRET}",
        f"opensearch://localhost/?api_key={SECRET}",
        f"https://ann:{SECRET}@localhost:9200/press",
    ],
)
def test_credentials_in_an_address_are_refused_and_not_repeated(leaking: str) -> None:
    with pytest.raises((InvalidRequest, IndexNotFound)) as error:
        searchkit.open(leaking)
    assert SECRET not in str(error.value)
    with pytest.raises((InvalidRequest, IndexNotFound)) as error:
        searchkit.create(leaking)
    assert SECRET not in str(error.value)


def test_a_user_needs_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "ann")
    with pytest.raises(InvalidRequest, match="SEARCHKIT_OPENSEARCH_PASSWORD"):
        access()


class Guard(BaseHTTPRequestHandler):
    """Lets nobody in, and remembers what they showed."""

    shown: list[str]

    def do_GET(self) -> None:
        self.shown.append(self.headers.get("Authorization", ""))
        self.send_response(401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def guard() -> Iterator[tuple[str, list[str]]]:
    shown: list[str] = []
    with HTTPServer(("127.0.0.1", 0), type("Guarding", (Guard,), {"shown": shown})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"opensearch://127.0.0.1:{server.server_port}/press", shown
        server.shutdown()
        thread.join()


def test_credentials_come_from_the_environment(
    guard: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, shown = guard
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "ann")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_PASSWORD", SECRET)
    with pytest.raises(IndexUnavailable, match="SEARCHKIT_OPENSEARCH_API_KEY") as error:
        searchkit.open(where)
    assert shown[-1].startswith("Basic ")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_API_KEY", SECRET)
    with pytest.raises(IndexUnavailable):
        searchkit.open(where)
    assert shown[-1] == f"ApiKey {SECRET}"
    assert SECRET not in str(error.value)


def test_nobody_is_there() -> None:
    with pytest.raises(IndexUnavailable, match="no node can be reached"):
        searchkit.open("opensearch://127.0.0.1:1/press")
    with pytest.raises(IndexUnavailable):
        searchkit.open("opensearch://127.0.0.1:1/press", create=True)
