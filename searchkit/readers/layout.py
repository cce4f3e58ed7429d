"""The lines of a newspaper page → blocks → paragraphs; captions, pull quotes and furniture set apart.

What a viewer for newspapers exports has lost its layout: a paragraph that ran into the next column is two
blocks, a crosshead is a block like any other, a pull quote stands among the paragraphs, and a caption is
announced by the question marks that once were icons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import Final

from searchkit.regex import regex

LONG: Final = 80
"""Characters from which on a block without an end is a paragraph that goes on, not a crosshead."""
MAX_QUOTE: Final = 600
"""Characters of the longest pull quote."""
MAX_QUOTES: Final = 20
"""How many of a page's last quotations may be pull quotes: an interview has many paragraphs in quotes."""

_LINE_END = regex(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028]")
_FURNITURE = regex(
    r"Newspapers (?:in|from)(?: (?:[A-ZÀ-Þ][\w’'-]+|of|the|and|&)){1,6}"
    r"|(?:(?:©|\(c\)) ?)?(?i:press ?reader)\b.{0,40}"
)
_MARKER = regex(r"(?:(?:^|(?<=\s))\?\?(?:\s+|$))+")
_MARKED = regex(r"\s*\?\?(?:\s|$)|.*\s\?\?\s+\?\?(?:\s|$)")
_QUOTES: Final = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“”", "»": "«", "‹": "›"}
_CLOSERS: Final = "\"'”’»›)]}*“†‡¹²³⁰⁴⁵⁶⁷⁸⁹"
_BULLETS: Final = "•‣▪●◦∙■"
_ENDS: Final = ".!?…:;。！？।"
_GOING_ON: Final = frozenset(
    """a an the of to in on at by for from with without into onto over under between among against during
    about across after before since until through towards within upon near and or but nor yet as that
    which who whom whose whether if because while when where than so is are was were be been being am
    has have had having do does did will would shall should can could may might must not no his her its
    their our your my this these those each every any some both all such more most less very mr mrs ms
    miss dr sir lord lady president minister prime general said says de la le les du des der die das
    und et y el los las del di da""".split()
)


def lines_of(text: str) -> list[str]:
    """The lines of a page whatever its line ends, without the furniture of the viewer at its end."""
    lines = _LINE_END.sub("\n", text.replace("\u2029", "\n\n")).split("\n")
    while lines and (not lines[-1].strip() or _FURNITURE.fullmatch(lines[-1].strip())):
        lines.pop()
    return lines


def blocks_of(lines: list[str]) -> list[list[str]]:
    """Runs of lines between blank lines; in a page without blank lines each line is a block."""
    blocks = [list(run) for filled, run in groupby(lines, key=lambda line: bool(line.strip())) if filled]
    return [[line] for line in blocks[0]] if len(blocks) == 1 else blocks


def take_captions(blocks: Iterable[list[str]]) -> tuple[list[list[str]], list[str]]:
    """The other blocks, and the captions: what stands behind ``??``, each once.

    The line or block that says a caption again is left out.
    """
    captions: dict[str, str] = {}
    rest: list[list[str]] = []
    for block in blocks:
        start = next((n for n, line in enumerate(block) if _MARKED.match(line)), len(block))
        if start < len(block):
            captions |= {letters(caption): caption for caption in _captions(block[start:])}
        before = [line for line in block[:start] if letters(line) not in captions or not letters(line)]
        if before and not (len(before) > 1 and letters(" ".join(before)) in captions):
            rest.append(before)
    return rest, list(captions.values())


def _captions(lines: list[str]) -> Iterator[str]:
    """The captions of a block of which each line belongs to the last marker above it."""
    pieces: list[list[str]] = []
    for line in lines:
        if _MARKED.match(line):
            pieces += [[piece.strip()] for piece in _MARKER.split(line)]
        else:
            pieces[-1].append(line.strip())
    yield from filter(None, map(_once, pieces))


def _once(lines: list[str]) -> str:
    """The lines as one text, of which the second half, if it repeats the first, is left out."""
    lines = [line for line in lines if line]
    ends = list(accumulate(len(letters(line)) for line in lines))
    text = letters("".join(lines))
    half = len(text) // 2
    if half in ends[:-1] and text == 2 * text[:half]:
        lines = lines[: ends.index(half) + 1]
    return " ".join(lines)


