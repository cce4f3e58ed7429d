"""Bylines → authors: ``By Alec Luhn in Moscow and Josie Ensor in Beirut``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from searchkit.article import Author
from searchkit.errors import InvalidArticle
from searchkit.readers.layout import is_finished
from searchkit.readers.mastheads import SMALL_WORDS, are_names
from searchkit.readers.names import fold
from searchkit.regex import regex

MAX_BYLINE: Final = 500
"""Characters of the longest byline that is taken apart."""

BY: Final = regex(
    r"[\s\-–—―•*·]*(?:(?:words|story|text|written|report(?:ing)?|exclusive|analysis|comment|interview|review)"
    r"[:,]?\s+)?by\b[:\s]\s*",
    re.IGNORECASE,
)
"""How a byline begins."""

_OTHERWISE = regex(
    r"[\s\-–—―•*·]*(?:(?i:from)\s+(?=(?i:our)\b|[A-ZÀ-Þ].*\s(?i:in|at)\s)"
    r"|(?i:von|par|por|door|di|av|af)\s+(?=[A-ZÀ-Þ]\S*\s+[A-ZÀ-Þ]))"
)
"""How some begin that stand alone: "From Ann Lee in Paris", "Von Anna Klein"."""

_AND = regex(r"\s*[;|]\s*|\s+(?:and|with|und|et)\s+|\s*&\s*|\s+/\s+|(?<=\w\w)/(?=\w\w)", re.IGNORECASE)
_PLACE = regex(r"(?:^|\s+)(?:in|at|near|outside|aboard|on\s+board|à)\s+(?=\S)", re.IGNORECASE)
_PLACE_BEHIND = regex(r"(\S+(?:\s+[^\s,]+)+),\s*([A-ZÀ-Þ][^\W\d_]{3,})\.?")
_ASIDE = regex(r"\s*\([^()]*\)|\s*\S*@\S+|\s+for\s+.*", re.IGNORECASE)
_AGENCY: Final = regex(
    r"(?:\s*[,|]\s*|\s+of\s+)(?:the\s+)?(?:reuters|ap|afp|pa|upi|dpa|efe|ansa|bloomberg(?:\s+news)?|cnn(?:\s+business)?"
    r"|(?:associated|canadian)\s+press|press\s+association|agence\s+france[- ]presse)\b",
    re.IGNORECASE,
)
_FULL_STOP = regex(r"(?<=[^\W\d_A-Z]{2})\.$")
_OTHERS = regex(
    r"[\s,;|/-]*(?:(?:photograph(?:s|y)?|photos?|pictures?|images?|illustrations?|graphics?)\s+by\b.*|\bexclusive)$",
    re.IGNORECASE,
)
"""Who made the pictures."""
_ROLES: Final = frozenset(
    """editor correspondent reporter writer columnist critic analyst commentator chief contributor
    photographer journalist staff agencies agency editors correspondents reporters writers""".split()
)
_KINDS: Final = frozenset(
    """chief senior deputy assistant associate acting special staff our own political politics defence defense
    security foreign home affairs diplomatic economic economics business city financial sport sports football
    cricket rugby racing science health medical education environment energy technology media art arts music
    film theatre literary royal religious crime legal transport industrial consumer money property travel
    feature features news investigations social night bureau white house westminster washington moscow paris
    berlin brussels beijing jerusalem middle east asia africa europe european american us uk china russia
    world international national local regional northern scottish irish welsh and""".split()
)

_ROLE_WORDS: Final = _ROLES | _KINDS
_LOWER: Final = SMALL_WORDS | _ROLE_WORDS | {"near", "outside", "aboard", "board"}
"""What may be in small letters in a byline."""


def parse_authors(value: object, *, byline: bool = False) -> tuple[Author, ...]:
    """The authors that a record's value names: text, an object with ``name`` and ``place``, or a list.

    A text that begins with "By", or is a ``byline``, may name places; other texts name people only.

    :raises InvalidArticle: for a value of another kind.
    """
    match value:
        case str():
            return parse_byline(value) if byline or BY.match(value) else _people(value)
        case Author():
            return (value,)
        case list() | tuple():
            return tuple(author for each in value for author in _from_item(each))
        case Mapping():
            return _from_object(value)
    raise _unfit(value)


def parse_byline(text: str) -> tuple[Author, ...]:
    """The authors of a printed byline, with places, without their roles and agencies.

    A place belongs to all who stand before it: ``By A and B in Cairo``.
    """
    by = BY.match(text) or _OTHERWISE.match(text)
    names = text[by.end() :].strip() if by else text.strip()
    if len(names) > MAX_BYLINE:
        return (Author(names),)
    names = _FULL_STOP.sub("", _AGENCY.sub("", _OTHERS.sub("", names))) or names
    authors: list[Author] = []
    placed = 0
    for piece in _pieces(names):
        name, place = _name_and_place(piece)
        if name:
            authors.append(Author(name))
        if place:
            authors[placed:] = [replace(author, place=place) for author in authors[placed:]]
            placed = len(authors)
    names = names.strip("-–— ") or names
    return tuple(authors) or ((Author(names),) if names else ())


def is_byline(block: str) -> bool:
    """Whether a block of a page is "By", a word for it or a dash, and then names."""
    by = BY.match(block) or _OTHERWISE.match(block)
    if len(block) > MAX_BYLINE or not (by or block[0] in "-–—"):
        return False
    names = _ASIDE.sub("", _OTHERS.sub("", block[by.end() :] if by else block.lstrip("-–— "))).split()
    if names[:1] == ["the"]:
        del names[0]
    if not by and (not 2 <= len(names) <= 8 or is_finished(block) or any(map(str.isdigit, block))):
        return False
    return bool(names) and names[0][0].isupper() and are_names(names, _LOWER)


def is_role(text: str) -> bool:
    """Whether a short text names a role and nobody: ``Political Editor``."""
    return len(text) < 80 and not _without_role(text)


def _from_item(value: object) -> tuple[Author, ...]:
    """An entry of a list, which is one author."""
    if isinstance(value, str):
        name = BY.sub("", value, count=1).strip() if BY.match(value) else value.strip()
        return (Author(name),) if name else ()
    if isinstance(value, Author | Mapping):
        return parse_authors(value)
    raise _unfit(value)


def _from_object(value: Mapping[str, object]) -> tuple[Author, ...]:
    parts = {fold(str(name)): part.strip() for name, part in value.items() if isinstance(part, str)}
    if "original" in parts:
        return parse_byline(parts["original"])
    name = parts.get("name") or " ".join(filter(None, (parts.get("firstname"), parts.get("lastname"))))
    if not name:
        raise InvalidArticle("authors: an author without a name", field="authors")
    return (Author(name, parts.get("place", "")),)


def _people(text: str) -> tuple[Author, ...]:
    if len(text) > MAX_BYLINE:
        return (Author(text.strip()),)
    names = (_without_role(_ASIDE.sub("", piece)) for piece in _pieces(text))
    return tuple(map(Author, filter(None, names))) or (Author(text.strip()),)


def _pieces(text: str) -> Iterator[str]:
    """One piece an author; a place of two (``Kabul and Herat``, ``Washington, D.C.``) is not torn apart."""
    last = ""
    for part in _AND.split(text):
        for piece in _comma_pieces(part.strip(" ,")):
            if last and len(piece.split()) == 1 and _PLACE.search(last):
                last = f"{last} and {piece}"
            else:
                yield from filter(None, [last])
                last = piece
    yield from filter(None, [last])


def _comma_pieces(text: str) -> list[str]:
    """``Ann Lee, Bo Chan`` are two authors, ``Lee, Ann`` is one, and ``in Washington, D.C.`` a place."""
    pieces: list[str] = []
    for piece in filter(None, re.split(r"\s*,\s*", text)):
        if len(piece.split()) > 1 or not pieces:
            pieces.append(piece)
        elif _PLACE.search(pieces[-1]):
            pieces[-1] += f", {piece}"
        else:
            return [text]
    return pieces if len(pieces) < 2 or len(pieces[0].split()) > 1 else [text]


def _name_and_place(piece: str) -> tuple[str, str]:
    name, *rest = _PLACE.split(piece, maxsplit=1)
    if not rest and (behind := _PLACE_BEHIND.fullmatch(name)) and behind[2].casefold() not in _ROLES:
        return behind[1], behind[2]
    place = _ASIDE.sub("", "".join(rest)).strip(" ,-")
    return _without_role(_ASIDE.sub("", name)), place if place.count(".") > 1 else place.rstrip(".")


def _without_role(name: str) -> str:
    """``name`` without a role or agency at its end; empty if it is nothing but a role."""
    name = _AGENCY.sub("", name).strip(" ,-–—|")
    before, comma, after = name.rpartition(",")
    if comma and after.split() and after.split()[-1].casefold() in _ROLES:
        return before.strip()
    words = name.split()
    kept = len(words)
    if kept and words[-1].casefold() in _ROLES:
        shouted = not words[0].isupper()
        while kept and (words[kept - 1].casefold() in _ROLE_WORDS or (shouted and words[kept - 1].isupper())):
            kept -= 1
    return name if kept == 1 else " ".join(words[:kept])


def _unfit(value: object) -> InvalidArticle:
    return InvalidArticle(f"authors: expected names, got {type(value).__name__}", field="authors")
