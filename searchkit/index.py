"""The facade: an index to add to and to search, the whole pipeline on one screen."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec.structs import replace

from searchkit.analysis import LANGUAGES
from searchkit.article import Article, is_text
from searchkit.clock import Deadline, time_zone, today
from searchkit.engines.base import Engine, Flaw, Settings
from searchkit.engines.registry import create_engine, open_engine
from searchkit.errors import IndexExists, IndexNotFound, InvalidRequest
from searchkit.forking import renewed
from searchkit.kept_profile import KeptProfile
from searchkit.limits import SECONDS, SLOW_SEARCHES
from searchkit.overview import overview
from searchkit.plan import Lowering
from searchkit.plan.forgive import without_idle_exclusions
from searchkit.profile import NEWS, RankProfile, named
from searchkit.query import Parsed, parse, print_query
from searchkit.rank.similar import like
from searchkit.request import Day, Match, Request, Sort, period, seconds, sort_order, values
from searchkit.results import Hit, Results
from searchkit.schema import FORMAT, fingerprint
from searchkit.search import Search
from searchkit.turns import Turns

if TYPE_CHECKING:
    from searchkit.batch import Addable, Batch
    from searchkit.report import AddReport

Where: TypeAlias = Mapping[str, str | Sequence[str]] | None

LOCK_SECONDS: Final = 30.0
"""How long a writer waits for another one before it gives up."""


class Index:
    """An open index. Safe in threads: any number may search while one adds. Use it in a ``with`` block.

    ``on_wait`` may be set to a function that is told, once, for whom a writer waits longer than a moment.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.on_wait: Callable[[str], None] = _ignore
        self._zone = time_zone(engine.settings.zone)
        self._profile = KeptProfile(engine)
        self._batch: Batch | None = None
        renewed(self._renew)

    @classmethod
    def create(
        cls,
        where: str | os.PathLike[str],
        *,
        language: str = "en",
        zone: str = "UTC",
        profile: RankProfile | str = NEWS,
    ) -> Index:
        """A new index in a folder that does not exist yet, or is empty.

        ``language`` (ISO 639-1, or ``multi`` for several) decides how words are stemmed; ``zone`` (an IANA
        name such as ``Europe/London``) when "today" begins. Both hold for good. ``profile`` is how it ranks.

        :raises IndexExists: if there is something. :raises InvalidRequest: for an unknown language or zone.
        """
        if language not in LANGUAGES:
            raise InvalidRequest(f"unknown language {language!r}", hint=f"languages: {', '.join(LANGUAGES)}")
        time_zone(zone)
        ranking = named(profile)
        index = cls(create_engine(where, Settings(language, zone, FORMAT, fingerprint(language))))
        if ranking != NEWS:
            index.profile = ranking
        return index

    @classmethod
    def open(cls, where: str | os.PathLike[str], *, create: bool = False) -> Index:
        """The index at a folder; with ``create``, made there with the defaults if there is none.

        :raises IndexNotFound: if there is none. :raises SchemaMismatch: if another version made it.
        :raises IndexDamaged: if its files cannot be read. :raises IndexExists: if ``create`` meets a folder
            with other things in it.
        """
        try:
            return cls(open_engine(where))
        except IndexNotFound:
            if not create:
                raise
        try:
            return cls.create(where)
        except IndexExists:
            with suppress(IndexNotFound):  # another program was quicker
                return cls(open_engine(where))
            raise

    # -- writing ----------------------------------------------------------------------------------------

    def add(self, articles: Iterable[Addable]) -> AddReport:
        """Puts in articles, or dicts with the usual names of an article's fields, by one commit: all or none.

        On a cluster a part may be in after a failure; what is put in again replaces itself.

        An article replaces the one of its id; one without an id goes by its URL, else by a digest of it.
        Records that cannot be articles are counted and listed, never raised. Inside :meth:`batch` the
        commit comes at the end of the block, for all that it holds by then.

        :raises IndexLocked: if another program keeps writing for half a minute.
        :raises IndexReadOnly: if the index may only be searched.
        """
        with self.batch() as batch:
            return batch.add(articles)

    def delete(self, *ids: str) -> int:
        """Takes out the articles of these ids; returns how many there were."""
        with self.batch() as batch:
            return batch.delete(filter(is_text, ids))

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One commit at its end for what this thread adds and deletes in the block; none if it raises."""
        with self._turns.take():
            if self._batch is not None:
                yield self._batch
                return
            from searchkit.batch import Batch  # a program that only searches starts sooner without it

            with self.engine.writer(wait=LOCK_SECONDS, on_wait=self.on_wait) as writer:
                self._batch = batch = Batch(writer, self.engine.snapshot(), self._zone)
                try:
                    yield batch
                    batch.commit()
                finally:
                    self._end_batch()

    def _renew(self) -> None:
        """See :func:`~searchkit.forking.renewed`. A forked process has no part in a batch that is open."""
        self._turns = Turns()
        self._end_batch()
        self._slots = threading.Semaphore(SLOW_SEARCHES)

    def _end_batch(self) -> None:
        if self._batch is not None:
            self._batch.end()
        self._batch = None

    @property
    def is_awaited(self) -> bool:
        """Whether another thread or program waits to write. Who writes for long may let it in between."""
        return self._turns.is_awaited or self.engine.is_awaited

    # -- searching --------------------------------------------------------------------------------------

    def search(
        self,
        query: str = "",
        *,
        since: Day = None,
        until: Day = None,
        where: Where = None,
        match: Match | None = None,
        sort: Sort | str = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        snippets: int = 3,
        facets: str | Sequence[str] = (),
        profile: RankProfile | str | None = None,
        strict: bool = False,
        timeout: float | None = SECONDS,
    ) -> Results:
        """The articles that match ``query``, best first.

        ``since`` and ``until`` take what :mod:`searchkit.dates` reads and include what they name; ``where``
        maps filter fields to a value, or to several of which one must match; ``match`` says whether any of
        the query's words will do or all must occur (by default any for relevance, all for order by date).
        ``profile`` is a rank profile, the name of one or a TOML file, see :mod:`searchkit.profile`; by
        default the index's own. Unless ``strict``, any text is a query, and ``Results.warnings`` name what
        was ignored or read otherwise. After ``timeout`` seconds, texts that nobody has looked at are left
        out, and the results are ``partial``; None is all the time there is.

        :raises QueryError: if ``strict`` and the query cannot be understood.
        :raises InvalidRequest: for a window, date, sort or filter that makes no sense.
        """
        deadline = Deadline(seconds(timeout), self._slots)
        parsed = self._parsed(query, strict=strict)
        tree, warnings = parsed.query, parsed.warnings
        if parsed.excludes and not strict:
            tree, more = without_idle_exclusions(tree, self.engine.settings.language)
            warnings = (*warnings, *more)
        order = sort_order(sort)
        request = Request(
            query=tree,
            published=period(since, until, self._zone),
            where=values(where),
            match=match or ("any" if order is Sort.RELEVANCE else "all"),
            sort=order,
            limit=limit,
            offset=offset,
            snippets=snippets,
            facets=(facets,) if isinstance(facets, str) else tuple(facets),
        )
        search = self._search(request, profile, deadline)
        if request.match == "all" and not strict and not search.found.total and not search.is_partial:
            relaxed = self._search(replace(request, match="any"), profile, deadline)
            if relaxed.found.total:
                why = "no article has all of the words: these have some of them"
                search, warnings = relaxed, (*warnings, why, *search.absent)
        return search.results(query, warnings)

    def iterate(
        self,
        query: str = "",
        *,
        since: Day = None,
        until: Day = None,
        where: Where = None,
        match: Match = "all",
        sort: Sort | str = Sort.RELEVANCE,
        profile: RankProfile | str | None = None,
        strict: bool = True,
    ) -> Iterator[Hit]:
        """Every match, however many, from one snapshot of the index. Words are all wanted, errors raised.

        Hits of one score or instant come in the engine's order, which is steady but means nothing. An
        article's age does not count here.
        """
        request = Request(
            query=self._parsed(query, strict=strict).query,
            published=period(since, until, self._zone),
            where=values(where),
            match=match,
            sort=sort_order(sort),
        )
        return self._search(request, profile, Deadline(), whole=True).walk()

    def similar(
        self,
        article: str | Article,
        *,
        since: Day = None,
        until: Day = None,
        where: Where = None,
        limit: int = 10,
        offset: int = 0,
        snippets: int = 3,
        profile: RankProfile | str | None = None,
    ) -> Results:
        """The background of an article, given itself or by its id: what else was written about the same.

        It is a search for any of the article's most telling words, which ``Results.understood`` shows; the
        other parameters are those of :meth:`search`.

        :raises InvalidRequest: if no article has the id, or nothing in it tells what it is about.
        """
        snapshot = self.engine.snapshot()
        found = self.get(article) if isinstance(article, str) else article
        if found is None:
            raise InvalidRequest(f"no article has the id {article!r}")
        inside = snapshot.get(found.id) is not None
        words = like(found, snapshot, self.engine.settings.language, inside=inside)
        if words is None:
            hint = "it takes a few words that other articles have, too"
            raise InvalidRequest("nothing in the article tells what it is about", hint=hint)
        query = print_query(words)
        request = Request(
            query=parse(query, strict=True).query,
            published=period(since, until, self._zone),
            where=values(where),
            limit=limit,
            offset=offset,
            snippets=snippets,
            without=(found.id,),
        )
        ranking = self.profile if profile is None else named(profile)
        deadline = Deadline(SECONDS, self._slots)
        return self._search(request, replace(ranking, minimum=0.0), deadline).results(query, ())

    def get(self, identifier: str) -> Article | None:
        """The article of that id, exactly as it was put in, or None."""
        return self.engine.snapshot().get(identifier) if is_text(identifier) else None

    def stats(self) -> dict[str, Any]:
        """What is in the index, as ``searchkit stats --json`` gives it."""
        return overview(self.engine)

    def check(self, *, deep: bool = False) -> list[Flaw]:
        """What is not as it should be; see :func:`searchkit.check`, which also takes what does not open."""
        return self.engine.check(deep=deep)

    @property
    def profile(self) -> RankProfile:
        """How this index ranks where a search does not say; once set, for good and for all who open it later.

        :raises InvalidRequest: if what is set is no profile. :raises IndexDamaged: if what is kept is none.
        """
        return self._profile.get()

    @profile.setter
    def profile(self, profile: RankProfile | str) -> None:
        self._profile.set(named(profile))

    def close(self) -> None:
        """Frees the index's files. Results that are still at hand keep their snapshot."""
        self.engine.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _parsed(self, query: str, *, strict: bool) -> Parsed:
        return parse(query, strict=strict, today=today(self._zone), zone=self._zone)

    def _search(
        self, request: Request, profile: RankProfile | str | None, deadline: Deadline, *, whole: bool = False
    ) -> Search:
        language = self.engine.settings.language
        snapshot = self.engine.snapshot()
        ranking = self.profile if profile is None else named(profile)
        lowering = Lowering(language, ranking, request.match, today(self._zone), self._zone, snapshot)
        return Search(snapshot, lowering, request, whole=whole, deadline=deadline)


def _ignore(_: str) -> None:
    """Tells nobody."""
