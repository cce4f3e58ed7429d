"""Whether what the last commit names is there, and whole: Tantivy's own files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson

from searchkit.engines.base import Flaw
from searchkit.engines.tantivy.commit import (
    MANAGED,
    META,
    STORE,
    Segment,
    is_as_written,
    own_table,
    read_meta,
    segments,
    table,
)
from searchkit.engines.tantivy.footer import Footer, articles_in, has_its_checksum, read_footer
from searchkit.engines.tantivy.holder import holder

RESCUE: Final = "restore the index from a copy, or rescue what reads into a new one: searchkit repair"
READ: Final = "let it be read: chmod -R a+rX; if it may be, the disk fails"
_HELD: Final = (f".{STORE}", ".del")
"""The endings of the files that cannot be made anew from the others."""
_REMAKE: Final = "no article is lost with it: searchkit repair makes a new index of all of them"


def check_commit(path: Path, *, deep: bool) -> Iterator[Flaw]:
    """What is wrong with Tantivy's files of the index at ``path``; ``deep`` reads all of them."""
    folder = path / "tantivy"
    try:
        meta = read_meta(folder)
        named = segments(meta)
        if not is_as_written(meta, indented=True):
            raise ValueError("is not as it was written")
        if table(meta) != own_table():
            raise ValueError("has another schema than this version makes")
    except (OSError, ValueError) as error:
        yield Flaw(f"tantivy/{META}", fault_of(error), RESCUE)
        return
    for segment in named:
        yield from _segment(folder, segment, deep)
    living = {file for segment in named for file in segment.files} | {META}
    yield from _managed(folder, living)
    if holder(path) is None:  # else they may be what it is writing
        listed = _listed(folder)
        for file in sorted({each.name for each in folder.iterdir() if _is_ours(each.name)} - living):
            who = "the next commit removes it" if file in listed else "delete it, when nothing writes"
            remedy = f"it takes up space, nothing else: {who}"
            yield Flaw(f"tantivy/{file}", "belongs to no commit", remedy, harmless=True)


def _segment(folder: Path, segment: Segment, deep: bool) -> Iterator[Flaw]:
    footers: dict[str, Footer] = {}
    for name in segment.files:
        try:
            footer = read_footer(folder / name)
            if deep and not has_its_checksum(folder / name, footer):
                raise ValueError("is not what was written: its checksum is wrong")
            footers[name] = footer
        except (OSError, ValueError) as error:
            yield Flaw(f"tantivy/{name}", fault_of(error), RESCUE if name.endswith(_HELD) else _REMAKE)
    norms = f"{segment.name}.fieldnorm"
    if deep and norms in footers and (held := articles_in(folder / norms, footers[norms])) != segment.size:
        wrong = f"says that segment {segment.name} has {segment.size:,} articles, not {held:,}"
        yield Flaw(f"tantivy/{META}", wrong, RESCUE)
    yield from _strangers(footers, segment.deletes)


def _strangers(footers: dict[str, Footer], deletes: str) -> Iterator[Flaw]:
    """One program writes all files of a segment, and says so in each, but may delete later."""
    versions = [footer.version for name, footer in footers.items() if name != deletes]
    for name, footer in footers.items():
        if versions.count(footer.version) <= len(versions) // 2:
            wrong = "names another version of Tantivy than the other files of its segment"
            yield Flaw(f"tantivy/{name}", wrong, _REMAKE, harmless=name == deletes)


def _managed(folder: Path, living: set[str]) -> Iterator[Flaw]:
    """The list of the files that Tantivy may delete: without it, what it drops stays."""
    name, remedy = f"tantivy/{MANAGED}", "delete it: only space is lost, as the engine no longer tidies up"
    try:
        data = (folder / MANAGED).read_bytes()
        missing = living - set(orjson.loads(data))
        intact = is_as_written(data, indented=False)
    except FileNotFoundError:
        yield Flaw(name, "is missing", "files that are dropped stay where they are", harmless=True)
    except PermissionError:  # it is its writer's alone
        return
    except OSError as error:
        yield Flaw(name, fault_of(error), remedy)
    except (ValueError, TypeError):
        yield Flaw(name, "is not what Tantivy writes", remedy)
    else:
        if missing or not intact:
            yield Flaw(name, "is not as it was written", remedy, harmless=True)


def _listed(folder: Path) -> set[str]:
    """The files that Tantivy removes by itself when no commit names them any more."""
    with suppress(OSError, ValueError, TypeError):
        return set(orjson.loads((folder / MANAGED).read_bytes()))
    return set()


def fault_of(error: Exception) -> str:
    """What is wrong with a file that gave an error."""
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return f"cannot be read: {error.strerror or error}"
    return "is missing" if isinstance(error, FileNotFoundError) else str(error)


def _is_ours(name: str) -> bool:
    return not name.startswith(".") or name.startswith(".tmp")
