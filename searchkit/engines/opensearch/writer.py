"""The writer: articles wait on this side until the commit, then go to the cluster in bulk."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

import orjson
from msgspec import Struct

from searchkit.engines.opensearch.client import BLOCKED, BUSY, Client, patiently, refusal
from searchkit.engines.opensearch.tables import encode
from searchkit.errors import IndexUnavailable
from searchkit.schema import Document
from searchkit.temporary import in_temporary_files

SPOOL: Final = 64 * 1024 * 1024
"""Bytes of articles that wait in memory; more of them wait in a temporary file."""
BULK: Final = 4 * 1024 * 1024
"""Bytes of one bulk, or one article if it is larger."""
MOST: Final = 95 * 1024 * 1024
"""Bytes of the largest article that a cluster takes: its requests have 100 MB at most."""
SENDERS: Final = 3
"""Bulks on their way at once. A cluster that is slower than we are slows us down."""
LONGEST_ID: Final = 512
"""Bytes of the cluster's own identifiers."""


class Action(Struct, frozen=True):
    """What is done with one article: ``lines`` of a bulk."""

    id: str
    lines: bytes


class OpenSearchWriter:
    """Gathers changes; of one article, the last one. Putting one in twice is as putting it in once."""

    def __init__(self, client: Client, language: str) -> None:
        self._client = client
        self._language = language
        self._begin()

    def _begin(self) -> None:
        self._spool: IO[bytes] = SpooledTemporaryFile(SPOOL)  # noqa: SIM115  # closed by close
        self._places: dict[str, tuple[int, int] | None] = {}
        self._numbers: dict[str, int] = {}
        self._count = 0

    def add(self, document: Document, *, replaces: bool) -> None:  # noqa: ARG002  # it always may
        """See :class:`~searchkit.engines.base.Writer`."""
        with in_temporary_files():
            self._spool.seek(0, 2)
            start = self._spool.tell()
            length = self._spool.write(orjson.dumps(document))
        identifier = str(document["id"])
        self._places[identifier] = (start, length)
        self._numbers[identifier] = self._count
        self._count += 1

    def delete(self, identifier: str) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        self._places[identifier] = None

    def commit(self) -> Mapping[int, str]:
        """See :class:`~searchkit.engines.base.Writer`.

        Not all or none: if it fails, a part may be in, and the next run adds the rest.

        :raises IndexUnavailable: if the cluster does not take it after half a minute of trying.
        :raises IndexReadOnly: if writing is blocked, as by a full disk.
        """
        refused: dict[str, str] = {}
        with ThreadPoolExecutor(SENDERS) as pool:
            sent: deque[Future[dict[str, str]]] = deque()
            try:
                for bulk in self._bulks(refused):
                    sent.append(pool.submit(self._send, bulk))
                    if len(sent) > SENDERS:
                        refused |= sent.popleft().result()
                while sent:
                    refused |= sent.popleft().result()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        patiently(lambda: self._client.ask("POST", f"/{self._client.address.name}/_refresh"))
        numbered = {self._numbers[identifier]: reason for identifier, reason in refused.items()}
        self.rollback()
        return numbered

    def rollback(self) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        self.close()
        self._begin()

    def close(self) -> None:
        """Frees the memory, or the temporary file."""
        with suppress(OSError):  # of what there was no room for: nobody wants it any more
            self._spool.close()

    def _bulks(self, refused: dict[str, str]) -> Iterator[list[Action]]:
        bulk: list[Action] = []
        size = 0
        for identifier in self._places:
            action = self._action(identifier)
            if len(action.lines) > MOST:
                refused[identifier] = f"{len(action.lines):,} bytes: more than a cluster takes at once"
                continue
            if bulk and size + len(action.lines) > BULK:
                yield bulk
                bulk, size = [], 0
            bulk.append(action)
            size += len(action.lines)
        if bulk:
            yield bulk

    def _action(self, identifier: str) -> Action:
        place = self._places[identifier]
        key = orjson.dumps(key_of(identifier)).decode()
        if place is None:
            return Action(identifier, f'{{"delete":{{"_id":{key}}}}}\n'.encode())
        with in_temporary_files():
            self._spool.seek(place[0])
            text = self._spool.read(place[1])
        document = orjson.loads(text)
        return Action(
            identifier, b'{"index":{"_id":%b}}\n%b\n' % (key.encode(), encode(document, self._language))
        )

    def _send(self, bulk: list[Action]) -> dict[str, str]:
        """Sends what is left of a bulk until nothing is; returns what was refused."""
        left = list(bulk)
        refused: dict[str, str] = {}

        def attempt() -> None:
            busy = None
            outcome = list(zip(left, self._outcome(left), strict=True))
            left.clear()
            for action, result in outcome:
                status, error = result["status"], result.get("error") or {}
                if status in BUSY and error.get("type") != BLOCKED:
                    busy = error
                    left.append(action)
                elif error:
                    refused[action.id] = self._reason(status, error)
            if busy is not None:
                raise refusal(self._client.address, 429, ("", str(busy.get("reason", ""))))

        try:
            patiently(attempt)
        except IndexUnavailable as error:
            hint = "a part of it may be in; run it again: what is in is skipped"
            raise IndexUnavailable(f"{error.message} ({len(left):,} articles)", hint=hint) from error
        return refused

    def _outcome(self, bulk: list[Action]) -> list[dict[str, Any]]:
        lines = b"".join(action.lines for action in bulk).decode()
        path = f"/{self._client.address.name}/_bulk"
        wanted = "items.*.status,items.*.error"
        answer = self._client.ask(
            "POST", path, lines, params={"require_alias": "true", "filter_path": wanted}
        )
        return [next(iter(item.values())) for item in answer["items"]]

    def _reason(self, status: int, error: dict[str, Any]) -> str:
        """Why an article is refused.

        :raises SearchkitError: if it is not for its own sake.
        """
        kind, reason = str(error.get("type", "")), str(error.get("reason", ""))
        if status in (400, 413):
            return reason or kind
        raise refusal(self._client.address, status, (kind, reason))


def key_of(identifier: str) -> str:
    """The cluster's own identifier of an article: its id, or if that is too long a digest of it."""
    data = identifier.encode()
    if 0 < len(data) <= LONGEST_ID and not identifier.startswith("¶"):
        return identifier
    return f"¶{hashlib.blake2b(data, digest_size=32).hexdigest()}"
