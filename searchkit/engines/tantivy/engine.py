"""The embedded engine: a folder with a Tantivy index, its settings and its notes.

What a search does not need is imported where it is needed, so that a program that searches starts sooner.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from errno import EACCES
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import tantivy

from searchkit.engines.base import Flaw, Settings
from searchkit.engines.tantivy.damage import damage
from searchkit.engines.tantivy.permission import is_writable
from searchkit.engines.tantivy.settings import check_settings, how_to_make, read_settings
from searchkit.engines.tantivy.snapshot import FRESH_SECONDS, TantivySnapshot
from searchkit.engines.tantivy.tables import build_schema, register
from searchkit.errors import IndexDamaged, IndexNotFound, SearchkitError
from searchkit.forking import renewed

if TYPE_CHECKING:
    from searchkit.engines.tantivy.links import Links
    from searchkit.engines.tantivy.writer import TantivyWriter

T = TypeVar("T")


class TantivyEngine:
    """One open index folder. Any number of threads may search, one at a time may write."""

    name = "tantivy"

    def __init__(self, path: Path, settings: Settings) -> None:
        self.settings = settings
        self._path = path
        self._folder = path / "tantivy"
        self._schema = build_schema()
        renewed(self._renew)
        self._meta = str(self._folder / "meta.json")
        self._known: tuple[tuple[int, int], TantivySnapshot] | None = None
        self._looked = 0.0
        with damage(path):
            self._links = None if is_writable(self._folder) else _links(self._folder)
            try:
                self._index = self._read(self._opened)
            except BaseException:
                self.close()
                raise
            register(self._index, settings.language)

    def _renew(self) -> None:
        """See :func:`~searchkit.forking.renewed`."""
        self._reloading = threading.Lock()

    @classmethod
    def create(cls, path: Path, settings: Settings) -> TantivyEngine:
        """A new, empty index, in a folder that does not exist, is empty, or has what was left of this.

        Of several processes that make one at the same place, one succeeds.

        :raises IndexExists: if there is something. :raises IndexNotFound: if nothing can be made there.
        """
        from searchkit.engines.tantivy.make import make

        with damage(path, writing=True):
            make(path, settings)
            return cls(path, settings)

    @classmethod
    def open(cls, path: Path) -> TantivyEngine:
        """The index at ``path``.

        :raises IndexNotFound: if there is none. :raises SchemaMismatch: if another version made it.
        :raises IndexDamaged: if its files cannot be read.
        """
        with damage(path):
            if not path.exists():
                raise IndexNotFound(f"{path}: no index there", hint=how_to_make(path))
            settings = read_settings(path)
            check_settings(path, settings)
            if not (path / "tantivy" / "meta.json").exists():
                hint = f"restore it from a copy, or rescue what reads: searchkit repair {path} {path}.new"
                raise IndexDamaged(f"{path}: tantivy/meta.json is missing", hint=hint)
            return cls(path, settings)

    def snapshot(self) -> TantivySnapshot:
        """The index as last committed, by whatever process: a changed ``meta.json`` tells."""
        known, now = self._known, time.monotonic()  # read once: other threads may change it meanwhile
        if known and now - self._looked < FRESH_SECONDS:
            return known[1]
        with damage(self._path):
            if known and known[0] == self._stamp():
                self._looked = now
                return known[1]
            with self._reloading:
                stamp, known = self._stamp(), self._known
                if not known or known[0] != stamp:
                    self._read(self._index.reload)
                    snapshot = TantivySnapshot(self._index.searcher(), self._schema, self._folder)
                    known = self._known = stamp, snapshot
                self._looked = now
                return known[1]

    def _stamp(self) -> tuple[int, int]:
        status = os.stat(self._meta)  # noqa: PTH116  # a third of the time of Path.stat
        return status.st_mtime_ns, status.st_ino

    def _opened(self) -> tantivy.Index:
        folder = self._links.folder if self._links else self._folder
        index = tantivy.Index(self._schema, str(folder), reuse=True)
        index.config_reader("manual")
        return index

    def _read(self, action: Callable[[], T]) -> T:
        return self._links.read(action) if self._links else action()

    def writer(self, *, wait: float, on_wait: Callable[[str], None]) -> AbstractContextManager[TantivyWriter]:
        """See :class:`~searchkit.engines.base.Engine`."""
        from searchkit.engines.tantivy.writing import writing

        with damage(self._path, writing=True):
            if self._links or not is_writable(self._folder):
                raise PermissionError(EACCES, "no permission to write", str(self._folder))
        return writing(self._path, self.settings, wait=wait, on_wait=on_wait)

    @property
    def is_awaited(self) -> bool:
        """See :class:`~searchkit.engines.base.Engine`."""
        from searchkit.engines.tantivy.holder import is_awaited

        return is_awaited(self._path)

    def read_note(self, name: str) -> bytes | None:
        """See :class:`~searchkit.engines.base.Engine`."""
        with damage(self._path), suppress(FileNotFoundError):
            return (self._path / name).read_bytes()
        return None

    def write_note(self, name: str, data: bytes) -> None:
        """See :class:`~searchkit.engines.base.Engine`. A crash leaves the old or the new one, whole."""
        from searchkit.engines.tantivy.make import write_whole

        with damage(self._path, writing=True):
            write_whole(self._path / name, data)

    @classmethod
    def examine(cls, path: Path, *, deep: bool) -> list[Flaw]:
        """What is wrong at ``path``, if it can be opened or not. Articles are read where files are whole.

        :raises IndexNotFound: if there is no index.
        """
        from searchkit.engines.tantivy.check import check_articles, check_files

        with damage(path):
            flaws = check_files(path, deep=deep)
            if not all(flaw.harmless for flaw in flaws):
                return flaws
            try:
                engine = cls.open(path)
                try:
                    return [*flaws, *check_articles(engine.snapshot, path, deep=deep)]
                finally:
                    engine.close()
            except SearchkitError as error:
                return [*flaws, Flaw("tantivy", error.message, error.hint)]

    def check(self, *, deep: bool) -> list[Flaw]:
        """See :class:`~searchkit.engines.base.Engine`."""
        return self.examine(self._path, deep=deep)

    def close(self) -> None:
        """See :class:`~searchkit.engines.base.Engine`."""
        self._known = None
        if self._links:
            self._links.remove()


def _links(folder: Path) -> Links:
    from searchkit.engines.tantivy.links import Links

    return Links(folder)
