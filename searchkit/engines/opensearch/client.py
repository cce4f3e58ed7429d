"""Questions to a cluster, and what its answers mean in searchkit's own errors."""

from __future__ import annotations

import logging
import random
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import orjson
from opensearchpy import ConnectionError as NoConnection
from opensearchpy import ConnectionTimeout, OpenSearch, SSLError, TransportError

from searchkit.engines.opensearch.address import CREDENTIALS, Address, access
from searchkit.errors import (
    IndexExists,
    IndexNotFound,
    IndexReadOnly,
    IndexUnavailable,
    SearchkitError,
    UnsupportedQuery,
)
from searchkit.forking import renewed

T = TypeVar("T")

CONNECTIONS: Final = 32
"""Connections to each node that are kept for the next questions; more are opened when they are needed."""
TRIES: Final = 3
"""Nodes that are asked in turn, where one does not answer."""
PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between tries of what must not be lost: half a minute in all."""
BUSY: Final = frozenset({429, 502, 503, 504})
"""What a cluster says that has too much to do, or is just finding itself again."""

GONE: Final = frozenset(
    {
        "connect_transport_exception",
        "node_closed_exception",
        "node_disconnected_exception",
        "node_not_connected_exception",
    }
)
"""What it says of a node that went while it was asked."""
BLOCKED: Final = "cluster_block_exception"
"""What a cluster says that must not write; with 503, that nobody leads it just now."""

# What it warns of, searchkit raises; a program that keeps logs gets them all the same.
logging.getLogger("opensearch").addHandler(logging.NullHandler())


class Busy(IndexUnavailable):
    """It may work in a moment: too much to do, a node just gone, no answer."""


class Client:
    """One cluster, one index on it. Safe in threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        renewed(self._renew)

    def _renew(self) -> None:
        """See :func:`~searchkit.forking.renewed`: over one connection, two processes mix answers up."""
        scheme = "https" if self.address.is_secure else "http"
        self._client = OpenSearch(
            [f"{scheme}://{host}" for host in self.address.hosts],
            timeout=self.address.timeout,
            max_retries=TRIES - 1,
            pool_maxsize=CONNECTIONS,
            retry_on_status=(),  # a node that says that it cannot is not dead
            http_compress=False,
            **access(),
        )
        weakref.finalize(self, self._client.close)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, object] | None = None,
        missing: Callable[[], SearchkitError] | None = None,
    ) -> Any:
        """The cluster's answer. ``body`` is made into JSON, unless it is text. ``missing`` is raised for 404.

        :raises IndexUnavailable: if there is none in time, or the cluster cannot do it now.
        :raises IndexReadOnly: if writing is blocked. :raises IndexNotFound: if there is no such index.
        """
        data = body if body is None or isinstance(body, str) else orjson.dumps(body).decode()
        with _translated(self.address, missing):
            return self._client.transport.perform_request(method, path, params=dict(params or {}), body=data)

    def ask_many(self, lines: str) -> list[Any]:
        """The answers to several searches, asked for at once."""
        answers = self.ask("POST", f"/{self.address.name}/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise refusal(self.address, answer["status"], _cause(answer))
        return list(answers)


def patiently(action: Callable[[], T]) -> T:
    """What comes of an action that may be repeated, tried again while the cluster is busy.

    :raises IndexUnavailable: if it stays so.
    """
    for pause in PAUSES:
        try:
            return action()
        except Busy:
            time.sleep(pause * random.uniform(0.7, 1.3))
    return action()


@contextmanager
def _translated(address: Address, missing: Callable[[], SearchkitError] | None) -> Iterator[None]:
    try:
        yield
    except ConnectionTimeout:
        hint = "the cluster is overloaded or slow: try again, or give it more time with ?timeout=SECONDS"
        raise Busy(f"{address}: no answer in {address.timeout} s", hint=hint) from None
    except SSLError as error:
        hint = "name the authority that signed its certificate: SEARCHKIT_OPENSEARCH_CA=FILE"
        raise IndexUnavailable(f"{address}: no trust in the cluster: {error.info}", hint=hint) from None
    except NoConnection:
        hint = "is the cluster up, and the address right?"
        raise Busy(f"{address}: no node can be reached", hint=hint) from None
    except TransportError as error:
        if error.status_code == 404 and missing is not None:
            raise missing() from None
        info = error.info if isinstance(error.info, dict) else {"error": error.info}
        raise refusal(address, int(error.status_code), _cause(info)) from None


def refusal(address: Address, status: int, cause: tuple[str, str]) -> SearchkitError:
    """The error that a status and a cause, its type and reason, stand for."""
    kind, reason = cause
    match status, kind:
        case _, kind if kind == BLOCKED and status != 503:
            hint = "a full disk blocks writing: free some, then lift index.blocks.read_only_allow_delete"
            return IndexReadOnly(f"{address}: {reason}", hint=hint)
        case 401 | 403, _:
            return IndexUnavailable(f"{address}: the cluster wants other credentials", hint=CREDENTIALS)
        case 404, "search_context_missing_exception":
            hint = "it was too long ago, or a node is gone: search again"
            return IndexUnavailable(f"{address}: what was searched is no longer kept", hint=hint)
        case 404, "index_not_found_exception":
            return IndexNotFound(f"{address}: no index there", hint=how_to_make(address))
        case _, "resource_already_exists_exception":
            return IndexExists(f"{address}: {reason}", hint="choose another name, or open it")
        case 500, "illegal_state_exception" if "more than one write index" in reason:
            return IndexExists(f"{address}: made by another program just now", hint="open it")
        case 400, "too_many_nested_clauses" | "too_many_clauses":
            return UnsupportedQuery(
                f"{address}: {reason}", node="Bool", engine="opensearch", hint="use fewer words"
            )
        case 429, _:
            hint = "try again later: what is done is skipped"
            return Busy(f"{address}: the cluster is overloaded: {reason}", hint=hint)
        case _ if status in BUSY or kind in GONE:
            hint = "a part of the index cannot be reached: see searchkit check"
            return Busy(f"{address}: not available now: {reason or status}", hint=hint)
        case _:
            return IndexUnavailable(f"{address}: the cluster says {status} {kind}: {reason}")


def how_to_make(address: Address) -> str:
    """The command that makes an index there."""
    return f"make one: searchkit index SOURCE -i {address}"


def _cause(answer: Mapping[str, Any]) -> tuple[str, str]:
    """The type and the reason of the first cause that an answer tells."""
    told = answer.get("error")
    if not isinstance(told, dict):
        return "", str(told or "")
    failed = [shard["reason"] for shard in told.get("failed_shards") or () if shard.get("reason")]
    first = next(iter(failed or told.get("root_cause") or ()), told)
    return str(first.get("type", "")), str(first.get("reason", ""))
