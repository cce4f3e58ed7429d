"""Whatever the bytes, reading gives articles and bad records."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.article import Article
from searchkit.errors import SourceError
from searchkit.readers import FORMATS, Reading, read
from tests.readers.records import PACKED

PIECES = st.sampled_from(
    [
        *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\n", b"\r\n", b"\t", b";", b" ", b"\0", b"\xe9"),
        *(b'{"title": "a"}', b'"articles":', b'"hits":', b'"_source":', b'"id":', b'"date":', b"1e999", b"null"),
        *(b"title,body\n", b"a,b\n", b'"a', b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh91AY&SY"),
        *(b"The Times\n\n", b"By Ann Lee in Rome\n\n", b" ??  ?? One\nOne\n", b"12 Dec 2017\n\n", b"\xe2\x80\x98a b c d\xe2\x80\x99"),
    ]
)  # fmt: skip
ANYTHING = st.binary(max_size=200) | st.lists(PIECES, max_size=25).map(b"".join)


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    """Anything, compressed or not, and then perhaps cut off."""
    data = PACKED[draw(st.sampled_from(sorted(PACKED)))](draw(ANYTHING))
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@settings(deadline=None, max_examples=400)
@given(
    sources(),
    st.sampled_from(["", *FORMATS]),
    st.sampled_from(["-", "x.json", "x.jsonl.gz", "x.csv", "x.txt", "x"]),
)
def test_any_bytes_give_articles_and_bad_records(data: bytes, format_: str, name: str) -> None:
    check_any(data, name, Reading(format=format_))


@settings(deadline=None, max_examples=150)
@given(
    sources(),
    st.sampled_from(FORMATS),
    st.sampled_from(["windows-1252", "utf-16", "utf-32-be", "utf-7", "big5"]),
)
def test_any_bytes_in_any_encoding_do_too(data: bytes, format_: str, encoding: str) -> None:
    check_any(data, "-", Reading(format=format_, encoding=encoding))


def check_any(data: bytes, name: str, options: Reading) -> None:
    try:
        found = list(read(io.BytesIO(data), name=name, reading=options))
    except SourceError as error:
        assert error.hint
        assert not options.format
        return
    for item in found:
        if isinstance(item, Article):
            assert item.id
            assert item.to_json()
        else:
            assert item.position >= 1
            assert item.reason and "\n" not in item.reason
            assert item.record.encode() is not None
