"""Full-text search for newspaper archives.

::

    import searchkit

    with searchkit.open("press.idx", create=True) as index:
        index.add([{"headline": "Ferry inquiry opens", "body": "…", "published": "2017-12-11"}])
        for hit in index.search("ferry inquiry", since="2017-12"):
            print(hit.headline, hit.snippets)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.article import Article, Author
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
from searchkit.index import Index
from searchkit.profile import RankProfile
from searchkit.read import BadRecord, Reading, read
from searchkit.request import Sort
from searchkit.results import Facet, Hit, Results, Snippet, Total

if TYPE_CHECKING:
    from searchkit.copying import CopyReport, copy
    from searchkit.repairing import RepairReport, repair
    from searchkit.report import AddReport

__version__ = "0.1.0"

create = Index.create
open = Index.open  # noqa: A001  # as in sqlite3 or gzip: searchkit.open

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

_LATER = {
    "AddReport": "report",
    "CopyReport": "copying",
    "RepairReport": "repairing",
    "copy": "copying",
    "repair": "repairing",
}
"""What is imported when it is first asked for (PEP 562): searching starts sooner without it."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    return found
