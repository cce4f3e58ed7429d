"""One index → another, on whatever engine: all articles, looked at again when they have arrived."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from typing import Final

from msgspec import Struct

from searchkit.engines.base import Engine, Settings, Snapshot
from searchkit.engines.registry import (
    create_engine,
    is_address,
    open_engine,
    open_source,
    successor_engine,
    take_over,
)
from searchkit.errors import IndexNotFound, InvalidRequest
from searchkit.found import Found
from searchkit.index import Index
from searchkit.kept_profile import PROFILE
from searchkit.plan import All
from searchkit.request import Sort
from searchkit.schema import FORMAT, fingerprint
from searchkit.sources import NOTE

PAGE: Final = 5_000
"""Articles between two commits: what an interrupted copy has to do again at most."""


class CopyReport(Struct):
    """Counts of articles: ``read`` from the source, ``copied``, and ``there`` in the destination already.

    ``differing`` of them are not in the destination as in the source; ``others`` are in the destination only.
    """

    read: int = 0
    copied: int = 0
    there: int = 0
    differing: int = 0
    others: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the destination has every article of the source, to the letter."""
        return not self.differing and self.read == self.copied + self.there


def copy(
    source: str | os.PathLike[str],
    destination: str | os.PathLike[str],
    *,
    on_progress: Callable[[int], None] = lambda _: None,
) -> CopyReport:
    """Copies every article, the profile and the list of files taken in; run again, it goes on where it was.

    Articles are compared by their digests before and after, so that nothing is sent twice and nothing is
    taken for granted. A destination that is not there is made, in the source's language and time zone. An
    index on a cluster may be copied onto itself: that makes it anew, with this version's fields and with as
    many shards as the address says, in whose place it is put when it is whole.

    :raises IndexNotFound: if there is no source. :raises InvalidRequest: if the languages or zones differ.
    """
    is_same = _bare(source) == _bare(destination)
    is_renewal = is_same and is_address(source)
    if is_same and not is_renewal:
        raise InvalidRequest(f"{source}: a folder cannot be copied onto itself", hint="name another place")
    with closing(open_source(source)) as engine:
        language, zone = engine.settings.language, engine.settings.zone
        made = Settings(language, zone, FORMAT, fingerprint(language))
        target = successor_engine(destination, made) if is_renewal else _target(destination, made)
        with Index(target) as index:
            report = _articles(engine.snapshot(), index, on_progress)
            if is_renewal and report.is_whole:
                take_over(destination, target)
            elif not is_renewal:
                _notes(engine, index)
    return report


def _bare(where: str | os.PathLike[str]) -> str:
    """A place by which it is told from others, without the options of an address."""
    return os.fspath(where).partition("?")[0].rstrip("/") if is_address(where) else os.path.realpath(where)


def _target(destination: str | os.PathLike[str], settings: Settings) -> Engine:
    try:
        there = open_engine(destination)
    except IndexNotFound:
        return create_engine(destination, settings)
    if (there.settings.language, there.settings.zone) != (settings.language, settings.zone):
        there.close()
        raise InvalidRequest(
            f"{destination}: made with --language {there.settings.language} --zone {there.settings.zone}, "
            f"the source with {settings.language} and {settings.zone}",
            hint="copy into a place where there is nothing yet",
        )
    return there


def _articles(source: Snapshot, index: Index, on_progress: Callable[[int], None]) -> CopyReport:
    report = CopyReport()
    for page in source.pages(All(), sort=Sort.NEWEST, size=PAGE):
        _page(source, page, index, report)
        on_progress(report.read)
    report.others = index.engine.snapshot().size() - report.copied - report.there
    return report


def _page(source: Snapshot, page: Found, index: Index, report: CopyReport) -> None:
    handles = [hit.handle for hit in page.hits]
    ids = source.ids(handles)
    here = source.digests(ids)
    there = index.engine.snapshot().digests(ids)
    wanted = [handle for handle, each in zip(handles, ids, strict=True) if there.get(each) != here[each]]
    if wanted:
        index.add(source.articles(wanted))
        there = index.engine.snapshot().digests(ids)
    arrived = sum(there.get(each) == here[each] for each in ids)
    report.read += len(ids)
    report.there += len(ids) - len(wanted)
    report.copied += arrived - (len(ids) - len(wanted))
    report.differing += len(ids) - arrived


def _notes(source: Engine, index: Index) -> None:
    for name in (PROFILE, NOTE):
        note = source.read_note(name)
        if note is not None and index.engine.read_note(name) is None:
            index.engine.write_note(name, note)
