"""Articles out of a damaged index: segment by segment, whatever still reads.

A segment's articles lie in one file alone. Each segment is opened by itself, in a folder of links where the
parts that are damaged are those of another index: so its articles read although its words are lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
import tantivy
from msgspec.structs import replace

from searchkit import schema
from searchkit.article import Article
from searchkit.engines.base import Rescue, Settings
from searchkit.engines.tantivy.commit import (
    META,
    PARTS,
    STORE,
    Segment,
    own_table,
    read_meta,
    segments,
    table,
)
from searchkit.engines.tantivy.damage import damage
from searchkit.engines.tantivy.footer import articles_in, has_its_checksum, read_footer
from searchkit.engines.tantivy.holder import NOTE, holder
from searchkit.engines.tantivy.settings import read_settings
from searchkit.engines.tantivy.snapshot import decode, stored
from searchkit.engines.tantivy.tables import register
from searchkit.engines.versions import is_current
from searchkit.errors import IndexLocked, SearchkitError
from searchkit.hashing import digest
from searchkit.temporary import temporary_folder

_COLUMNS: Final = "fast"
_NAMED: Final = 20
"""Articles of a segment that are named because they do not read: of more, only how many."""


def rescue(path: Path) -> Rescue:
    """What can be saved of the index at ``path``.

    An older version may have made it, with other fields: an article lies in each in the same way.

    :raises IndexNotFound: if there is none. :raises IndexDamaged: if its settings cannot be read.
    :raises SchemaMismatch: if a newer version made it. :raises IndexLocked: if something writes to it.
    """
    with damage(path):
        settings = read_settings(path)
        if writer := holder(path):
            raise IndexLocked(f"{path}: {writer}", hint="wait until it is done")
        found = Rescue(settings, _notes(path))
        found.articles = _articles(path, found)
    return found


def _notes(path: Path) -> dict[str, bytes]:
    own = (schema.SETTINGS_FILE, NOTE)
    files = (file for file in path.iterdir() if file.suffix in (".json", ".toml") and file.name not in own)
    return {file.name: file.read_bytes() for file in files}


def _articles(path: Path, found: Rescue) -> Iterator[Article]:
    folder = path / "tantivy"
    with temporary_folder() as place, damage(path):
        donor = _Donor(place / "donor", _table(folder, found.settings))
        # Where deletions are lost, old versions come back: they go first, for of equal ids the last stays.
        for segment in sorted(_segments(folder, found), key=lambda segment: bool(segment.deletes)):
            at = place / segment.name
            donor.lend(folder, segment, at)
            try:
                yield from _segment(at, folder, segment, found)
            except SearchkitError as error:
                found.lost += segment.size - segment.deleted
                found.remarks.append(f"{segment.name}.{STORE}: nothing reads: {error.message}")


def _table(folder: Path, settings: Settings) -> dict[str, Any]:
    """The fields of the index: those of this version, which are sure, or what an older one wrote of them."""
    return own_table() if is_current(settings) else table(read_meta(folder))


def _segments(folder: Path, found: Rescue) -> list[Segment]:
    """The segments of the last commit or, where that is lost, all there are; each as far as it is whole."""
    try:
        named = segments(read_meta(folder))
    except (OSError, ValueError) as error:
        found.remarks.append(f"{META}: {error}: articles that were deleted or replaced may have come back")
        named = [_unnamed(store) for store in sorted(folder.glob(f"*.{STORE}"))]
    return [_confirmed(folder, segment, found) for segment in named]


def _unnamed(store: Path) -> Segment:
    """A segment as the names of its files tell: with its last deletions, and of unknown size."""
    stamps = [int(file.name.split(".")[1]) for file in store.parent.glob(f"{store.stem}.*.del")]
    deletes = {"num_deleted_docs": 0, "opstamp": max(stamps)} if stamps else None
    row = {"segment_id": _dashed(store.stem), "max_doc": 0, "deletes": deletes}
    return Segment(store.stem, 0, 0, f"{store.stem}.{max(stamps)}.del" if stamps else "", row)


def _confirmed(folder: Path, segment: Segment, found: Rescue) -> Segment:
    """A segment with the size that its files tell, and without deletions that do not read."""
    norms = folder / f"{segment.name}.fieldnorm"
    size = articles_in(norms, read_footer(norms)) if _is_whole(norms) else segment.size
    if not size:
        found.remarks.append(f"{segment.name}: nobody knows how many articles it has")
    confirmed = replace(segment, size=size, row=segment.row | {"max_doc": size})
    if segment.deletes and not _is_whole(folder / segment.deletes):
        found.remarks.append(f"{segment.deletes}: lost: what was deleted or replaced may have come back")
        return replace(confirmed, deletes="", deleted=0, row=confirmed.row | {"deletes": None})
    return confirmed


def _segment(at: Path, folder: Path, segment: Segment, found: Rescue) -> Iterator[Article]:
    """The articles of a segment that read, and are not proven to be others than were put in."""
    with damage(folder.parent):
        index = tantivy.Index.open(str(at))
        index.config_reader("manual")
        searcher = index.searcher()
        hits = searcher.search(tantivy.Query.all_query(), max(segment.size, 1), count=False).hits
    is_proven = _is_whole(folder / f"{segment.name}.{STORE}")
    has_digests = is_current(found.settings) and _is_whole(folder / f"{segment.name}.{_COLUMNS}")
    unread = 0
    for _, address in hits:
        try:
            article, is_same = _article(searcher, address, folder.parent, has_digests)
        except SearchkitError as error:
            unread += 1
            if unread <= _NAMED:
                found.remarks.append(
                    f"{segment.name}.{STORE}: article {address.doc} does not read: {error.message}"
                )
        else:
            found.doubtful += not is_proven and is_same is None
            yield article
    found.lost += unread
    if unread > _NAMED:
        found.remarks.append(f"{segment.name}.{STORE}: {unread - _NAMED:,} more articles do not read")


def _article(
    searcher: tantivy.Searcher, address: tantivy.DocAddress, path: Path, has_digests: bool
) -> tuple[Article, bool | None]:
    """An article, and whether it is known to be as it was put in.

    :raises IndexDamaged: if it does not read, or is known not to be.
    """
    with damage(path):
        text = stored(searcher, address)
        article = decode(text)
        if not has_digests:
            return article, None
        if searcher.fast_field_values("digest", [address])[0] != digest(text.encode()):
            raise ValueError("it is not as it was put in")
        return article, True


class _Donor:
    """An index of one article, whose parts take the place of damaged ones."""

    def __init__(self, folder: Path, fields: dict[str, Any]) -> None:
        folder.mkdir()
        (folder / META).write_bytes(orjson.dumps(fields | {"segments": [], "opstamp": 0}))
        self._folder = folder
        self._table = fields
        index = tantivy.Index.open(str(folder))
        register(index, "multi")
        writer = index.writer(15_000_000, 1)
        writer.add_json('{"article": "{}"}')
        writer.commit()
        writer.wait_merging_threads()
        self._name = segments(read_meta(folder))[0].name

    def lend(self, folder: Path, segment: Segment, at: Path) -> None:
        """Makes a folder with one segment: its whole parts, and in the place of the others the donor's."""
        at.mkdir()
        for part in PARTS:
            own = folder / f"{segment.name}.{part}"
            lent = self._folder / f"{self._name}.{part}"
            (at / own.name).symlink_to((own if part == STORE or _is_whole(own) else lent).resolve())
        if segment.deletes:
            (at / segment.deletes).symlink_to((folder / segment.deletes).resolve())
        meta = self._table | {"segments": [segment.row], "opstamp": 0}
        (at / META).write_bytes(orjson.dumps(meta))


def _is_whole(file: Path) -> bool:
    try:
        return has_its_checksum(file, read_footer(file))
    except (OSError, ValueError):
        return False


def _dashed(name: str) -> str:
    """A segment's name as ``meta.json`` writes it: a UUID."""
    return "-".join((name[:8], name[8:12], name[12:16], name[16:20], name[20:]))
