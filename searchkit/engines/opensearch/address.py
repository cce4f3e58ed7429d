"""``opensearch://host:9200/press``: where an index lies on a cluster, and who may ask.

Credentials never stand in an address, which is printed, logged and kept in histories: they come from the
environment.
"""

from __future__ import annotations

import os
import re
from typing import Any, Final
from urllib.parse import parse_qsl

from msgspec import Struct

from searchkit.errors import InvalidRequest

PORT: Final = 9200
EXAMPLE: Final = "such as opensearch://localhost:9200/press"
CREDENTIALS: Final = (
    "set SEARCHKIT_OPENSEARCH_USER and SEARCHKIT_OPENSEARCH_PASSWORD, or SEARCHKIT_OPENSEARCH_API_KEY"
)

_ADDRESS = re.compile(r"(opensearchs?)://([^/?#@]+)/([^/?#@]+)/?(?:\?([^#@]*))?")
_HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?", re.ASCII)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
_MOST: Final = {"shards": 1024, "replicas": 100, "timeout": 3600}


class Address(Struct, frozen=True):
    """An index on a cluster; ``is_secure`` (by TLS) with ``opensearchs://``.

    ``hosts`` are nodes of it as ``host:port``, of which any will do. ``shards`` and ``replicas`` are for an
    index that is made; without ``replicas`` there is one as soon as there are two nodes. ``timeout`` is how
    long an answer may take, in seconds.
    """

    hosts: tuple[str, ...]
    name: str
    is_secure: bool = False
    shards: int = 1
    replicas: int | None = None
    timeout: int = 60

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that a text is: hosts parted by commas, and ``?shards=5&replicas=1&timeout=60``.

        :raises InvalidRequest: if it is none, or holds credentials, which the message does not repeat.
        """
        if "@" in text:
            shown = re.sub("(?<=://).*@", "…@", text, flags=re.DOTALL)
            raise InvalidRequest(f"{shown}: no credentials in an address", hint=CREDENTIALS)
        match, shown = _ADDRESS.fullmatch(text), text.partition("?")[0]
        if match is None:
            raise InvalidRequest(f"{shown}: not the address of an index", hint=EXAMPLE)
        scheme, hosts, name, options = match.groups()
        if not _NAME.fullmatch(name):
            hint = "an index has a name of small letters, digits and . _ -"
            raise InvalidRequest(f"{shown}: no index can be called {name!r}", hint=hint)
        given = {key: _number(shown, key, value) for key, value in parse_qsl(options or "", True)}
        return cls(tuple(_host(shown, host) for host in hosts.split(",")), name, scheme[-1] == "s", **given)

    def __str__(self) -> str:
        return f"opensearch{'s' if self.is_secure else ''}://{','.join(self.hosts)}/{self.name}"

    @property
    def notes(self) -> str:
        """The index that holds the notes."""
        return f"{self.name}-notes"


def access() -> dict[str, Any]:
    """How the environment says to identify oneself to the cluster, and it to us.

    :raises InvalidRequest: if there is a user without a password.
    """
    user = os.environ.get("SEARCHKIT_OPENSEARCH_USER")
    password = os.environ.get("SEARCHKIT_OPENSEARCH_PASSWORD")
    key = os.environ.get("SEARCHKIT_OPENSEARCH_API_KEY")
    authorities = os.environ.get("SEARCHKIT_OPENSEARCH_CA")
    if bool(user) != bool(password):
        raise InvalidRequest("credentials are incomplete", hint=CREDENTIALS)
    found: dict[str, Any] = {"ca_certs": authorities} if authorities else {}
    if key:
        return found | {"headers": {"Authorization": f"ApiKey {key}"}}
    return found | ({"http_auth": (user, password)} if user else {})


def _host(text: str, host: str) -> str:
    match = _HOST.fullmatch(host)
    if match is None:
        raise InvalidRequest(f"{text}: {host!r} is no host", hint=EXAMPLE)
    return f"{match[1]}:{match[2] or PORT}"


def _number(text: str, key: str, value: str) -> int:
    if key not in _MOST:
        raise InvalidRequest(f"{text}: unknown option {key!r}", hint=f"options: {', '.join(_MOST)}")
    least = 0 if key == "replicas" else 1
    if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= _MOST[key]:
        raise InvalidRequest(f"{text}: {key}={value}: expected {least} to {_MOST[key]}")
    return int(value)
