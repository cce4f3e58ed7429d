"""Full-text search for newspaper archives.

::

    import searchkit

    with searchkit.open("press.idx", create=True) as index:
        index.add([{"headline": "Ferry inquiry opens", "body": "…", "published": "2017-12-11"}])
        for hit in index.search("ferry inquiry", since="2017-12"):
            print(hit.headline, hit.snippets)
"""

from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from searchkit.article import Article, Author
    from searchkit.copying import CopyReport, copy
    from searchkit.engines.base import Flaw
    from searchkit.engines.registry import check_engine as check
    from searchkit.errors import (
        IndexDamaged,
        IndexExists,
        IndexLocked,
        IndexNotFound,
        IndexReadOnly,
        IndexUnavailable,
        InvalidArticle,
        InvalidDate,
        InvalidRequest,
        QueryError,
        SchemaMismatch,
        SearchkitError,
        SourceError,
        UnsupportedQuery,
        WriteFailed,
    )
    from searchkit.found import Snippet
    from searchkit.index import Index
    from searchkit.profile import RankProfile
    from searchkit.readers import BadRecord, Reading, read
    from searchkit.repairing import RepairReport, repair
    from searchkit.report import AddReport
    from searchkit.request import Sort
    from searchkit.results import Facet, Hit, Results, Total

    create = Index.create
    open = Index.open  # noqa: A001  # as in sqlite3 or gzip: searchkit.open

__version__ = "0.1.0"

__all__ = [
    "AddReport",
    "Article",
    "Author",
    "BadRecord",
    "CopyReport",
    "Facet",
    "Flaw",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexExists",
    "IndexLocked",
    "IndexNotFound",
    "IndexReadOnly",
    "IndexUnavailable",
    "InvalidArticle",
    "InvalidDate",
    "InvalidRequest",
    "QueryError",
    "RankProfile",
    "Reading",
    "RepairReport",
    "Results",
    "SchemaMismatch",
    "SearchkitError",
    "Snippet",
    "Sort",
    "SourceError",
    "Total",
    "UnsupportedQuery",
    "WriteFailed",
    "check",
    "copy",
    "create",
    "open",
    "read",
    "repair",
]

_PLACES: Final = {
    "check": "engines.registry:check_engine",
    "create": "index:Index.create",
    "open": "index:Index.open",
    **{
        name: f"{module}:{name}"
        for module, names in {
            "article": ("Article", "Author"),
            "copying": ("CopyReport", "copy"),
            "engines.base": ("Flaw",),
            "found": ("Snippet",),
            "index": ("Index",),
            "profile": ("RankProfile",),
            "readers": ("BadRecord", "Reading", "read"),
            "repairing": ("RepairReport", "repair"),
            "report": ("AddReport",),
            "request": ("Sort",),
            "results": ("Facet", "Hit", "Results", "Total"),
        }.items()
        for name in names
    },
}
"""Where each public name is at home, the errors apart. It is imported when it is first asked for (PEP 562): a
program starts without what it does not use."""


if not TYPE_CHECKING:  # for a type checker, there is what is imported above, and no more

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, _, path = _PLACES.get(name, f"errors:{name}").partition(":")
        found = globals()[name] = attrgetter(path)(import_module(f"{__name__}.{module}"))
        return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
