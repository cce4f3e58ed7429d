"""A damaged index → a new one, of all that still reads."""

from __future__ import annotations

import os
from contextlib import suppress

from msgspec import Struct

from searchkit.engines.base import Engine, Rescue, Settings
from searchkit.engines.registry import rescue_engine
from searchkit.errors import IndexExists, SearchkitError
from searchkit.index import Index
from searchkit.kept_profile import PROFILE
from searchkit.profile import loads
from searchkit.sources import NOTE, Sources


class RepairReport(Struct, frozen=True):
    """What came of a repair: articles that are in the new index, and those that are not.

    ``doubtful`` of the rescued ones come from a file with a wrong checksum, with nothing to prove them
    unchanged. ``remarks`` say what was lost where.
    """

    rescued: int
    lost: int
    doubtful: int
    remarks: tuple[str, ...]


def repair(source: str | os.PathLike[str], destination: str | os.PathLike[str]) -> RepairReport:
    """Makes a new index at ``destination`` of every article of ``source`` that still reads, by one commit.

    ``source`` stays as it is. The profile goes along, and so does the list of files that are in the index:
    where something was lost, the next ``searchkit index`` of these files reads them all and fills it in.

    The destination may be an index that has no articles yet: a repair that was stopped leaves one.

    :raises IndexNotFound: if there is no source. :raises IndexExists: if the destination is taken.
    :raises IndexDamaged: if not even the settings of ``source`` read.
    """
    found = rescue_engine(source)
    with _new(destination, found.settings) as index:
        report = index.add(found.articles)
        if report.replaced:
            found.remarks.append(f"{report.replaced:,} gave way to others of the same id")
        found.remarks += [bad.reason for bad in report.rejects]
        _take_notes(index, found)
    lost = found.lost + report.rejected
    return RepairReport(report.added, lost, found.doubtful, tuple(found.remarks))


def _new(where: str | os.PathLike[str], settings: Settings) -> Index:
    """A new index, or one that is as good as new."""
    try:
        return Index.create(where, language=settings.language, zone=settings.zone)
    except IndexExists:
        with suppress(SearchkitError):
            index = Index.open(where)
            if _is_as_new(index.engine, settings):
                return index
            index.close()
        raise


def _is_as_new(engine: Engine, settings: Settings) -> bool:
    """Whether it has no articles, nor files in which there might be some."""
    is_alike = (engine.settings.language, engine.settings.zone) == (settings.language, settings.zone)
    return is_alike and not engine.snapshot().size() and not engine.check(deep=False)


def _take_notes(index: Index, found: Rescue) -> None:
    """Takes along what the notes say, which is true only when the articles are in."""
    if PROFILE in found.notes:
        try:
            index.profile = loads(found.notes[PROFILE].decode())
        except ValueError as error:
            found.remarks.append(f"{PROFILE}: is no profile: {error}")
    if NOTE in found.notes:
        with index.batch():
            index.engine.write_note(NOTE, found.notes[NOTE])
            if found.remarks:
                Sources(index).reread()
