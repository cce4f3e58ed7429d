"""``searchkit evaluate`` and ``tune`` as a shell runs them, on the sample articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit.profile import load as load_profile
from tests.cli.shell import CORPORA, Shell, load

pytest.importorskip("ir_measures")

JUDGED = ("--queries", str(CORPORA / "queries.jsonl"), "--qrels", str(CORPORA / "qrels.tsv"))
DEFAULTS = ["nDCG@10", "AP", "R@100", "RR"]


def test_json_has_the_promised_shape(filled: Shell) -> None:
    found = load(filled("evaluate", *JUDGED, "--profile", "news", "--profile", "bm25", "--json"))
    assert list(found) == ["measures", "per_query", "comparisons"]
    assert list(found["measures"]) == list(found["per_query"]) == ["news", "bm25"]
    for profile in ("news", "bm25"):
        assert list(found["measures"][profile]) == list(found["per_query"][profile]) == DEFAULTS
        for measure, values in found["per_query"][profile].items():
            assert len(values) == 30
            assert sum(values.values()) / 30 == pytest.approx(found["measures"][profile][measure])
    assert found["measures"]["news"]["nDCG@10"] > 0.8, "the sample articles are easy"
    assert [each["measure"] for each in found["comparisons"]] == DEFAULTS
    for each in found["comparisons"]:
        assert list(each) == [
            "baseline",
            "run",
            "measure",
            "difference",
            "wins",
            "ties",
            "losses",
            "p",
            "p_holm",
        ]
        assert (each["baseline"], each["run"]) == ("news", "bm25")
        assert each["wins"] + each["ties"] + each["losses"] == 30 and each["p"] == each["p_holm"] <= 1


def test_tables_for_a_person(filled: Shell) -> None:
    shown = filled(
        "evaluate", *JUDGED, "--profile", "bm25", "--profile", "news", "--per-query", "--measure", "AP"
    )
    means, comparison, queries = shown.split("\n\n")
    assert [line.split()[0] for line in means.splitlines()] == ["run", "bm25", "news"]
    assert (
        comparison.splitlines()[0].split()
        == "against bm25 measure difference wins ties losses p Holm".split()
    )
    wins, losses = comparison.splitlines()[1].split()[3], comparison.splitlines()[1].split()[5]
    rows = queries.splitlines()[1:]
    assert len(rows) == 30 and "ferry inquiry" in rows[0]
    signs = [row.split()[2][-1] for row in rows]
    assert (str(signs.count("+")), str(signs.count("-"))) == (wins, losses)


def test_a_run_out_and_in_again_is_the_same(filled: Shell) -> None:
    filled("evaluate", *JUDGED, "--profile", "bm25", "--save-runs", "runs")
    saved = filled.place / "runs" / "bm25.run"
    first = saved.read_text("utf-8").splitlines()[0].split()
    assert (first[0], first[1], first[3], first[5]) == ("q1", "Q0", "1", "bm25")
    saved.rename(saved.with_name("other.run"))
    arguments = ("--profile", "bm25", "--run", "runs/other.run", "--baseline", "other", "--json")
    comparisons = load(filled("evaluate", *JUDGED, *arguments))["comparisons"]
    assert [(each["baseline"], each["run"], each["ties"], each["p"]) for each in comparisons] == [
        ("other", "bm25", 30, 1.0)
    ] * 4


def test_a_saved_run_takes_the_place_of_the_default_profile_of_its_name(filled: Shell) -> None:
    filled("evaluate", *JUDGED, "--save-runs", "runs")
    for given, names in ((("runs/news.run",), {"news"}), (("runs/news.run", "runs/x.run"), {"news", "x"})):
        (filled.place / "runs" / "x.run").write_bytes((filled.place / "runs" / "news.run").read_bytes())
        told = load(filled("evaluate", *JUDGED, *(f"--run={run}" for run in given), "--json"))
        assert set(told["measures"]) == names
    assert "two profiles or runs are called 'news'" in filled.error(
        "evaluate", *JUDGED, "--run", "runs/news.run", "--profile", "news"
    )


def test_an_order_without_sense_is_significantly_worse(filled: Shell) -> None:
    filled("evaluate", *JUDGED, "--save-runs", "runs", "--depth", "20")
    lines = [line.split() for line in (filled.place / "runs" / "news.run").read_text("utf-8").splitlines()]
    worst = "".join(
        f"{query} Q0 {article} 1 -{score} upside-down\n" for query, _, article, _, score, _ in lines
    )
    (filled.place / "upside-down.run").write_text(worst, "utf-8")
    shown = filled("evaluate", *JUDGED, "--run", "upside-down.run", "--measure", "RR")
    row = shown.splitlines()[-1].split()
    assert row[0] == "upside-down" and float(row[2]) < -0.5 and row[-1] == "*"


def test_what_does_not_fit_is_told_and_counts_as_in_trec_eval(filled: Shell) -> None:
    queries = [("q1", "ferry"), ("q2", "xyzzyplugh"), ("q3", "dam"), ("q4", "seal")]
    lines = [json.dumps({"id": identifier, "text": text}) for identifier, text in queries]
    (filled.place / "q.jsonl").write_text("\n".join(lines), "utf-8")
    rows = ["q1\tnobody\t1", "q2\twire-2018-ferry-report\t1", "q4\twire-2018-dam-1\t0", "q9\tx\t1"]
    (filled.place / "q.tsv").write_text("\n".join(rows), "utf-8")
    (filled.place / "x.run").write_text("q1 Q0 a 1 1.0 x\nq77 Q0 a 1 1.0 x\n", "utf-8")
    arguments = ("--queries", "q.jsonl", "--qrels", "q.tsv", "--run", "x.run", "--measure", "RR")
    done = filled.run("evaluate", *arguments, "--json")
    assert done.stderr.decode().splitlines() == [
        "searchkit: queries without judgements, left out: q3",
        "searchkit: judgements of queries that are not asked, left out: q9",
        "searchkit: queries without a relevant article, which count as 0: q4",
        "searchkit: query q2: no article has the word 'xyzzyplugh'",
        "searchkit: 1 of 2 relevant articles are not in the index and count as not found: nobody",
        "searchkit: news finds nothing for these queries, which count as 0: q2",
        "searchkit: x finds nothing for these queries, which count as 0: q2, q4",
        "searchkit: x has hits for queries that are not evaluated: q77",
    ]
    found = load(done.stdout.decode())
    assert found["per_query"]["news"]["RR"] == {"q1": 0.0, "q2": 0.0, "q4": 0.0}


def test_queries_are_plain_words_unless_as_typed(filled: Shell) -> None:
    (filled.place / "q.tsv").write_text("q1\tferry NOT ferry (inquiry: why?\n", "utf-8")
    (filled.place / "r.tsv").write_text("q1\twire-2018-ferry-report\t1\n", "utf-8")
    arguments = ("evaluate", "--queries", "q.tsv", "--qrels", "r.tsv", "--measure", "R@100", "--json")
    assert load(filled(*arguments))["measures"]["news"]["R@100"] == 1.0
    assert b"query q1: " in filled.run(*arguments, "--as-typed").stderr
    assert load(filled(*arguments, "--as-typed"))["measures"]["news"]["R@100"] == 0.0


def test_tune_writes_a_profile_and_says_what_it_is_worth(filled: Shell) -> None:
    arguments = ("--parameter", "weights.headline=0,0.3", "--folds", "3", "-o", "mine.toml")
    done = filled.run("tune", *JUDGED, *arguments)
    assert done.returncode == 0, done
    lines = done.stdout.decode().splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["base", "fold", "fold", "fold", "all"]
    assert lines[0].split()[0] == "weights.headline" and b"mine.toml" in done.stderr
    profile = load_profile(filled.place / "mine.toml")
    assert profile.name == "mine" and dict(profile.weights)["headline"] in (0, 0.3)
    assert "mine" in filled("evaluate", *JUDGED, "--profile", "mine.toml")
    found = load(filled("tune", *JUDGED, *arguments, "--json"))
    assert list(found) == ["measure", "base", "profile", "gain", "seen_gain", "p", "noise", "folds"]
    assert sum(len(fold["queries"]) for fold in found["folds"]) == 30
    assert found["noise"] == (found["gain"] <= 0 or found["p"] >= 0.05)
    assert ("noise" in done.stderr.decode()) == (found["noise"] and found["profile"] != found["base"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--profile", "newz"), "no profile 'newz'"),
        (("--profile", "news", "--profile", "news"), "two profiles or runs are called 'news'"),
        (("--baseline", "bm25"), "--baseline bm25: not among news"),
        (("--measure", "nDGC@10"), "did you mean nDCG?"),
        (("--run", "none.run"), "none.run: No such file"),
        (("--profile", "none.toml"), "none.toml: No such file"),
        (("--depth", "0"), "depth"),
        (("--depth", "20000"), "depth"),
        (("-i", "none.idx"), "none.idx"),
    ],
)
def test_what_makes_no_sense_is_an_error(arguments: tuple[str, ...], message: str, filled: Shell) -> None:
    assert message in filled.error("evaluate", *JUDGED, *arguments)


def test_queries_and_judgements_that_do_not_meet(filled: Shell) -> None:
    other = filled.place / "other.tsv"
    other.write_text("1\tx\t1\n", "utf-8")
    said = filled.error("evaluate", JUDGED[0], JUDGED[1], "--qrels", "other.tsv")
    assert "has a judgement" in said and "queries: q1, q2, q3, q4, q5 and 25 more; judgements: 1" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "none/mine.toml"), "-o none/mine.toml: expected a file that ends in .toml"),
        (("-o", "mine"), "-o mine: expected a file that ends in .toml"),
        (("-o", "my own.toml"), "name: expected letters"),
        (("-o", "x.toml", "--parameter", "weights.headlin=1"), "did you mean headline?"),
        (("-o", "x.toml", "--folds", "31"), "31 folds of 30 queries"),
        (("-o", "x.toml", "--measure", "P"), "P: ir-measures cannot compute this"),
    ],
)
def test_tuning_that_makes_no_sense_is_an_error(
    arguments: tuple[str, ...], message: str, filled: Shell
) -> None:
    assert message in filled.error("tune", *JUDGED, *arguments)


def test_without_the_extra_both_commands_say_what_to_install(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shell.place / "ir_measures.py").write_text("raise ImportError('gone')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{shell.place}:{Path(__file__).parents[2]}")
    for command in (("evaluate", *JUDGED), ("tune", *JUDGED, "-o", "x.toml")):
        assert "pip install 'searchkit[evaluate]'" in shell.error(*command)
