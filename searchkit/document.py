"""Articles → documents: what an article puts into the fields of the schema.

Whoever looks at an article's texts later, to mark words or to hold a query against them, has them from here,
part by part as they were indexed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timezone, tzinfo
from typing import Final

from searchkit.article import Article, sorted_json
from searchkit.card import Card, Texts
from searchkit.hashing import digest
from searchkit.limits import KEYWORD, REPEATABLE
from searchkit.regex import regex
from searchkit.schema import FILTERS, Document, day_number, instant_number

LEAD_WORDS: Final = 100
"""How many words of the body belong to the ``lead``, beside the headline and the standfirst."""
MAX_DIGITS: Final = 18
"""Digits of the longest number that a NUMBER field holds."""
_PLAIN: Final = ("headline", "dateline", "publication", "edition", "section", "page", "language", "url")


def document(article: Article, zone: tzinfo = timezone.utc) -> Document:
    """What the engine stores and indexes of an article: only the fields that it has.

    ``zone`` places days and instants that the source gave without one.
    """
    stored = article.to_json()
    filled: Document = {
        "id": article.id,
        "text": texts(article, "text"),
        "card": Card.of(article).to_json(),
        "article": stored.decode(),
        "digest": digest(stored),
    }
    filled |= {name: text for name in _PLAIN if (text := getattr(article, name))}
    filled |= {f"{name}_is": [text[:KEYWORD]] for name in FILTERS if (text := getattr(article, name, ""))}
    filled["lead"] = lead = texts(article, "lead")
    behind = article.body[len(lead[-1]) :]  # the opening, last in the lead, has LEAD_WORDS words
    filled["words"] = LEAD_WORDS + word_count(behind) if behind else word_count(article.body)
    if article.page.isdecimal() and len(article.page) < MAX_DIGITS:
        filled["page_number"] = int(article.page)
    if article.captions:
        filled["caption"] = texts(article, "caption")
    if article.authors:
        filled["byline"] = texts(article, "byline")
        filled["author_is"] = [author.name[:KEYWORD] for author in article.authors]
    if article.tags:
        filled["tag"] = texts(article, "tag")
        filled["tag_is"] = [tag[:KEYWORD] for tag in article.tags]
    if article.extra:
        filled["extra_is"] = list(_extras(article))
    if article.published is not None:
        filled["day"] = day_number(article.published)
        filled["published"] = instant_number(article.published, zone)
    return filled


def texts(article: Article, name: str) -> list[str]:
    """What a TEXT field holds of an article, part by part in reading order; nothing is near another part."""
    match name:
        case "text":
            return list(parts(article))
        case "lead":
            rest = article.body.split(None, LEAD_WORDS)[LEAD_WORDS:]
            opening = article.body[: -len(rest[0])] if rest else article.body
            return list(filter(None, (article.headline, article.standfirst, opening)))
        case "caption":
            return list(article.captions)
        case "byline":
            return [str(author) for author in article.authors]
        case "tag":
            return list(article.tags)
        case _:
            return list(filter(None, [str(getattr(article, name))]))


def parts(article: Article | Texts) -> Iterator[str]:
    """Each part of an article once, in reading order: what the ``text`` field holds.

    A pull quote or caption that the body repeats is left out, so that no word counts twice.
    """
    yield from filter(None, (article.headline, article.standfirst, article.body))
    repeatable = (*article.captions, *article.pull_quotes)
    body = _words(article.body) if repeatable else ""
    for number, extra in enumerate(repeatable):
        if extra and (number >= REPEATABLE or _words(extra) not in body):
            yield extra


def word_count(text: str) -> int:
    """``len(text.split())``, in two thirds of the time where it is ASCII: each word ends before a blank."""
    return (text.encode().translate(_BLANKS) + b" ").count(b"x ") if text.isascii() else len(text.split())


_BLANKS: Final = bytes(ord(" " if chr(code).isspace() else "x") for code in range(256))


def _extras(article: Article) -> Iterator[str]:
    for key, value in article.extra.items():
        for each in value if isinstance(value, list) else (value,):
            yield f"{key}={_plain(each)}"[:KEYWORD]


def _plain(value: object) -> object:
    """What is within a value is written in one way, whatever the order in which it was given."""
    if not isinstance(value, Mapping | list):
        return value
    return sorted_json(value).decode()


def _words(text: str) -> str:
    """The words alone: what two printings of one sentence have in common."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


_WORD: Final = regex(r"[^\W_]+")
