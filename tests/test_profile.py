"""Profiles are data: what one holds is checked, written, and read back the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit.errors import InvalidRequest, SourceError
from searchkit.profile import (
    BM25,
    FEEDBACK,
    NEWS,
    PROFILES,
    RECENT,
    Feedback,
    RankProfile,
    dumps,
    from_table,
    load,
    named,
    replaced,
    save,
    to_table,
)

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHARES = st.floats(0, 1)
FEEDBACKS = st.builds(
    Feedback,
    articles=st.integers(10, 100),
    terms=st.integers(1, 100),
    mass=st.floats(0, 0.9),
    agreeing=st.integers(1, 10),
    power=st.floats(0, 100),
)
PROFILE = st.builds(
    RankProfile,
    name=st.from_regex(r"[A-Za-zé0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True),
    weights=st.dictionaries(
        st.sampled_from(["text", "headline", "lead", "tag"]), st.floats(0.001, 100), min_size=1
    ).map(lambda weights: tuple(weights.items())),
    pairs=st.floats(0, 100),
    pair_distance=st.integers(1, 255),
    pair_articles=SHARES,
    pair_floor=st.integers(0, 10**9),
    feedback=st.none() | FEEDBACKS,
    half_life=st.none() | st.integers(1, 10_000),
    minimum=SHARES,
)


def test_the_shipped_profiles() -> None:
    assert list(PROFILES) == ["news", "bm25", "feedback", "recent"]
    assert NEWS.weights == (("text", 1.0), ("headline", 0.3)) and BM25.weights == (("text", 1.0),)
    assert BM25.pairs == 0
    assert (NEWS.pairs, NEWS.feedback, NEWS.half_life, NEWS.minimum) == (0.15, None, None, 0.0)
    assert FEEDBACK.feedback == Feedback() and RECENT.half_life == 30
    assert FEEDBACK.weights == RECENT.weights == NEWS.weights


@given(PROFILE)
def test_a_profile_survives_its_toml(profile: RankProfile) -> None:
    assert from_table(tomllib.loads(dumps(profile))) == profile


@pytest.mark.parametrize("profile", [*PROFILES.values(), RankProfile("x", pairs=1e-7, half_life=7)])
def test_a_file_holds_the_profile(profile: RankProfile, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    save(profile, path)
    assert load(path) == named(path) == named(str(path)) == profile


def test_a_file_need_not_say_everything(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("pairs = 1\n[weights]\ntext = 1\nlead = 0.5\n[feedback]\nterms = 30\n", encoding="utf-8")
    wanted = RankProfile("mine", (("text", 1), ("lead", 0.5)), pairs=1, feedback=Feedback(terms=30))
    assert load(path) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("paris = 0.2", "paris: a profile has no such value\ndid you mean pairs?"),
        ("[feedback]\nterm = 2", "feedback.term: a profile has no such value\ndid you mean terms?"),
        ("[weights]\nheadlin = 1", "weights.headlin: no such field of text\ndid you mean headline?"),
        ("[weights]\nwords = 1", "weights.words: no such field of text"),
        ("[weights]\ntext = -1.0", "weights.text: expected a number from 0 to 100, got -1.0"),
        ("[weights]\ntext = nan", "weights.text: expected a number"),
        ('[weights]\ntext = "1"', "weights.text: expected a number"),
        ("[weights]\ntext = 0", "weights: all are 0"),
        ("weights = 3", "weights: expected a table, got 3\nwrite [weights] above it"),
        ("feedback = true", "feedback: expected a table"),
        ("[feedback]\nmass = 1.5", "feedback.mass: expected a number from 0 to 0.9, got 1.5"),
        ("[feedback]\narticles = 0", "feedback.articles: expected a whole number from 1"),
        ("half_life = 0", "half_life: expected a whole number from 1"),
        ("half_life = 1.5", "half_life: expected a whole number"),
        ("pair_distance = true", "pair_distance: expected a whole number"),
        ("pairs = -0.1", "pairs: expected a number"),
        ('name = "../x"', "name: expected letters"),
        ("pairs = ", "not TOML"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRequest) as raised:
        load(path)
    assert str(raised.value).startswith(f"{path}: {message}")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        named(tmp_path / "none.toml")
    with pytest.raises(SourceError, match="No such file"):
        save(NEWS, tmp_path / "none" / "mine.toml")
    (tmp_path / "mine.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(InvalidRequest, match="not UTF-8"):
        load(tmp_path / "mine.toml")


def test_a_name_that_is_none() -> None:
    with pytest.raises(InvalidRequest, match="no profile 'newz'") as raised:
        named("newz")
    assert "news, bm25, feedback, recent" in raised.value.hint
    assert named(BM25) is BM25 and named("bm25") is BM25


@pytest.mark.parametrize(
    ("parameter", "value", "wanted"),
    [
        ("pairs", 0.5, {"pairs": 0.5}),
        ("weights.headline", 0.5, {"weights": {"text": 1.0, "headline": 0.5}}),
        ("weights.headline", None, {"weights": {"text": 1.0}}),
        ("weights.lead", 0.1, {"weights": {"text": 1.0, "headline": 0.3, "lead": 0.1}}),
        (
            "feedback.mass",
            0.5,
            {"feedback": {"articles": 10, "terms": 20, "mass": 0.5, "agreeing": 2, "power": 6.0}},
        ),
        ("half_life", 7, {"half_life": 7}),
        ("half_life", None, {}),
    ],
)
def test_one_parameter_is_set(parameter: str, value: float | None, wanted: dict[str, Any]) -> None:
    assert to_table(replaced(NEWS, parameter, value)) == to_table(NEWS) | wanted


@pytest.mark.parametrize(
    "parameter", ["pars", "pairs.x", "weights", "feedback.nothing", "weights.nothing", ""]
)
def test_a_parameter_that_is_none(parameter: str) -> None:
    with pytest.raises(InvalidRequest):
        replaced(NEWS, parameter, 0.5)


def test_a_field_is_named_once() -> None:
    with pytest.raises(InvalidRequest, match="twice"):
        RankProfile("x", (("text", 1.0), ("text", 2.0)))


def test_a_search_takes_a_file(tmp_path: Path) -> None:
    save(replaced(NEWS, "weights.headline", 5), tmp_path / "mine.toml")
    with searchkit.create(tmp_path / "x.idx") as index:
        index.add([{"id": "1", "headline": "Ferry", "body": "Sunk."}])
        plain, mine = (
            index.search("ferry", profile=p)[0].score for p in ("bm25", str(tmp_path / "mine.toml"))
        )
    assert mine > 3 * plain
