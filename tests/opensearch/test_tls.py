"""A cluster behind TLS that wants credentials: a proxy before the real one, with a certificate of its own."""

from __future__ import annotations

import base64
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import searchkit
from searchkit import Article, IndexUnavailable
from tests.opensearch.places import place

pytestmark = pytest.mark.opensearch
BASIC = "Basic " + base64.b64encode(b"editor:s3cret").decode()


class Proxy(BaseHTTPRequestHandler):
    """Hands on what comes with one of the right credentials."""

    protocol_version = "HTTP/1.1"
    node = ""

    def forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") in (BASIC, "ApiKey k3y"):
            connection = HTTPConnection(self.node)
            kind = self.headers.get("Content-Type")
            connection.request(self.command, self.path, body, {"Content-Type": kind} if kind else {})
            answer = connection.getresponse()
            self.answer(answer.status, answer.read(), answer.getheader("Content-Type") or "")
            connection.close()
        else:
            self.answer(401, b"", "text/plain")

    do_DELETE = do_GET = do_HEAD = do_POST = do_PUT = forward  # noqa: N815  # http.server calls them so

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody has signed, and its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", file, "-out", f"{file}.crt"], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def address(hosts: str, certificate: Path) -> Iterator[str]:
    """An index that is not there yet, behind the proxy."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    handler = type("Here", (Proxy,), {"node": hosts.split(",")[0]})
    with ThreadingHTTPServer(("localhost", 0), handler) as server, place(hosts) as where:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"opensearchs://localhost:{server.server_port}/{where.rpartition('/')[2]}?replicas=0"
        finally:
            server.shutdown()


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_CA", f"{certificate}.crt")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("by", ["password", "key"])
def test_with_the_right_credentials(address: str, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if by == "key":
        monkeypatch.setenv("SEARCHKIT_OPENSEARCH_API_KEY", "k3y")
    else:
        monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "editor")
        monkeypatch.setenv("SEARCHKIT_OPENSEARCH_PASSWORD", "s3cret")
    with searchkit.create(address) as index:
        assert index.add([Article(id="a", headline="Ferry inquiry opens")]).added == 1
        assert [hit.headline for hit in index.search("ferry")] == ["Ferry inquiry opens"]


@pytest.mark.usefixtures("trusted")
def test_with_wrong_ones(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_API_KEY", "wr0ng")
    with pytest.raises(IndexUnavailable, match="other credentials") as caught:
        searchkit.open(address)
    assert "wr0ng" not in str(caught.value)


def test_a_certificate_that_nobody_vouches_for(address: str) -> None:
    with pytest.raises(IndexUnavailable, match="no trust in the cluster"):
        searchkit.open(address)
