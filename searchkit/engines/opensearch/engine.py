"""The engine of an archive that outgrows a machine: an alias on an OpenSearch cluster, and a few notes."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import quote

from msgspec.structs import replace

from searchkit.engines.base import Flaw, Settings
from searchkit.engines.opensearch.address import Address
from searchkit.engines.opensearch.check import examine
from searchkit.engines.opensearch.client import Client, how_to_make
from searchkit.engines.opensearch.snapshot import OpenSearchSnapshot
from searchkit.engines.opensearch.tables import index_body
from searchkit.engines.opensearch.writer import OpenSearchWriter
from searchkit.engines.versions import check_version
from searchkit.errors import IndexExists, IndexNotFound, SearchkitError
from searchkit.forking import renewed

FRESH_SECONDS: Final = 1.0
"""How old the view may be that a search looks at: so much later it sees what other programs commit."""


class OpenSearchEngine:
    """One index on a cluster. Any number of threads and programs may search and write."""

    name = "opensearch"

    def __init__(self, client: Client, settings: Settings) -> None:
        self.settings = settings
        self._client = client
        self._looked = 0.0
        renewed(self._renew)

    def _renew(self) -> None:
        """See :func:`~searchkit.forking.renewed`."""
        self._looking = threading.Lock()
        self._snapshot: OpenSearchSnapshot | None = None

    @classmethod
    def create(cls, address: Address, settings: Settings) -> OpenSearchEngine:
        """A new, empty index.

        :raises IndexExists: if there is one of that name. :raises IndexUnavailable: without a cluster.
        """
        client = Client(address)
        if _is_taken(client):
            raise IndexExists(f"{address}: already there", hint="choose another name, or open it")
        # Of several programs that make one at once, one succeeds: an alias writes to one index only.
        body = index_body(settings, address) | {"aliases": {address.name: {"is_write_index": True}}}
        client.ask("PUT", f"/{address.name}-{time.time_ns():x}", body)
        return cls(client, settings)

    @classmethod
    def open(cls, address: Address, *, any_version: bool = False) -> OpenSearchEngine:
        """The index at an address. What ``any_version`` made can be read article by article, not searched.

        :raises IndexNotFound: if there is none. :raises SchemaMismatch: if another version made it.
        :raises IndexUnavailable: if the cluster cannot be reached.
        """
        client = Client(address)
        settings = read_settings(client)
        if not any_version:
            hint = f"make it anew from its own articles: searchkit copy {address} {address}"
            check_version(str(address), settings, hint)
        return cls(client, settings)

    @classmethod
    def successor(cls, address: Address, settings: Settings) -> OpenSearchEngine:
        """What is to stand in the place of the index at an address, begun or gone on with."""
        beside = replace(address, name=f"{address.name}-next")
        try:
            return cls.open(beside)
        except IndexNotFound:
            return cls.create(beside, settings)

    def take_over(self, address: Address) -> None:
        """Stands in the place of the index at an address from now on; what stood there is deleted."""
        own = self._client.address.name
        old, new = (next(iter(self._client.ask("GET", f"/_alias/{name}"))) for name in (address.name, own))
        actions = [
            {"remove_index": {"index": old}},
            {"remove": {"index": new, "alias": own}},
            {"add": {"index": new, "alias": address.name, "is_write_index": True}},
        ]
        self._client.ask("POST", "/_aliases", {"actions": actions})

    def snapshot(self) -> OpenSearchSnapshot:
        """The index as it was at most :data:`FRESH_SECONDS` ago, and at least as this program left it."""
        with self._looking:
            now = time.monotonic()
            last = self._snapshot
            if last is None or last.is_lost or now - self._looked > FRESH_SECONDS:
                self._snapshot = last = OpenSearchSnapshot(self._client)
                self._looked = now
            return last

    @contextmanager
    def writer(self, *, wait: float, on_wait: Callable[[str], None]) -> Iterator[OpenSearchWriter]:  # noqa: ARG002
        """See :class:`~searchkit.engines.base.Engine`. Nobody waits: programs may write at once."""
        self._forget()
        writer = OpenSearchWriter(self._client, self.settings.language)
        try:
            yield writer
        finally:
            writer.close()
            self._forget()

    @property
    def is_awaited(self) -> bool:
        """See :class:`~searchkit.engines.base.Engine`. Nobody ever waits."""
        return False

    def read_note(self, name: str) -> bytes | None:
        """See :class:`~searchkit.engines.base.Engine`."""
        try:
            found = self._client.ask("GET", self._note(name), missing=lambda: IndexNotFound(name))
        except IndexNotFound:
            return None
        return base64.b64decode(found["_source"]["data"])

    def write_note(self, name: str, data: bytes) -> None:
        """See :class:`~searchkit.engines.base.Engine`."""
        with suppress(IndexExists):
            body = {"settings": {"auto_expand_replicas": "0-1"}, "mappings": {"enabled": False}}
            self._client.ask("PUT", f"/{self._client.address.notes}", body)
        self._client.ask("PUT", self._note(name), {"data": base64.b64encode(data).decode()})

    def check(self, *, deep: bool) -> list[Flaw]:
        """See :class:`~searchkit.engines.base.Engine`."""
        return list(examine(self._client, self.snapshot(), deep=deep))

    def close(self) -> None:
        """See :class:`~searchkit.engines.base.Engine`. Views that are still at hand stay of use."""
        self._forget()

    def _forget(self) -> None:
        with self._looking:
            self._snapshot = None

    def _note(self, name: str) -> str:
        return f"/{self._client.address.notes}/_doc/{quote(name, safe='')}"


def read_settings(client: Client) -> Settings:
    """What the index was made with.

    :raises IndexNotFound: if there is none. :raises IndexDamaged: if it is not one of ours.
    """
    address = client.address

    def missing() -> SearchkitError:
        return IndexNotFound(f"{address}: no index there", hint=how_to_make(address))

    found = client.ask("GET", f"/{address.name}/_mapping", missing=missing)
    try:
        (mapping,) = found.values()
        return Settings(**mapping["mappings"]["_meta"]["searchkit"])
    except (KeyError, TypeError, ValueError):
        raise IndexNotFound(f"{address}: not a searchkit index", hint="choose another name") from None


def _is_taken(client: Client) -> bool:
    try:
        client.ask("GET", f"/{client.address.name}/_settings", missing=lambda: IndexNotFound(""))
    except IndexNotFound:
        return False
    return True
