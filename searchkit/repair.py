"""A damaged index → a new one, of all that still reads."""

from __future__ import annotations

import os
from dataclasses import dataclass

from searchkit.engines.registry import rescue_engine
from searchkit.errors import InvalidRequest
from searchkit.index import PROFILE, Index
from searchkit.ingest import NOTE, Sources
from searchkit.profile import loads


@dataclass(frozen=True, slots=True)
class RepairReport:
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

    :raises IndexNotFound: if there is no source. :raises IndexExists: if the destination is taken.
    :raises IndexDamaged: if not even the settings of ``source`` read.
    """
    found = rescue_engine(source)
    settings, notes = found.settings, found.notes
    with (
        Index.create(destination, language=settings.language, zone=settings.zone) as index,
        index.batch() as batch,
    ):
        report = batch.add(found.articles)
        if report.replaced:
            found.remarks.append(f"{report.replaced:,} gave way to others of the same id")
        if NOTE in notes:
            index.engine.write_note(NOTE, notes[NOTE])
            if found.remarks:
                Sources(index).reread()
        if PROFILE in notes:
            try:
                index.profile = loads(notes[PROFILE].decode())
            except (InvalidRequest, ValueError) as error:
                found.remarks.append(f"{PROFILE}: is no profile: {error}")
    return RepairReport(report.added, found.lost, found.doubtful, tuple(found.remarks))
