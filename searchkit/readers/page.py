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
from typing import Final

from searchkit import limits
from searchkit.readers.byline import BY, is_byline, is_role
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
from searchkit.readers.mastheads import (
    begins_with_article,
    ends_as_newspaper,
    is_newspaper,
    is_title,
    without_edition,
)
from searchkit.readers.particulars import Fields, date_of, particulars
from searchkit.readers.reading import Reading
from searchkit.readers.record import Record
from searchkit.readers.streams import explain_bytes
from searchkit.regex import regex

MAX_HEADLINE: Final = 250
"""Characters of the longest headline."""
MAX_STANDFIRST: Final = 60
"""Words of the longest standfirst."""

_EXPORTED = regex(r"^\s*(?:Newspapers (?:in|from) [A-Z]|[-–—] \S|.*\?\? )", re.MULTILINE)
"""What a viewer for newspapers writes: its furniture, the dash before a byline, the marks of captions."""
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


def read_page(text: str, publication: str = "") -> Fields:
    """The fields of the article on a page, under the names that records use.

    ``publication``, if given, is what the page calls its paper; otherwise the first block must look like one.
    """
    groups, captions = take_captions(blocks_of(lines_of(text)))
    blocks = [block for n, lines in enumerate(groups) for block in _split_top(lines, n)]
    fields, rest = _take_top(blocks, publication, is_export=bool(_EXPORTED.search(text)))
    rest, quotes = take_pull_quotes(rest)
    return {**fields, "body": "\n\n".join(joined(rest)), "pull_quotes": quotes, "captions": captions}


def _split_top(lines: list[str], position: int) -> list[str]:
    """A block as one text; on top of a page its lines, where one of them is a byline, date or publication.

    Lines longer than any typewriter's that all end with a full stop are paragraphs.
    """
    texts = [line.strip() for line in lines]
    if len(texts) > 1 and position < 4 and any(is_byline(t) or date_of(t) for t in texts[:6]):
        return texts
    if len(texts) > 1 and position == 0 and is_newspaper(texts[0]):
        return [texts[0], join_lines(texts[1:])]
    if max(map(len, texts)) > 140 and all(map(is_finished, texts)):
        return texts
    return [join_lines(texts)]


def _take_top(blocks: list[str], publication: str, *, is_export: bool) -> tuple[Fields, list[str]]:
    """The fields above the body, or behind its end, and the blocks of the body."""
    fields: Fields = {}
    rest = _take_publication(fields, blocks, publication, is_export=is_export)
    rest = _take_headline(fields, _take_particulars(fields, rest))
    rest = _take_standfirst(fields, _take_particulars(fields, rest))
    if count := _byline(rest):
        fields["byline"] = ", ".join(rest[:count])
        rest = _take_standfirst(fields, _take_particulars(fields, rest[count:]))
    elif len(rest) > 1 and "byline" not in fields and BY.match(rest[-1]) and is_byline(rest[-1]):
        fields["byline"] = rest.pop()
    return fields, rest


def _byline(blocks: list[str]) -> int:
    """How many blocks from the first on name the authors; there must be others below them."""
    if len(blocks) < 2:
        return 0
    count = int(is_byline(blocks[0]))
    if len(blocks) > 2 and is_role(blocks[1]) and (count or _is_name(blocks[0])):
        return 2
    return count


def _is_name(block: str) -> bool:
    return 2 <= len(block.split()) <= 4 and is_title(block)


def _take_publication(fields: Fields, blocks: list[str], publication: str, *, is_export: bool) -> list[str]:
    """The first block, if it names a paper: by its words, or by its place above a headline."""
    if len(blocks) < 2:
        return blocks
    if found := particulars(blocks[0]):
        if "publication" not in found:
            return blocks
        fields |= found
        return blocks[1:]
    name, day = _name_and_date(blocks[0])
    below = _take_particulars({}, blocks[1:])
    may_be = not publication and (is_export or len(name.split()) == 1 or begins_with_article(name))
    if letters(name) == letters(publication) or _is_publication(name, below, weak=may_be):
        fields["publication"] = name
        if day:
            fields["published"] = day
        return blocks[1:]
    return blocks


def _is_publication(name: str, below: list[str], *, weak: bool) -> bool:
    """Whether a name is a paper's; ``weak`` says that its place above a headline is enough."""
    if not below or _is_prose(below[0]) or is_byline(below[0]):
        return ends_as_newspaper(name)
    if is_newspaper(name):
        return True
    bare = without_edition(name)
    return weak and len(below) > 1 and len(name) < len(below[0]) and len(bare.split()) <= 4 and is_title(bare)


def _take_particulars(fields: Fields, blocks: list[str]) -> list[str]:
    """Lines that say where and when it appeared, and nothing else; a section stands above the headline."""
    for n, block in enumerate(blocks):
        found = particulars(block)
        if not found or any(name in fields and not _is_same(fields[name], found[name]) for name in found):
            return blocks[n:]
        if "section" in found and ("headline" in fields or not blocks[n + 1 :]):
            return blocks[n:]
        fields |= found
    return []


def _is_same(one: object, other: object) -> bool:
    return letters(str(one)) == letters(str(other))


def _name_and_date(block: str) -> tuple[str, date | None]:
    """``The Times, 12 December 2017`` in two; the date is None if there is none."""
    for gap in re.finditer(r"[\s,|·–—-]+", block) if len(block) <= 90 else ():
        if gap.start() and (day := date_of(block[gap.end() :])):
            return block[: gap.start()], day
    return block, None


def _take_headline(fields: Fields, blocks: list[str]) -> list[str]:
    """The first block, unless it is prose or a byline; with the next, if a line break cut it in two."""
    if not blocks or _is_prose(blocks[0]) or (len(blocks) > 1 and is_byline(blocks[0])):
        return blocks
    headline, *rest = blocks
    if rest and goes_on(headline, rest[0]) and not (_is_prose(rest[0]) or _says_more(rest[0])):
        headline = join_lines([headline, rest.pop(0)])
    fields["headline"] = headline
    return rest


def _says_more(block: str) -> bool:
    """Whether a block is one of those that stand around headlines."""
    return is_byline(block) or particulars(block) is not None


def _is_prose(block: str) -> bool:
    """Whether a block is text rather than a title: long, or of several sentences, or one whole sentence."""
    words = len(block.split())
    if len(block) > MAX_HEADLINE or words > 40:
        return True
    return is_finished(block) and (bool(_SENTENCE_BREAK.search(block)) or (words >= 12 and block[-1] == "."))


def _take_standfirst(fields: Fields, blocks: list[str]) -> list[str]:
    """What stands between headline and byline, or between them and the text and has no full stop."""
    if "headline" not in fields or "standfirst" in fields:
        return blocks
    byline = next((n for n in range(min(3, len(blocks))) if _byline(blocks[n:])), None)
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
