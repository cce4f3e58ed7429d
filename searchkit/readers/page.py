"""A newspaper page as a viewer exports it: plain text → the fields of its article, as a person reads it.

On top stand, each in a block of its own and most of them optional: the publication, a date, a section or
page number, the headline, a standfirst, the byline, a standfirst again. What is none of these is body, so
that no text is ever lost.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from searchkit import limits
from searchkit.errors import InvalidArticle
from searchkit.readers.byline import BY, MAX_BYLINE, ROLE_WORDS, is_role
from searchkit.readers.layout import (
    blocks_of,
    goes_on,
    is_finished,
    join_lines,
    joined,
    letters,
    lines_of,
    take_captions,
    take_pull_quotes,
)
from searchkit.readers.published import parse_published
from searchkit.readers.reading import Reading
from searchkit.readers.record import Record
from searchkit.readers.streams import explain_bytes
from searchkit.regex import regex

MAX_HEADLINE: Final = 250
"""Characters of the longest headline."""
MAX_STANDFIRST: Final = 60
"""Words of the longest standfirst."""

_SMALL_WORDS: Final = frozenset(
    """and & in at on of for the by with de del della di da do dos van von der den la le les el al bin ibn y e
    und et to""".split()
)
_NEWSPAPER: Final = frozenset(
    """advertiser age argus bugle bulletin chronicle courier daily dispatch echo enquirer evening examiner
    express gazette globe guardian herald independent inquirer journal ledger mail mercury messenger mirror
    monitor news nation observer post press record register reporter review sentinel standard star sun sunday
    telegraph times today tribune weekly zeitung anzeiger blatt kurier monde figaro país mundo gazeta corriere
    repubblica nachrichten dagblad tidende journalist scotsman economist spectator morning""".split()
)
_SECTION: Final = frozenset(
    """news world home politics business sport sports comment opinion features letters obituaries money travel
    culture arts life lifestyle science technology health education environment international national local
    front-page""".split()
)
_PAGE_NUMBER = regex(r"(?:page|pg\.?|p\.?)\s*([A-Z]?\d{1,3}[A-Z]?)", re.IGNORECASE)
_VAGUE_DATE = regex(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{4}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}",
    re.IGNORECASE,
)
_DATE_INSIDE = regex(r"[A-Za-z]{3}|\d[-/.]\d")
_SENTENCE_BREAK = regex(r"[.!?]['\"’”]?\s+[A-ZÀ-Þ“‘\"']")


def records(stream: io.BufferedReader, reading: Reading) -> Iterator[Record]:
    """The one record of a page."""
    data = stream.read(limits.RECORD + 1)
    if len(data) > limits.RECORD:
        yield Record(1, f"a page of more than {limits.RECORD} bytes", data)
    elif fault := explain_bytes(data, reading.encoding):
        yield Record(1, fault, data)
    else:
        yield Record(1, read_page(data.decode(), reading.publication), data)


def read_page(text: str, publication: str = "") -> dict[str, Any]:
    """The fields of the article on a page, under the names that records use.

    ``publication``, if given, is what the page calls its paper; otherwise the first block must look like one.
    """
    groups, captions = take_captions(blocks_of(lines_of(text)))
    blocks = [block for n, lines in enumerate(groups) for block in _split_top(lines, n)]
    fields, rest = _take_top(blocks, publication)
    rest, quotes = take_pull_quotes(rest)
    return {**fields, "body": "\n\n".join(joined(rest)), "pull_quotes": quotes, "captions": captions}


def _split_top(lines: list[str], position: int) -> list[str]:
    """A block as one text; on top of a page its lines, where one of them is a byline, date or publication.

    Lines longer than any typewriter's that all end with a full stop are paragraphs.
    """
    texts = [line.strip() for line in lines]
    if len(texts) > 1 and position < 4 and any(_is_byline(t) or _date_of(t) for t in texts[:6]):
        return texts
    if len(texts) > 1 and position == 0 and _is_newspaper(texts[0]):
        return [texts[0], join_lines(texts[1:])]
    if max(map(len, texts)) > 140 and all(map(is_finished, texts)):
        return texts
    return [join_lines(texts)]


def _take_top(blocks: list[str], publication: str) -> tuple[dict[str, Any], list[str]]:
    """The fields above the body, and the blocks of the body."""
    fields: dict[str, Any] = {}
    rest = _take_publication(fields, blocks, publication)
    rest = _take_headline(fields, _take_particulars(fields, rest))
    rest = _take_standfirst(fields, _take_particulars(fields, rest))
    if len(rest) > 1 and _is_byline(rest[0]):
        fields["byline"], *rest = rest
        if is_role(rest[0]):
            fields["byline"] += f", {rest.pop(0)}"
        rest = _take_standfirst(fields, _take_particulars(fields, rest))
    return fields, rest


def _take_publication(fields: dict[str, Any], blocks: list[str], publication: str) -> list[str]:
    """The first block, if it names a paper: by its words, or by its place above a headline."""
    if len(blocks) < 2:
        return blocks
    name, day = _name_and_date(blocks[0])
    below = _take_particulars({}, blocks[1:])
    if letters(name) == letters(publication) or _is_publication(name, below, weak=not publication):
        fields["publication"] = name
        if day:
            fields["published"] = day
        return blocks[1:]
    return blocks


def _is_publication(name: str, below: list[str], *, weak: bool) -> bool:
    words = name.casefold().split()
    if not below or _is_prose(below[0]) or _is_byline(below[0]):
        return _is_newspaper(name) and len(words) <= 4 and words[-1] in _NEWSPAPER
    if _is_newspaper(name):
        return True
    return weak and len(words) <= 3 and len(below) > 1 and len(name) < len(below[0]) and _is_title(name)


def _is_newspaper(name: str) -> bool:
    return _is_title(name) and not _NEWSPAPER.isdisjoint(name.casefold().split())


def _is_title(text: str) -> bool:
    """Whether a few words are all written as names are."""
    words = text.split()
    return len(words) <= 6 and len(text) <= 60 and not is_finished(text) and _are_names(words)


def _are_names(words: list[str], lower: frozenset[str] = _SMALL_WORDS) -> bool:
    bare = [word.strip("\"'“”‘’(),.") for word in words]
    return any(word[:1].isupper() for word in bare) and all(
        not word[:1].islower() or word in lower or word[2:3].isupper() for word in bare
    )


def _take_particulars(fields: dict[str, Any], blocks: list[str]) -> list[str]:
    """Lines that hold a date, the page's number or the section, and nothing else."""
    for n, block in enumerate(blocks):
        if "published" not in fields and (day := _date_of(block)):
            fields["published"] = day
        elif "extra" not in fields and _VAGUE_DATE.fullmatch(block):
            fields["extra"] = {"published": block}
        elif "page" not in fields and (number := _PAGE_NUMBER.fullmatch(block)):
            fields["page"] = number[1]
        elif not {"section", "headline"} & {*fields} and block.casefold() in _SECTION and blocks[n + 1 :]:
            fields["section"] = block
        else:
            return blocks[n:]
    return []


