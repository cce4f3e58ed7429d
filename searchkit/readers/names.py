"""The names that records use for an article's fields."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

ALIASES: Final = {
    "id": ("_id", "uid", "guid", "uuid", "doc_id", "docno", "article_id"),
    "headline": ("title", "head", "hed", "hl", "main_headline", "web_title"),
    "standfirst": (
        *("subtitle", "subheadline", "subhead", "deck", "dek", "summary", "description"),
        *("short_description", "abstract", "lead"),
    ),
    "authors": ("author", "byline", "by", "creator", "writer"),
    "dateline": ("location", "place"),
    "body": ("text", "content", "full_text", "maintext", "article_body", "article", "story"),
    "pull_quotes": ("pull_quote",),
    "captions": ("caption", "image_caption"),
    "publication": ("newspaper", "paper", "publisher", "source", "source_name", "outlet"),
    "edition": (),
    "section": ("section_name", "category", "desk", "news_desk"),
    "page": ("page_number", "print_page"),
    "published": (
        *("date", "publish_date", "publication_date", "date_published", "published_at", "published_date"),
        *("pub_date", "web_publication_date", "created_at", "timestamp"),
    ),
    "language": ("lang",),
    "url": ("link", "web_url", "href"),
    "tags": ("keywords", "topics", "subjects"),
    "extra": (),
}
"""Field of an article → other names for it, the first present winning."""

UNKNOWN: Final = ("", 0)


def fold(name: str) -> str:
    """A name without case, ``-``, ``_``, points and spaces: ``Pub-Date`` and ``pubDate`` are one."""
    return re.sub(r"[-_.\s]+", "", name.casefold())


@lru_cache(maxsize=4096)
def find(name: str) -> tuple[str, int]:
    """The field that ``name`` stands for and its rank among that field's names, or :data:`UNKNOWN`."""
    return (name, 0) if name in ALIASES else _FOLDED.get(fold(name), UNKNOWN)


_FOLDED: Final = {
    fold(name): (field, rank)
    for field, aliases in ALIASES.items()
    for rank, name in enumerate((field, *aliases), start=1)
}
