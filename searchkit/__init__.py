"""Full-text search for newspaper archives.

::

    import searchkit

    with searchkit.open("press.idx", create=True) as index:
        index.add([{"headline": "Ferry inquiry opens", "body": "…", "published": "2017-12-11"}])
        for hit in index.search("ferry inquiry", since="2017-12"):
            print(hit.headline, hit.snippets)
"""

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
from searchkit.index import Index
from searchkit.profile import RankProfile
from searchkit.read import BadRecord, Reading, read
from searchkit.repair import RepairReport, repair
from searchkit.report import AddReport
from searchkit.request import Sort
from searchkit.results import Facet, Hit, Results, Snippet, Total

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