def _name_and_date(block: str) -> tuple[str, date | None]:
    """``The Times, 12 December 2017`` in two; the date is None if there is none."""
    for gap in re.finditer(r"[\s,|·–—-]+", block) if len(block) <= 90 else ():
        if gap.start() and (day := _date_of(block[gap.end() :])):
            return block[: gap.start()], day
    return block, None


def _date_of(block: str) -> date | None:
    """The date that a block consists of."""
    if len(block) > 60 or not _DATE_INSIDE.search(block):
        return None
    try:
        return parse_published(block)
    except InvalidArticle:
        return None


def _take_headline(fields: dict[str, Any], blocks: list[str]) -> list[str]:
    """The first block, unless it is prose or a byline; with the next, if a line break cut it in two."""
    if not blocks or _is_prose(blocks[0]) or (len(blocks) > 1 and _is_byline(blocks[0])):
        return blocks
    headline, *rest = blocks
    if rest and not _is_prose(rest[0]) and not _is_byline(rest[0]) and goes_on(headline, rest[0]):
        headline = join_lines([headline, rest.pop(0)])
    fields["headline"] = headline
    return rest


def _is_prose(block: str) -> bool:
    """Whether a block is text rather than a title: long, or of several sentences, or one whole sentence."""
    words = len(block.split())
    if len(block) > MAX_HEADLINE or words > 40:
        return True
    return is_finished(block) and (bool(_SENTENCE_BREAK.search(block)) or (words >= 12 and block[-1] == "."))


def _take_standfirst(fields: dict[str, Any], blocks: list[str]) -> list[str]:
    """What stands between headline and byline, or between them and the text and has no full stop."""
    if "headline" not in fields or "standfirst" in fields:
        return blocks
    byline = next((n for n, block in enumerate(blocks[:3]) if _is_byline(block)), None)
    if byline == 0:
        return blocks
    if "byline" not in fields and byline and all(len(b.split()) <= MAX_STANDFIRST for b in blocks[:byline]):
        fields["standfirst"] = "\n\n".join(blocks[:byline])
        return blocks[byline:]
    if len(blocks) > 1 and _is_standfirst(*blocks[:2]):
        fields["standfirst"] = blocks[0]
        return blocks[1:]
    return blocks


def _is_standfirst(block: str, following: str) -> bool:
    if not 5 <= len(block.split()) <= MAX_STANDFIRST or is_finished(block):
        return False
    return _is_prose(following) and not goes_on(block, following)


def _is_byline(block: str) -> bool:
    """Whether a block is "By" or a dash, and then names."""
    by = BY.match(block)
    if len(block) > MAX_BYLINE or not (by or block[0] in "-–—"):
        return False
    names = (block[by.end() :] if by else block.lstrip("-–— ")).split()
    if not by and (not 2 <= len(names) <= 8 or is_finished(block) or any(map(str.isdigit, block))):
        return False
    return bool(names) and names[0][0].isupper() and _are_names(names, _SMALL_WORDS | ROLE_WORDS)
