"""Whether an index on a cluster is whole: its shards, its counts, its articles."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.engines.base import Flaw
from searchkit.engines.opensearch.client import Client
from searchkit.engines.opensearch.snapshot import OpenSearchSnapshot
from searchkit.errors import IndexDamaged
from searchkit.hashing import digest
from searchkit.plan import All
from searchkit.request import Sort

_PAGE = 500


def examine(client: Client, snapshot: OpenSearchSnapshot, *, deep: bool) -> Iterator[Flaw]:
    """What is wrong with an index: shards that are away, files that wait for room; if ``deep``, articles.

    Of the files, their checksums and their copies the cluster takes care itself.
    """
    name = client.address.name
    health = client.ask("GET", f"/_cluster/health/{name}")
    if health["status"] == "red":
        wrong = f"{health['unassigned_shards']} shards are away: their articles are not found"
        yield Flaw(name, wrong, "start the nodes that hold them, or restore a snapshot of the cluster")
        return
    if health["status"] == "yellow":
        wrong = f"{health['unassigned_shards']} copies of shards are missing"
        yield Flaw(name, wrong, "start more nodes, or ask for fewer replicas", harmless=True)
    blocks = client.ask("GET", f"/{name}/_settings/index.blocks.*", params={"flat_settings": "true"})
    for index, found in blocks.items():
        for block, value in found["settings"].items():
            if value == "true":
                yield Flaw(index, f"{block} is set", "free disk space, and lift the block", harmless=True)
    if deep:
        yield from _articles(snapshot, name)


def _articles(snapshot: OpenSearchSnapshot, name: str) -> Iterator[Flaw]:
    for page in snapshot.pages(All(), sort=Sort.NEWEST, size=_PAGE):
        places = [hit.handle for hit in page.hits]
        known = snapshot.digests([place.id for place in places])
        for place in places:
            try:
                (article,) = snapshot.articles([place])
            except (IndexDamaged, KeyError) as error:
                yield Flaw(name, f"article {place.id!r}: does not read: {error}", "index its source again")
                continue
            if known.get(article.id) != digest(article.to_json()):
                yield Flaw(name, f"article {article.id!r}: not as it was put in", "index its source again")
