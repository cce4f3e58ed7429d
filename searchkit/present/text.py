"""Results → what a person reads on a terminal, and plain lines for a pipe."""

from __future__ import annotations

import csv
import io
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from searchkit.article import Article
from searchkit.found import Contribution, OpenWord, Snippet, Spans
from searchkit.limits import EXPLAINED
from searchkit.regex import regex
from searchkit.results import Facet, Hit, Results

BOLD, DIM, MARK, RESET = "\033[1m", "\033[2m", "\033[1;33m", "\033[0m"
MAX_WIDTH: Final = 100

_BEYOND_ASCII: Final = r"\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Characters that steer terminals or turn the order of others, and stand unescaped in JSON."""
_STEERING = regex(f"[{_BEYOND_ASCII}]")
_CONTROL = regex(rf"[\x00-\x08\x0b-\x1f{_BEYOND_ASCII}\ud800-\udfff]")
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠\ufeff")
"""What spreadsheets, some after a mark or in a wide form, take for the beginning of a formula."""

Cells: TypeAlias = Sequence[str]
"""A row of a table."""


def clean(text: str) -> str:
    """``text`` without what would steer a terminal: each control character becomes a replacement mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped(json: str) -> str:
    """JSON that means the same, and steers no terminal either."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def marked(text: str, spans: Spans, *, colour: bool) -> str:
    """``text`` with its spans in colour, or between asterisks where there is none. Safe for a terminal."""
    text = clean(text)
    before, after = (MARK, RESET) if colour else ("**", "**")
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], before, text[start:end], after]
        at = end
    return "".join([*pieces, text[at:]])


def blocks(results: Results, *, colour: bool) -> str:
    """A page of hits for a person: rank, headline, where and when, passages, id."""
    shown = f"{results[0].rank}–{results[-1].rank} of " if results.hits else ""
    head = f"{shown}{results.total} {'article' if results.total.value == 1 else 'articles'}"
    found = [_block(hit, colour=colour) for hit in results]
    return "\n\n".join([_style(f"{head}, {results.took_ms:.1f} ms", DIM, colour), *found]) + "\n"


def line(hit: Hit, passages: int) -> str:
    """A hit on one line for a pipe, parted by tabs: id, day, paper, headline, and passages if asked for."""
    texts = [snippet.text for snippet in hit.snippets] if passages else []
    return "\t".join(_flat(value) for value in (hit.id, _when(hit), hit.publication, hit.headline, *texts))


def csv_table(results: Results) -> str:
    """The hits as CSV with a header, safe to look at.

    A value that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    names = ("rank", "id", "score", "published", "publication", "section", "headline", "byline", "url")
    writer.writerow(names)
    for hit in results:
        row = [
            hit.rank,
            hit.id,
            f"{hit.score:.6f}",
            _when(hit),
            *(getattr(hit, n) for n in names[4:]),
        ]
        writer.writerow([clean(_inert(str(value))) for value in row])
    return table.getvalue().rstrip("\n")


def facet_table(name: str, facets: Iterable[Facet]) -> str:
    """The values of a field with their counts, one a line."""
    return "\n".join([f"{name}:", *(f"{facet.count:>9,}  {_flat(facet.value)}" for facet in facets)])


def aligned(rows: Iterable[Cells]) -> str:
    """Columns two spaces apart, the first to the left, the others to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in table
    )
    return "\n".join(map(str.rstrip, lines))


def explanation(results: Results) -> str:
    """How a query was understood, what ran, and where each hit's score comes from."""
    lines = [f"understood: {clean(results.understood)}", f"plan: {clean(results.plan)}"]
    lines.append("  (words stand there as the index keeps them: many without their endings)")
    lines += [clean(f"{each.typed}: {_meaning(each)}") for each in results.open_words]
    for hit in results:
        score = f"{hit.score:.3f}" if hit.score else "by date"
        lines.append(f"{hit.rank:>3}  {score}  {_flat(hit.headline)}")
        for part in hit.explanation:
            lines.append(f"     {part.score:7.3f}  {_reason(part)}")
    return "\n".join(lines)


def _reason(part: Contribution) -> str:
    """What a part of a score is for, in words."""
    weight = f", weight {part.weight:.3g}" if part.weight != 1 else ""
    match part.reason:
        case "feedback":
            return f"{part.words} in {part.field}, a word of the best hits{weight}"
        case "recency":
            return f"{part.words} for its age"
        case _:
            return f"{part.words} in {part.field}{weight}"


def _meaning(open_word: OpenWord) -> str:
    """What an open word stands for: ``withdrew 120, withdrawal 88, … of 14 words``."""
    named = ", ".join(f"{word} {count:,}" for word, count in open_word.words) or "no word"
    more = f", … of {open_word.count:,} words" if open_word.count > len(open_word.words) else ""
    return named + more + ("" if open_word.exact else f" among the {EXPLAINED:,} most frequent of the index")


def article(whole: Article, *, colour: bool) -> str:
    """An article as a person reads it."""
    facts = [_credits(whole), f"id: {_flat(whole.id)}", f"url: {_flat(whole.url)}" if whole.url else ""]
    parts = [
        _style(clean(whole.headline), BOLD, colour),
        _style("\n".join(filter(None, facts)), DIM, colour),
        clean(whole.standfirst),
        *(_wrapped(paragraph) for paragraph in whole.paragraphs),
        *(_wrapped(f"“{quote.strip('‘’“”')}”") for quote in whole.pull_quotes),
        *(_wrapped(f"[{caption}]") for caption in whole.captions),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(hit: Hit, *, colour: bool) -> str:
    headline = marked(hit.headline, hit.headline_marks, colour=colour) or "(no headline)"
    headline = _style(headline.replace(RESET, RESET + BOLD), BOLD, colour)
    lines = [f"{hit.rank:>3}  {headline}", "     " + _style(_credits(hit), DIM, colour)]
    lines += [_passage(snippet, colour=colour) for snippet in hit.snippets]
    return "\n".join(filter(str.strip, [*lines, "     " + _style(_flat(hit.id), DIM, colour)]))


def _passage(snippet: Snippet, *, colour: bool) -> str:
    """A passage, wrapped before it is coloured so that the lines come out even."""
    width = min(shutil.get_terminal_size().columns, MAX_WIDTH) - 5
    lines, at = [], 0
    for wrapped in textwrap.wrap(snippet.text, max(width, 20), drop_whitespace=False) or [""]:
        end = at + len(wrapped)
        inside = [(max(s, at) - at, min(e, end) - at) for s, e in snippet.highlights if s < end and e > at]
        lines.append("     " + marked(wrapped, tuple(inside), colour=colour).strip())
        at = end
    return "\n".join(lines)


def _credits(found: Article | Hit) -> str:
    known = (found.publication, _when(found), found.section, found.byline)
    return " · ".join(filter(None, map(_flat, known)))


def _when(found: Article | Hit) -> str:
    moment = found.published
    if isinstance(moment, datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat() if moment else ""


def _style(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{RESET}" if colour and text else text


def _wrapped(paragraph: str) -> str:
    return textwrap.fill(clean(paragraph), min(shutil.get_terminal_size().columns, MAX_WIDTH))


def _flat(value: str) -> str:
    """A value on one line, where it can pass for nothing else."""
    return " ".join(clean(value).split())


def _inert(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
