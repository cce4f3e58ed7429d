"""Passages: runs of sentences around matches, and the choice of those that tell most of the query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import takewhile
from operator import or_

from msgspec import Struct
from msgspec.structs import replace

from searchkit.analysis.sentences import Sentences
from searchkit.present.patterns import Match


class Stretch(Struct, frozen=True):
    """A piece of the text of a part, with the matches in it, sorted, and the sum of their bits.

    It is made of whole sentences, but for ``head`` and ``tail``: whether one is cut short there. ``part`` is
    the number of the part among those of the article.
    """

    part: int
    start: int
    end: int
    bits: int = 0
    matches: Sequence[Match] = ()
    head: bool = False
    tail: bool = False

    @property
    def cut(self) -> bool:
        """Whether it is less than whole sentences."""
        return self.head or self.tail


def stretches(part: int, text: str, matches: Sequence[Match], size: int) -> Iterator[Stretch]:
    """The sentences of ``text`` that hold matches, one by one; of those longer than ``size``, the pieces.

    Sentences that a phrase runs through are one.
    """
    around = Sentences(text).around
    i, count = 0, len(matches)
    while i < count:
        first, bits = i, 0
        start, end = around(matches[i][0])
        while i < count and (match := matches[i])[0] < end:
            if match[1] > end:
                end = around(match[1] - 1)[1]
            bits |= match[2]
            i += 1
        if end - start <= size:
            yield Stretch(part, start, end, bits, matches[first:i])
        else:
            yield from _pieces(text, Stretch(part, start, end, bits, matches[first:i]), size)


def opening(part: int, text: str, size: int) -> Stretch | None:
    """The first sentences of ``text`` that fit into ``size`` characters; None if there are none."""
    sentences = Sentences(text)
    first = next(iter(sentences), None)
    if first is None:
        return None
    start, end = first
    if end - start > size:
        words = text[start : start + _room(size)]
        if not text[start + len(words)].isspace():
            words = words.rsplit(maxsplit=1)[0]
        return Stretch(part, start, start + len(words.rstrip()), tail=True)
    *_, (_, end) = takewhile(lambda bound: bound[1] - start <= size, sentences)
    return Stretch(part, start, end)


def choose(found: Sequence[Stretch], count: int, size: int) -> list[Stretch]:
    """At most ``count`` passages of up to ``size`` characters, in reading order.

    Each in turn is the run of stretches that adds most to what the others show of the query, then the one
    that holds most of it, then the earliest.
    """
    after = _reaches(found, size)
    if len(found) <= count and after == list(range(1, len(found) + 1)):
        return list(found)  # there is nothing to join and nothing to leave out
    held = [_bits(found[i:end]) if end > i + 1 else found[i].bits for i, end in enumerate(after)]
    chosen: list[int] = []
    missing = -1
    while len(chosen) < count and any(held):
        worth = [((bits & missing).bit_count(), bits.bit_count()) for bits in held]
        first = worth.index(max(worth))
        chosen.append(first)
        missing &= ~held[first]
        held[first : after[first]] = [0] * (after[first] - first)
        i = first
        while i and after[i - 1] > first:
            i -= 1
            after[i] = first
            held[i] = _bits(found[i:first]) if held[i] else 0
    return [_joined(found[i : after[i]]) for i in sorted(chosen)]


def _reaches(found: Sequence[Stretch], size: int) -> list[int]:
    """For each stretch, the end of the longest run that begins with it and makes one passage.

    It lies nowhere before that of a run that begins earlier.
    """
    reaches, end, count = [], 0, len(found)
    for i, first in enumerate(found, start=1):
        if end < i:
            end = i
        limit = first.start + size
        while end < count and found[end].end <= limit and _are_neighbours(found[end - 1], found[end]):
            end += 1
        reaches.append(end)
    return reaches


def _are_neighbours(one: Stretch, other: Stretch) -> bool:
    return one.part == other.part and not (one.cut or other.cut)


def _bits(run: Sequence[Stretch]) -> int:
    return reduce(or_, [stretch.bits for stretch in run])


def _joined(run: Sequence[Stretch]) -> Stretch:
    if len(run) == 1:
        return run[0]
    matches = [match for stretch in run for match in stretch.matches]
    return replace(run[0], end=run[-1].end, matches=matches)


def _pieces(text: str, whole: Stretch, size: int) -> Iterator[Stretch]:
    """A long sentence's pieces: each takes the matches that fit, none begins before the last one's end."""
    matches, room = whole.matches, _room(size)
    low, i, count = whole.start, 0, len(whole.matches)
    while i < count:
        first, start = i, matches[i][0]
        end = bits = 0
        while i < count and (i == first or matches[i][1] - start <= room):
            _, to, bit = matches[i]
            end = max(end, to)
            bits |= bit
            i += 1
        end = min(end, start + room)
        high = max(end, matches[i][0]) if i < count else whole.end
        shown, low = _widened(text, whole, (start, end), (low, high), room)
        within = [(at, min(to, low), bit) for at, to, bit in matches[first:i]]
        yield Stretch(whole.part, shown, low, bits, within, shown > whole.start, low < whole.end)
        while i < count and matches[i][0] < low:
            i += 1


def _widened(
    text: str, whole: Stretch, core: tuple[int, int], limits: tuple[int, int], room: int
) -> tuple[int, int]:
    """``core`` and as much on both sides of it as fits into ``room`` and ``limits``, cut between words."""
    start = max(limits[0], core[0] - (room - (core[1] - core[0])) // 2)
    end = min(limits[1], start + room)
    start = max(limits[0], end - room)
    before, behind = text[start : core[0]], text[core[1] : end]
    if start > whole.start and not text[start - 1].isspace():
        before = "".join(text[start - 1 : core[0]].split(None, 1)[1:])
    if end < whole.end and not text[end].isspace():
        behind = "".join(text[core[1] : end + 1].rsplit(None, 1)[:-1])
    return core[0] - len(before.lstrip()), core[1] + len(behind.rstrip())


def _room(size: int) -> int:
    """What the marks of omission leave."""
    return max(1, size - 2)
