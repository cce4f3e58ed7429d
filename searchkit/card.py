"""The card of an article: what a list of hits shows of it."""

from __future__ import annotations

from msgspec import Struct, json

from searchkit.article import Article


class Card(Struct, frozen=True, array_like=True):
    """All that a list shows of an article: nothing of its texts. The fields are the article's own.

    ``published`` is a day or an instant in ISO 8601; like the others, it is empty where it is not known.
    """

    id: str
    headline: str
    publication: str
    published: str
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
            article.published.isoformat() if article.published else "",
            article.byline,
            article.section,
            article.url,
        )

    def to_json(self) -> str:
        """The fields in their order; :func:`from_json` gives the card back."""
        return json.encode(self).decode()


from_json = json.Decoder(Card).decode
"""The card that :meth:`Card.to_json` wrote, from UTF-8. :raises ValueError: if it is none."""
