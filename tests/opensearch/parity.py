"""Whether a cluster finds what the embedded engine finds, and how fast: ``python -m tests.opensearch.parity``.

It takes JSON lines of articles and of queries, and makes an index of the first ones on every engine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory

import orjson

import searchkit
from searchkit import Article, Index, Results
from searchkit.plan import Lowering
from searchkit.query import parse
from searchkit.readers import BadRecord, Reading, read
from searchkit.request import Request
from searchkit.search import Search
from tests.opensearch.places import place, running_cluster

TOP = 10
CLOSE = 1e-3
"""What scores may differ by without a word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says to a query: every match, the best ones with their scores, how long it took."""

    ids: frozenset[str]
    best: dict[str, float]
    total: int
    exact: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Answers of two engines to one query."""

    query: str
    own: Answer
    other: Answer

    @property
    def same_matches(self) -> bool:
        return self.own.ids == self.other.ids

    @property
    def same_total(self) -> bool:
        return self.own.total == self.other.total or not (self.own.exact and self.other.exact)

    @property
    def overlap(self) -> float:
        """The share of the best ten that both have; where the tenth scores as others do, any of them will do."""
        most = max(len(self.own.best), len(self.other.best))
        return len({*self.own.best} & {*self.other.best}) / most if most else 1.0

    @property
    def off(self) -> float:
        """The greatest difference of two scores of one article, as a share of the greater one."""
        both = (
            (self.own.best[each], self.other.best[each]) for each in {*self.own.best} & {*self.other.best}
        )
        return max((abs(a - b) / max(a, b) for a, b in both if max(a, b)), default=0.0)


def answer(index: Index, query: str) -> Answer:
    started = time.perf_counter()
    results: Results = index.search(query)
    best = {hit.id: hit.score for hit in results}
    seconds = time.perf_counter() - started
    snapshot = index.engine.snapshot()
    search = Search(
        snapshot,
        Lowering(counts=snapshot, profile=index.profile),
        Request(query=parse(query).query),
        whole=True,
    )
    pages = snapshot.pages(search.decided, sort=search.sort, size=5_000)
    ids = frozenset(each for page in pages for each in snapshot.ids([hit.handle for hit in page.hits]))
    return Answer(ids, best, results.total.value, results.total.exact, seconds)


def articles(path: Path, count: int) -> list[Article]:
    records = read(path, name=path.name, reading=Reading())
    return [each for each in islice(records, count) if not isinstance(each, BadRecord)]


def queries(paths: list[Path], count: int) -> list[str]:
    """As many of each file, evenly from its beginning to its end."""
    found: list[str] = []
    for path in paths:
        lines = [orjson.loads(line) for line in path.read_bytes().splitlines()]
        texts = list(dict.fromkeys(line.get("text") or line["query"] for line in lines))
        some = count // len(paths)
        found += [texts[len(texts) * number // some] for number in range(min(some, len(texts)))]
    return found


def report(name: str, compared: list[Comparison]) -> Iterator[str]:
    size = len(compared)
    yield f"{name}: {size} queries"
    yield f"  match sets equal    {sum(each.same_matches for each in compared)}"
    yield f"  totals equal        {sum(each.same_total for each in compared)}"
    yield f"  overlap of the best {TOP}: {mean(each.overlap for each in compared):.4f}"
    yield f"  the same best {TOP}   {sum(each.overlap == 1 for each in compared)}"
    yield f"  in the same order   {sum([*each.own.best] == [*each.other.best] for each in compared)}"
    yield f"  scores off by at most 0.1% in {sum(each.off <= CLOSE for each in compared)}, at worst {max(each.off for each in compared):.1%}"
    for title, times in (
        ("embedded", [each.own.seconds for each in compared]),
        (name, [each.other.seconds for each in compared]),
    ):
        yield f"  {title}: median {median(times) * 1000:.1f} ms, 95% {quantiles(times, n=20)[-1] * 1000:.1f} ms"
    for each in sorted(compared, key=lambda each: (each.overlap, -each.off)):
        if each.overlap < 1 or not each.same_matches or each.off > CLOSE:
            sizes = f"{len(each.own.ids):6} {len(each.other.ids):6}"
            yield f"    overlap {each.overlap:.1f}, scores off {each.off:5.1%}, matches {sizes}: {each.query!r}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=Path, required=True)
    options.add_argument("--queries", type=Path, action="append", required=True)
    options.add_argument("--size", type=int, default=20_000)
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--hosts", help="of a cluster that runs; else one is started")
    given = options.parse_args()
    texts, found = queries(given.queries, given.count), articles(given.articles, given.size)
    with ExitStack() as stack:
        hosts = given.hosts or stack.enter_context(running_cluster(is_fast=True)).hosts
        folder = stack.enter_context(TemporaryDirectory())
        places = {"embedded": str(Path(folder) / "x.idx")}
        for shards in (1, 5):
            places[f"{shards} shards"] = stack.enter_context(place(hosts, f"?shards={shards}&replicas=0"))
        answers: dict[str, list[Answer]] = {}
        for name, where in places.items():
            index = stack.enter_context(searchkit.create(where))
            started = time.perf_counter()
            index.add(found)
            seconds = time.perf_counter() - started
            held = index.stats()["size_bytes"] / len(found)
            sys.stdout.write(f"{name}: {len(found) / seconds:.0f} articles a second, {held:.0f} bytes each\n")
            sys.stdout.flush()
            answers[name] = [answer(index, text) for text in texts]
        own = answers.pop("embedded")
        for name, others in answers.items():
            compared = [Comparison(*each) for each in zip(texts, own, others, strict=True)]
            sys.stdout.write("\n".join(report(name, compared)) + "\n")


if __name__ == "__main__":
    main()
