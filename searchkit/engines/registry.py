"""Where → engine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from searchkit.engines.base import Engine, Flaw, Rescue, Settings
from searchkit.engines.tantivy import TantivyEngine
from searchkit.errors import IndexNotFound, InvalidRequest

if TYPE_CHECKING:
    from searchkit.engines.opensearch import Address, OpenSearchEngine


def open_engine(where: str | os.PathLike[str]) -> Engine:
    """The engine of the index at a folder, or at an address such as ``opensearch://localhost:9200/press``.

    :raises IndexNotFound: if there is none, or for an address of an engine that is not known.
    """
    if is_address(where):
        engine, address = _cluster(where)
        return engine.open(address)
    return TantivyEngine.open(Path(where))


def create_engine(where: str | os.PathLike[str], settings: Settings) -> Engine:
    """The engine of a new index.

    :raises IndexExists: if there is something already.
    """
    if is_address(where):
        engine, address = _cluster(where)
        return engine.create(address, settings)
    return TantivyEngine.create(Path(where), settings)


def open_source(where: str | os.PathLike[str]) -> Engine:
    """The engine of an index to copy from: on a cluster, whatever version made it.

    :raises IndexNotFound: if there is none.
    """
    if is_address(where):
        engine, address = _cluster(where)
        return engine.open(address, any_version=True)
    return open_engine(where)


def successor_engine(where: str | os.PathLike[str], settings: Settings) -> Engine:
    """The engine of what is to take the place of an index on a cluster; what was begun is gone on with."""
    engine, address = _cluster(where)
    return engine.successor(address, settings)


def take_over(where: str | os.PathLike[str], successor: Engine) -> None:
    """Puts the successor in the place of the index on a cluster, at once, and deletes that one."""
    engine, address = _cluster(where)
    if isinstance(successor, engine):
        successor.take_over(address)


def check_engine(where: str | os.PathLike[str], *, deep: bool = False) -> list[Flaw]:
    """What is not as it should be with an index; with one in a folder, even if it cannot be opened.

    Missing and truncated files, notes and settings that cannot be read, a schema that does not match, files
    that belong to nothing, counts that disagree; ``deep`` also compares the checksums of all files and reads
    every article.

    :raises IndexNotFound: if there is none.
    """
    if is_address(where):
        return open_engine(where).check(deep=deep)
    return TantivyEngine.examine(Path(where), deep=deep)


def rescue_engine(where: str | os.PathLike[str]) -> Rescue:
    """What can be saved of the index at a folder, even if it cannot be opened.

    :raises IndexNotFound: if there is none. :raises IndexDamaged: if its settings cannot be read.
    :raises SchemaMismatch: if a newer version made it. :raises IndexLocked: if something writes to it.
    :raises InvalidRequest: for one on a cluster.
    """
    if is_address(where):
        hint = "a cluster keeps copies, and mends itself; to make it anew: searchkit copy"
        raise InvalidRequest("only an index in a folder can be rescued", hint=hint)
    from searchkit.engines.tantivy.rescue import rescue

    return rescue(Path(where))


def is_address(where: str | os.PathLike[str]) -> bool:
    """Whether a place is the address of a cluster, not a folder.

    :raises IndexNotFound: for an address of an engine that is not known, or what no folder can be called.
    """
    if "\0" in os.fspath(where):
        raise IndexNotFound(f"{os.fspath(where)!r}: no folder can be called that", hint="check the path")
    scheme, separator, rest = os.fspath(where).partition("://")
    if separator and scheme not in _CLUSTERS:
        shown = f"{scheme}://{rest.rpartition('@')[2]}"  # what may be a password is not repeated
        hint = "give the path of a folder, or opensearch://HOST:9200/NAME"
        raise IndexNotFound(f"{shown}: no engine for {scheme}://", hint=hint)
    return bool(separator)


def _cluster(where: str | os.PathLike[str]) -> tuple[type[OpenSearchEngine], Address]:
    try:
        # Its client is slow to import, and an extra.
        from searchkit.engines.opensearch import Address, OpenSearchEngine
    except ImportError as error:
        hint = "pip install 'searchkit[opensearch]'"
        raise InvalidRequest(f"an index on a cluster needs {error.name}", hint=hint) from None
    return OpenSearchEngine, Address.parse(os.fspath(where))


_CLUSTERS: Final = ("opensearch", "opensearchs")
