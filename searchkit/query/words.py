"""What one run of characters without spaces means: a word, prefix, wildcard or fuzzy word.

It keeps whatever stands in it: ``O'Brien``, ``AT&T``, ``12:30``, ``http://x.y/z?a=b``. A backslash takes the
meaning from the sign behind it, or from the whole word if it stands before one: ``F\\*ck``, ``\\AND``.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from searchkit.limits import GAPPED_LETTERS, WILDCARD_LETTERS, WILDCARD_SIGNS
from searchkit.query.ast import Span
from searchkit.query.faults import Faults, quoted
from searchkit.query.suffixes import suffixes_at, with_suffixes
from searchkit.query.tokens import QUOTES, Kind, Token
from searchkit.regex import regex

_URL = regex(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_GAP = regex(r"\*|(?<!\?)\?+\w")
_ONE_LETTER = regex(r"[^\W\d_](?:\+{1,2}|#)")
_PHRASE_SIGN = regex(r"[\\*?]")
_ESCAPED = regex(r"\\[^\w\s]")
_WORD_ESCAPE = regex(r"\\([^\w\s])|\A\\(?=\w)")
_STARS = regex(r"(\\[^\w\s])|\*+")
_PHRASE_ESCAPE = regex(rf"\\([\\{QUOTES}*?])")


def has_word(text: str) -> bool:
    """Whether there is a letter or digit in it, or a character too new for this Python to know."""
    return any(map(str.isalnum, text)) or any(category(char) in _WORDLIKE for char in text)


_WORDLIKE: Final = frozenset({"Mn", "Mc", "Cn", "Co"})


def read_word(raw: str, at: int, faults: Faults) -> list[Token]:
    """The word that begins at ``at``, and the signs behind it. ``raw`` has a letter or digit.

    :raises QueryError: in strict mode, for signs that make no sense there.
    """
    masked = _ESCAPED.sub("\0\0", raw) if "\\" in raw else raw
    if _URL.match(masked):
        return [_url(raw, masked, at)]
    end = suffixes_at(masked)
    if end == len(raw) or not has_word(masked[:end]):
        return [_plain_or_gapped(raw, masked, at, faults)]
    return with_suffixes(_plain_or_gapped(raw[:end], masked[:end], at, faults), raw[end:], faults)


def is_gapped(word: str) -> bool:
    """Whether a word of a phrase has signs ``*`` and ``?`` that stand for letters."""
    return has_word(word) and _GAP.search(_core(word)) is not None


def read_phrase(inner: str, span: Span, faults: Faults) -> Token:
    """What stands between quotes; a star directly behind the last word alone leaves that open.

    :raises QueryError: in strict mode, for signs that make no sense there.
    """
    inner = inner.strip()
    if not _PHRASE_SIGN.search(inner):
        return Token(Kind.PHRASE, inner, span)
    inner = _without_lone_stars(inner, span, faults)
    masked = _ESCAPED.sub("\0\0", inner)
    words = masked.split()
    gapped = [word for word in words if is_gapped(word)]
    if gapped == words[-1:] and _is_prefix(_core(gapped[0])):
        opened = inner[: len(_core(masked).rstrip("*"))]
        return Token(Kind.OPEN_PHRASE, _PHRASE_ESCAPE.sub(r"\1", opened), span)
    if gapped:
        text = _PHRASE_ESCAPE.sub(r"\1", " ".join(_STARS.sub(_one_star, inner).split()))
        fault = _fault_of_phrase(_STARS.sub("*", masked), text)
        if not fault:
            return Token(Kind.GAPPED_PHRASE, text, span)
        faults.add(span, f"{fault}: {quoted(inner)}", "read as plain text", hint=_HINT)
    return Token(Kind.PHRASE, _PHRASE_ESCAPE.sub(r"\1", inner).strip(), span)


def _without_lone_stars(inner: str, span: Span, faults: Faults) -> str:
    words = inner.split()
    kept = [word for word in words if set(word) != {"*"}]
    if len(kept) == len(words):
        return inner
    room = len(" ".join(words).strip("* ").split()) - len(kept)
    hint = f'write "{" ".join(kept)}"~{room} for room between' if room else "leave it out"
    reading = f"ignored: {hint}" if room else "ignored"
    faults.add(span, f"a star standing alone in {quoted(inner)}", reading, hint=hint)
    return " ".join(kept)


def _fault_of_phrase(masked: str, text: str) -> str:
    cores = [_core(word) for word in masked.split() if is_gapped(word)]
    found = (_fault_of_gaps(core, core) for core in cores if not _is_prefix(core))
    if any(masked.count(sign) != text.count(sign) for sign in "*?"):
        return _MIXED
    return next(filter(None, found), "")


def _core(word: str) -> str:
    """The word without the stops and question marks at its end."""
    return word.rstrip(",;.:!?")


def _is_prefix(core: str) -> bool:
    return core.endswith("*") and not {"*", "?"} & {*core.rstrip("*")}


def _one_star(match: re.Match[str]) -> str:
    return match[1] or "*"


def _url(raw: str, masked: str, at: int) -> Token:
    """An address, in which only a star at the end is a sign."""
    prefix = masked.rstrip(",;.:!")[:-1]
    span = (at, at + len(raw))
    if masked[len(prefix)] == "*":
        return Token(Kind.PREFIX, _unescape(raw[: len(prefix)]), span)
    return Token(Kind.WORD, _unescape(raw), span)


def _plain_or_gapped(raw: str, masked: str, at: int, faults: Faults) -> Token:
    """A word; with a star at its end the beginning of one, with gaps elsewhere a wildcard."""
    span = (at, at + len(raw))
    core = _core(masked)
    if _ONE_LETTER.fullmatch(core):
        faults.note(f"the signs of {quoted(core)} are not searched for", f"read as {core[0]}")
    if not _GAP.search(core):
        return Token(Kind.WORD, _unescape(raw), span)
    text = _STARS.sub(_one_star, raw[: len(core)])
    core = _STARS.sub("*", core)
    if _is_prefix(core):
        return Token(Kind.PREFIX, _unescape(text[:-1]), span)
    if fault := _fault_of_gaps(core, _unescape(text)):
        word = _unescape(raw).strip("*?")
        faults.add(span, f"{fault}: {quoted(raw)}", f"read as the word {quoted(word)}", hint=_HINT)
        return Token(Kind.WORD, word, span)
    return Token(Kind.WILDCARD, _unescape(text), span)


def _fault_of_gaps(core: str, text: str) -> str:
    gaps = core.count("*") + core.count("?")
    if gaps > WILDCARD_SIGNS:
        return f"more than {WILDCARD_SIGNS} of the signs * and ?"
    if len(core) > GAPPED_LETTERS:
        return f"more than {GAPPED_LETTERS} characters beside * and ?"
    if sum(map(str.isalnum, core)) < WILDCARD_LETTERS:
        return f"fewer than {WILDCARD_LETTERS} letters beside * and ?"
    if text.count("*") + text.count("?") > gaps:
        return _MIXED
    return ""


_MIXED: Final = "a sign with a backslash beside one without"
_HINT: Final = "a backslash before a sign makes it plain text"


def _unescape(raw: str) -> str:
    return _WORD_ESCAPE.sub(lambda match: match[1] or "", raw) if "\\" in raw else raw
