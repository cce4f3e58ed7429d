"""What is to be measured: a suite, as TOML holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from searchkit import toml
from searchkit.benchmark.peers import ENGINES
from searchkit.errors import InvalidRequest
from searchkit.limits import WINDOW
from searchkit.profile import BM25, NEWS
from searchkit.toml import check_whole, meant

DEFAULT_ENGINES: Final = tuple(name for name in ENGINES if name != "whoosh")
"""Whoosh takes longer than all the others together: it is measured when it is named."""
GENERATED: Final = 5_000
MOST_ARTICLES: Final = 10_000_000
MOST_ROUNDS: Final = 1_000
LEAST_GROWTH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Suite:
    """A corpus and queries, and how each engine answers them.

    ``corpus`` holds files and folders as ``searchkit index`` reads them; without any, ``generated`` articles
    are made up. ``queries`` are files as ``searchkit evaluate`` reads them; without any, queries are made up
    for a generated corpus. ``profiles`` are names or TOML files. Every index is made ``builds`` times, each
    query asked in ``rounds`` rounds, after ``warmups`` that are not counted, for ``limit`` hits. With
    ``sizes``, all is measured on the first articles of the corpus, once for each size, to see how times
    grow. With ``growth``, searchkit and the floor are measured beside that on so many made-up articles, on a
    tenth and on a hundredth of them.

    :raises InvalidRequest: for a value of the wrong type, out of range, or unknown.
    """

    corpus: tuple[Path, ...] = ()
    generated: int = GENERATED
    queries: tuple[Path, ...] = ()
    engines: tuple[str, ...] = DEFAULT_ENGINES
    profiles: tuple[str, ...] = (NEWS.name, BM25.name)
    rounds: int = 3
    warmups: int = 1
    builds: int = 1
    limit: int = 10
    sizes: tuple[int, ...] = ()
    growth: int = 0

    def __post_init__(self) -> None:
        check_whole("generated", self.generated, least=1, most=MOST_ARTICLES)
        check_whole("rounds", self.rounds, least=1, most=MOST_ROUNDS)
        check_whole("warmups", self.warmups, least=0, most=MOST_ROUNDS)
        check_whole("builds", self.builds, least=1, most=MOST_ROUNDS)
        check_whole("limit", self.limit, least=1, most=WINDOW)
        for size in self.sizes:
            check_whole("sizes", size, least=1, most=MOST_ARTICLES)
        if self.growth:
            check_whole("growth", self.growth, least=LEAST_GROWTH, most=MOST_ARTICLES)
        _check_different("engines", self.engines)
        _check_different("profiles", self.profiles)
        for engine in self.engines:
            if engine not in ENGINES:
                raise InvalidRequest(f"engines: no engine {engine!r}", hint=meant(engine, ENGINES))
        if self.corpus and not self.queries:
            hint = "--queries FILE, or queries in the suite: JSON lines with id and text, or TSV"
            raise InvalidRequest("a corpus of your own needs queries of your own", hint=hint)


def load(path: Path) -> Suite:
    """The suite that a TOML file holds; paths in it are meant from its folder.

    :raises SourceError: if the file cannot be read. :raises InvalidRequest: if it holds no suite.
    """
    return toml.load(path, lambda text: from_table(toml.loads(text), path.parent))


def from_table(table: Mapping[str, Any], folder: Path) -> Suite:
    """The suite of these values; what is not given has its default.

    :raises InvalidRequest: for an unknown key, a wrong type, or a value out of range.
    """
    known = [field.name for field in fields(Suite)]
    for key in table:
        if key not in known:
            raise InvalidRequest(f"{key}: a suite has no such value", hint=meant(key, known))
    if "corpus" in table and "generated" in table:
        raise InvalidRequest("corpus and generated: only one can be measured", hint="take one out")
    values = dict(table)
    for key in ("engines", "profiles"):
        if key in table:
            values[key] = _texts(key, table[key])
    if "profiles" in table:
        values["profiles"] = tuple(_profile(name, folder) for name in values["profiles"])
    for key in ("corpus", "queries"):
        if key in table:
            paths = _texts(key, [table[key]] if isinstance(table[key], str) else table[key])
            values[key] = tuple(folder / path for path in paths)
    if "sizes" in table:
        values["sizes"] = tuple(_list("sizes", table["sizes"]))
    return Suite(**values)


def _profile(name: str, folder: Path) -> str:
    return str(folder / name) if name.endswith(".toml") else name


def _texts(key: str, values: object) -> tuple[str, ...]:
    listed = _list(key, values)
    for value in listed:
        if not isinstance(value, str) or not value:
            raise InvalidRequest(f"{key}: expected text, got {value!r}", hint='write it in quotes: "…"')
    return tuple(listed)


def _list(key: str, values: object) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise InvalidRequest(f"{key}: expected a list, got {values!r}", hint=f"write {key} = […, …]")
    return values


def _check_different(key: str, values: tuple[str, ...]) -> None:
    if not values:
        raise InvalidRequest(f"{key}: none is named")
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise InvalidRequest(f"{key}: {twice!r} is named twice")
