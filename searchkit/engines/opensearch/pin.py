"""A point in time: what the cluster keeps so that searches one after the other see the same articles."""

from __future__ import annotations

import os
import threading
import weakref
from contextlib import suppress
from typing import Any, Final

from searchkit.engines.opensearch.client import Client, how_to_make
from searchkit.errors import IndexNotFound, IndexUnavailable, SearchkitError

KEPT: Final = "5m"
"""How long after its last use the cluster keeps it."""


class Pin:
    """Set at the first question, taken out when nobody has it any more. Safe in threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._setting = threading.Lock()
        self._known = ""
        self._drop: weakref.finalize[..., Any] | None = None
        self.is_lost = False

    def ask(self, body: dict[str, Any]) -> Any:
        """What a search at this point in time finds: all of it, or an error.

        :raises IndexUnavailable: if a part of the index does not answer, or the point in time is lost.
        """
        seconds = self._client.address.timeout
        params = {
            "allow_partial_search_results": "false",
            "search_type": "dfs_query_then_fetch",
            "cancel_after_time_interval": f"{seconds}s",
        }
        asked = body | {"pit": {"id": self._id(), "keep_alive": KEPT}}
        try:
            return self._client.ask("POST", "/_search", asked, params=params)
        except IndexUnavailable:
            self.is_lost = True
            raise

    def drop(self) -> None:
        """Takes it out."""
        if self._drop is not None:
            self._drop()

    def _id(self) -> str:
        with self._setting:
            if not self._known:
                address = self._client.address
                path = f"/{address.name}/_search/point_in_time"

                def missing() -> SearchkitError:
                    return IndexNotFound(f"{address}: no index there", hint=how_to_make(address))

                params = {"keep_alive": KEPT, "allow_partial_pit_creation": "false"}
                self._known = self._client.ask("POST", path, params=params, missing=missing)["pit_id"]
                self._drop = weakref.finalize(self, _forget, self._client, self._known, os.getpid())
            return self._known


def _forget(client: Client, known: str, maker: int) -> None:
    """Takes it out, unless this is a forked process: the one that set it goes on with it."""
    if os.getpid() != maker:
        return
    with suppress(SearchkitError):  # a cluster that is away forgets it by itself
        client.ask("DELETE", "/_search/point_in_time", {"pit_id": [known]})
