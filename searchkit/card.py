"""The card of an article: what a list of hits shows of it."""

from __future__ import annotations

from datetime import date

import orjson
from msgspec import Struct

from searchkit.article import Article, moment


class Card(Struct, frozen=True):
    """All that a list shows of an article: nothing of its texts. The fields are the article's own."""

    id: str
    headline: str
    publication: str
    published: date | None
    byline: str
    section: str
    url: str

    @classmethod
    def of(cls, article: Article) -> Card:
        """The card of an article."""
        return cls(
            article.id,
            article.headline,
            article.publication,
            article.published,
            article.byline,
            article.section,
            article.url,
        )

    def to_json(self) -> str:
        """The fields in their order; :meth:`from_json` gives the card back."""
        published = self.published and self.published.isoformat()
        row = (self.id, self.headline, self.publication, published, self.byline, self.section, self.url)
        return orjson.dumps(row).decode()

    @classmethod
    def from_json(cls, data: bytes) -> Card:
        """The card that :meth:`to_json` wrote.

        :raises ValueError: if it is none.
        """
        identifier, headline, publication, published, byline, section, url = orjson.loads(data)
        return cls(identifier, headline, publication, published and moment(published), byline, section, url)
