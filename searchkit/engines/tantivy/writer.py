"""The one writer of a Tantivy index."""

from __future__ import annotations

from pathlib import Path

import tantivy

from searchkit.engines.tantivy.links import let_read
from searchkit.engines.tantivy.tables import encode
from searchkit.errors import IndexDamaged
from searchkit.schema import Document


class TantivyWriter:
    """Holds Tantivy's lock from making to :meth:`close`."""

    def __init__(self, writer: tantivy.IndexWriter, path: Path) -> None:
        self._writer = writer
        self._path = path

    def add(self, document: Document, *, replaces: bool) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        if replaces:
            self.delete(str(document["id"]))
        self._writer.add_json(encode(document))

    def delete(self, identifier: str) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        self._writer.delete_documents_by_term("id", identifier)

    def commit(self) -> dict[str, str]:
        """See :class:`~searchkit.engines.base.Writer`.

        :raises IndexDamaged: if the disk is full or fails; all since the last commit is forgotten then.
        """
        try:
            self._writer.commit()
        except ValueError as error:
            raise IndexDamaged(
                f"nothing since the last commit was kept: {error}",
                hint="the index is whole as of its last commit; make room on the disk and run it again",
            ) from error
        let_read(self._path)
        return {}

    def rollback(self) -> None:
        """See :class:`~searchkit.engines.base.Writer`."""
        self._writer.rollback()

    def close(self) -> None:
        """Waits for the merges and frees the lock: a writer merely dropped leaves every commit a segment."""
        self._writer.wait_merging_threads()
        let_read(self._path)
