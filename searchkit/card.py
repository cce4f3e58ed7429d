"""What a list of hits shows of an article: its card, and the texts that snippets are taken from."""

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
        return json.encode(self, enc_hook=str.__str__).decode()  # subclasses of str, such as Django has


class Texts(Struct, frozen=True):
    """The texts of an article that snippets are taken from. The fields are the article's own."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    captions: tuple[str, ...] = ()
    pull_quotes: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Texts:
        """The texts of an article."""
        return cls(article.headline, article.standfirst, article.body, article.captions, article.pull_quotes)


from_json = json.Decoder(Card).decode
"""The card that :meth:`Card.to_json` wrote, from UTF-8. :raises ValueError: if it is none."""
texts_from_json = json.Decoder(Texts).decode
"""The texts of what :meth:`searchkit.Article.to_json` wrote, in half the time that the whole article takes.

:raises ValueError: if it is none.
"""