def take_pull_quotes(blocks: list[str]) -> tuple[list[str], list[str]]:
    """The other blocks, and the pull quotes: blocks wholly in quotation marks that the others repeat.

    The paragraphs may say the quotation in pieces, with "he said" between them; so its clauses are looked
    for, one by one.
    """
    quoted = [n for n, block in enumerate(blocks) if _is_quotation(block)][-MAX_QUOTES:]
    if not quoted:
        return blocks, []
    body = _spaced(" ".join(block for n, block in enumerate(blocks) if n not in quoted))
    pulled = [n for n in quoted if _is_repeated(blocks[n], body)]
    return [b for n, b in enumerate(blocks) if n not in pulled], list(
        {letters(blocks[n]): blocks[n] for n in pulled}.values()
    )


def _is_quotation(block: str) -> bool:
    """Whether a block is one quotation, not speech with "he said" between two."""
    opening, inner = block[0], block[1:-1]
    if len(block) > MAX_QUOTE or not inner or block[-1] not in _QUOTES.get(opening, ""):
        return False
    return not (re.search(r"[,.!?]'\s", inner) if opening == "'" else {opening, "”"} & {*inner})


def _is_repeated(quote: str, body: str) -> bool:
    clauses = [_spaced(clause) for clause in re.split(r"[.,;:!?…—–]+", quote)]
    return len(quote.split()) >= 4 and all(clause in body for clause in clauses if clause.strip())


def joined(blocks: list[str]) -> list[str]:
    """Paragraphs: blocks, of which those that a column broke are put together again."""
    long = min(LONG, max(LONG // 2, 3 * max(map(len, blocks), default=0) // 4))
    paragraphs: list[list[str]] = []
    length = 0
    for block in blocks:
        if paragraphs and goes_on(paragraphs[-1][-1], block, is_long=length >= long):
            paragraphs[-1].append(block)
            length += len(block)
        else:
            paragraphs.append([block])
            length = len(block)
    return [join_lines(pieces) for pieces in paragraphs]


def goes_on(block: str, following: str, *, is_long: bool = False) -> bool:
    """Whether the paragraph that ends with ``block`` goes on in the next.

    A crosshead has no full stop either, but is not long and no part of a sentence.
    """
    if _has_full_stop(block) or (block[-1] in _CLOSERS and not following[0].islower()):
        return False
    if following[0] in _BULLETS or (block[0] in _BULLETS and not following[0].islower()) or _opens(following):
        return False
    last = block.split()[-1].casefold()
    return following[0].islower() or last in _GOING_ON or last[-1] in ",-\u00ad" or is_long


def _opens(block: str) -> bool:
    """Whether a block begins as articles do, in capitals: ``THE trams``, ``VLADIMIR PUTIN yesterday``."""
    first, second, *_ = *block.split(maxsplit=2), "", ""
    if not (first.isupper() and len(first) > 1):
        return False
    return first.casefold() in _GOING_ON or (len(second) > 1 and second.isupper() and second.isalpha())


def is_finished(block: str) -> bool:
    """Whether a block ends as sentences do, or with a quotation mark or bracket."""
    return _has_full_stop(block) or block[-1] in _CLOSERS


def _has_full_stop(block: str) -> bool:
    return block.rstrip(_CLOSERS)[-1:] in _ENDS


def join_lines(lines: Iterable[str]) -> str:
    """Lines as one: a word parted at a hyphen is put together with its hyphen, a soft hyphen goes."""
    text = ""
    parts: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        hyphen = len(text) > 1 and text[-1] in "-\u00ad" and text[-2].isalnum() and line[0].islower()
        if hyphen:
            parts[-1] = parts[-1].rstrip("\u00ad")
        elif parts:
            parts.append(" ")
        parts.append(line)
        text = line
    return "".join(parts)


def letters(text: str) -> str:
    """Letters and digits alone: what two printings of one sentence have in common."""
    return "".join(filter(str.isalnum, text)).casefold()


def _spaced(text: str) -> str:
    """Words alone, each with a blank before and after it."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "
