"""The commands as a shell runs them: what goes to which stream, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.shell import CORPORA, Shell, load


def test_index_reports_what_it_did(shell: Shell) -> None:
    report = load(shell("index", str(CORPORA), "--json"))
    assert set(report) == {"read", "added", "replaced", "unchanged", "rejected", "rejects", "seconds"}
    assert report["added"] >= 120 and report["rejected"] == 0
    again = load(shell("index", str(CORPORA), "--json"))
    assert (again["added"], again["unchanged"]) == (0, report["added"])


def test_an_unchanged_record_in_a_changed_file_is_left_alone(shell: Shell) -> None:
    lines = [json.dumps({"id": str(n), "title": f"Title {n}"}) for n in range(10)]
    source = shell.place / "x.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    assert load(shell("index", "x.jsonl", "--json"))["added"] == 10
    lines[3] = json.dumps({"id": "3", "title": "Another title"})
    source.write_text("\n".join([*lines, json.dumps({"id": "10", "title": "New"})]), "utf-8")
    report = load(shell("index", "x.jsonl", "--json"))
    assert (report["added"], report["replaced"], report["unchanged"]) == (1, 1, 9)


def test_a_file_has_one_name_however_it_is_reached(shell: Shell) -> None:
    folder = shell.place / "press" / "2017"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text("Courier\n\nBridge closed\n\nThe bridge is closed.", "utf-8")
    shell("index", "press")
    (folder / "page.txt").write_text("Courier\n\nBridge open\n\nThe bridge is open.", "utf-8")
    assert load(shell("index", str(folder / "page.txt"), "--json"))["replaced"] == 1
    assert shell("search", "bridge").split("\t")[0] == "press/2017/page.txt"


def test_two_files_of_one_name_are_two(shell: Shell) -> None:
    for place in ("a", "b"):
        (shell.place / place / "press").mkdir(parents=True)
        (shell.place / place / "press" / "page.txt").write_text(f"Courier\n\nHead {place}\n\nText.", "utf-8")
        shell("index", f"{place}/press")
    assert load(shell("stats", "--json"))["articles"] == 2


def test_rejects_are_kept_and_stop_nothing(shell: Shell) -> None:
    (shell.place / "x.jsonl").write_text('{"title": "good"}\n{broken\n{"title": "also good"}\n', "utf-8")
    done = shell.run("index", "x.jsonl", "--rejects", "bad.jsonl")
    assert done.returncode == 0 and b"x.jsonl:2:" in done.stderr
    (bad,) = [json.loads(line) for line in (shell.place / "bad.jsonl").read_text("utf-8").splitlines()]
    assert (bad["source"], bad["position"], bad["record"]) == ("x.jsonl", 2, "{broken")
    assert load(shell("stats", "--json"))["articles"] == 2


@pytest.mark.parametrize("rejects", ["a.jsonl", "press/a.jsonl", "press/new/bad.jsonl", "link.jsonl"])
def test_rejects_never_take_the_place_of_a_source(shell: Shell, rejects: str) -> None:
    for source in (shell.place / "a.jsonl", shell.place / "press" / "a.jsonl"):
        source.parent.mkdir(exist_ok=True)
        source.write_text('{"title": "mine"}', "utf-8")
    (shell.place / "link.jsonl").symlink_to("a.jsonl")
    assert "source" in shell.error("index", "a.jsonl", "press", "--rejects", rejects)
    assert (shell.place / "a.jsonl").read_text("utf-8") == '{"title": "mine"}'
    assert (shell.place / "press" / "a.jsonl").read_text("utf-8") == '{"title": "mine"}'
    assert not (shell.place / "searchkit.idx").exists()


def test_a_file_whose_name_is_no_utf8(shell: Shell) -> None:
    name = os.fsdecode(b"caf\xe9.jsonl")
    try:
        (shell.place / name).write_text('{"title": "one"}', "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 only")
    assert load(shell("index", name, "--json"))["added"] == 1
    (shell.place / name).write_text('{"title": "one"}\n{broken', "utf-8")
    report = load(shell("index", name, "--json"))
    assert (report["unchanged"], report["rejects"][0]["source"]) == (1, r"caf\udce9.jsonl")
    assert r"gone\udce9" in shell.error("index", os.fsdecode(b"gone\xe9"))


def test_standard_input(shell: Shell) -> None:
    assert load(shell("index", "-", "--json", stdin=b'{"title": "one"}\n{"title": "two"}\n'))["added"] == 2
    page = b"The Courier\n\nBridge closed\n\n- By Ann Lee in Oslo\n\nThe bridge is closed for repairs."
    assert load(shell("index", "-", "--json", stdin=page))["added"] == 1
    assert load(shell("search", "byline:lee", "--json"))["hits"][0]["byline"] == "Ann Lee in Oslo"


def test_options_say_what_the_source_does_not(shell: Shell) -> None:
    folder = shell.place / "2016" / "05"
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("Überschrift,content\nHead,Text\n", "utf-8")
    shell(
        "index",
        "2016",
        "--map",
        "headline=Überschrift",
        "--publication",
        "Courier",
        "--date-from-path",
        "%Y/%m",
    )
    assert load(shell("search", "head", "--json"))["total"]["value"] == 1
    shell("index", "-", "--date", "2015-03-01", stdin=b'{"title": "old story", "id": "old"}')
    assert load(shell("search", "old", "--json"))["hits"][0]["published"] == "2015-03-01"


def test_a_date_without_a_zone_is_one_of_the_index(shell: Shell) -> None:
    # One of the two is on another day than UTC, at any time.
    here = "Pacific/Kiritimati" if datetime.now(timezone.utc).hour >= 11 else "Pacific/Pago_Pago"
    shell("index", "-", "--zone", here, stdin=b'{"title": "first", "date": "1900-01-01"}')
    shell("index", "-", "--date", "2017-12-11T10:30", stdin=b'{"title": "instant"}')
    at = datetime(2017, 12, 11, 10, 30, tzinfo=ZoneInfo(here))
    assert load(shell("search", "instant", "--json"))["hits"][0]["published"] == at.isoformat()
    shell("index", "-", "--date", "today", stdin=b'{"title": "news"}')
    published = load(shell("search", "news", "--json"))["hits"][0]["published"]
    assert published == datetime.now(ZoneInfo(here)).date().isoformat()


@pytest.mark.parametrize("period", ["2017", "2017-12", "last week", "9999", "2017..2018", "soon"])
def test_a_date_is_no_more_than_a_day(shell: Shell, period: str) -> None:
    (shell.place / "a.jsonl").write_text('{"title": "one"}', "utf-8")
    assert period in shell.error("index", "a.jsonl", "--date", period)
    assert not (shell.place / "searchkit.idx").exists()


@pytest.mark.parametrize(
    "day", ["2017-12-11", "11 December 2017", "9999-12-31", "1d", "2017-12-11T10:30:15Z"]
)
def test_a_day_or_an_instant_is_a_date(shell: Shell, day: str) -> None:
    assert load(shell("index", "-", "--json", "--date", day, stdin=b'{"title": "one"}'))["added"] == 1


def test_search_json_has_the_promised_shape(filled: Shell) -> None:
    found = load(filled("search", '"bow door"', "--json", "--facet", "publication"))
    names = ["query", "understood", "total", "took_ms", "hits", "facets", "warnings"]
    assert list(found) == names
    assert found["total"]["exact"] is True and found["total"]["value"] >= len(found["hits"]) > 0
    hit = found["hits"][0]
    assert list(hit) == [
        "rank", "id", "score", "headline", "publication", "published", "byline", "section", "url", "snippets", "duplicates",
    ]  # fmt: skip
    for snippet in hit["snippets"]:
        assert set(snippet) == {"field", "text", "highlights"}
        assert all(snippet["text"][start:end].lower() == "bow door" for start, end in snippet["highlights"])
    assert any(snippet["highlights"] for snippet in hit["snippets"])
    assert set(found["facets"]["publication"][0]) == {"value", "count"}


def test_a_slip_gets_a_suggestion(filled: Shell) -> None:
    found = load(filled("search", "kitiwake ferrry", "--json", status=1))
    assert found["suggestion"] == "kittiwake ferry"
    assert "did you mean: kittiwake ferry" in filled.run("search", "kitiwake ferrry").stderr.decode()


def test_explain_says_what_ran_and_where_scores_come_from(filled: Shell) -> None:
    said = filled.run("search", "ferry w/5 inquiry", "-n", "1", "--explain").stderr.decode()
    assert "understood: ferry w/5 inquiry" in said and "plan: text:(ferri w/5 inquiri)" in said
    said = filled.run("search", "inquir*", "--sort", "newest", "--explain").stderr.decode()
    assert "inquir*: inquiry " in said and "by date" in said
    found = load(filled("search", "*gate fog~2", "--explain", "--json"))
    assert [each["typed"] for each in found["open_words"]] == ["*gate", "fog~2"]
    assert all(set(each) == {"typed", "words", "count", "exact"} for each in found["open_words"])
    assert "open_words" not in load(filled("search", "inquir*", "--json"))
    found = load(filled("search", "ferry inquiry", "--explain", "--json"))
    for hit in found["hits"]:
        assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], rel=1e-3)


def test_search_jsonl_and_csv(filled: Shell) -> None:
    lines = filled("search", "ferry", "--jsonl", "-n", "3").splitlines()
    assert [json.loads(line)["rank"] for line in lines] == [1, 2, 3]
    rows = list(csv.DictReader(io.StringIO(filled("search", "ferry", "--csv", "-n", "3"))))
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]


def test_a_pipe_gets_one_plain_line_a_hit(filled: Shell) -> None:
    done = filled.run("search", "ferry", "-n", "4")
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 4 and all(len(line.split("\t")) == 4 for line in lines)
    assert b"\x1b" not in done.stdout and done.stderr == b""


def test_behind_the_last_page_the_count_is_told(filled: Shell) -> None:
    count = load(filled("search", "ferry", "--json"))["total"]["value"]
    done = filled.run("search", "ferry", "--offset", "5000")
    assert (done.stdout, done.stderr.decode().strip()) == (b"", f"{count} articles match.")


def test_limit_and_offset_cut_pages(filled: Shell) -> None:
    whole = filled("search", "ferry", "-n", "6").splitlines()
    assert filled("search", "ferry", "-n", "2", "--offset", "2").splitlines() == whole[2:4]


def test_no_hits_is_status_1(filled: Shell) -> None:
    assert filled("search", "xyzzyplugh", status=1) == ""
    assert load(filled("search", "xyzzyplugh", "--json", status=1))["hits"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "x", "-i", "nowhere"], "nowhere: no index there"),
        (["search", "x", "-i", "."], "not a searchkit index"),
        (["index", "nowhere.txt"], "nowhere.txt: no such file"),
        (["search", "(ferry", "--strict"], "^"),
        (["search", "headlne:ferry", "--strict"], "did you mean headline"),
        (["search", "ferry", "--since", "soon"], "soon"),
        (["search", "ferry", "--in", "colour=red"], "no filter on 'colour'"),
        (["search", "ferry", "--in", "section"], "FIELD=VALUE"),
        (["search", "ferry", "--sort", "best"], "best"),
        (["search", "ferry", "--profile", "magic"], "profiles: news"),
        (["search", "ferry", "-n", "20000"], "10000"),
        (["delete"], "delete takes either ids"),
        (["help", "nonsense"], "topics:"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_mistake_is_one_clear_message(filled: Shell, arguments: list[str], said: str) -> None:
    assert said in filled.error(*arguments)


@pytest.mark.parametrize("command", [["search", "ferry", "--json"], ["export"]])
def test_output_that_cannot_be_written_is_an_error(filled: Shell, command: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "searchkit", *command],
            cwd=filled.place,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    assert done.returncode == 2
    assert done.stderr == b"searchkit: cannot read or write: No space left on device\n"


def test_a_bug_is_not_mistaken_for_no_hits() -> None:
    program = "from searchkit.cli import app, main; app.command('bug')(lambda: 1 / 0); main()"
    done = subprocess.run([sys.executable, "-c", program, "bug"], capture_output=True, timeout=120)
    assert (done.returncode, done.stdout) == (2, b"") and b"ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("where", ["a.jsonl/x.idx", "x" * 5_000, f"{'y' * 300}/x.idx"])
def test_a_place_where_no_index_can_be(shell: Shell, where: str) -> None:
    (shell.place / "a.jsonl").write_text('{"title": "one"}', "utf-8")
    assert where in shell.error("index", "a.jsonl", "-i", where)
    assert where in shell.error("search", "one", "-i", where)
    assert where in shell.error("index", where)


def test_a_broken_query_is_answered_with_warnings(filled: Shell) -> None:
    found = load(filled("search", '"ferry AND (headlne:inquiry', "--json"))
    assert found["hits"] and found["warnings"]


def test_unreadable_and_foreign_files(shell: Shell) -> None:
    (shell.place / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert "photo.jpg" in shell.error("index", "photo.jpg")
    (shell.place / "latin.txt").write_bytes("Gazette\n\nCaf\xe9\n\nText".encode("latin-1"))
    assert "UTF-8" in shell.error("index", "latin.txt")
    (shell.place / "things").mkdir()
    (shell.place / "things" / "notes.md").write_text("mine")
    assert "already there" in shell.error("index", "latin.txt", "-i", "things")
    assert (shell.place / "things" / "notes.md").read_text() == "mine"


def test_show_export_and_back(filled: Shell, shell: Shell) -> None:
    identifier = load(filled("search", "ferry", "--json"))["hits"][0]["id"]
    shown = load(filled("show", identifier, "--json"))
    assert shown["id"] == identifier and shown["body"]
    assert shown["headline"] in filled("show", identifier)
    assert "no article has the id" in filled.error("show", "nobody", status=1)
    exported = filled("export")
    shell("index", "-", stdin=exported.encode())
    assert sorted(shell("export").splitlines()) == sorted(exported.splitlines())


def test_delete(shell: Shell) -> None:
    shell("index", str(CORPORA))
    before = load(shell("stats", "--json"))["articles"]
    doomed = shell("delete", "--query", "ferry", "--dry-run").split()
    assert load(shell("stats", "--json"))["articles"] == before
    shell("delete", "--query", "ferry")
    assert load(shell("stats", "--json"))["articles"] == before - len(doomed) < before
    assert "(" in shell.error("delete", "--query", "(ferry")
    shell("delete", "nobody", status=1)
    assert load(shell("index", str(CORPORA), "--json"))["added"] == len(doomed), (
        "what is in the folder is in the index"
    )


def test_stats_json_has_the_promised_shape(filled: Shell) -> None:
    stats = load(filled("stats", "--json"))
    assert list(stats) == [
        "articles", "undated", "first", "last", "publications", "size_bytes", "segments", "language", "engine", "schema",
    ]  # fmt: skip
    assert stats["first"].startswith("2015") and stats["last"].startswith("2026")


def test_the_index_in_the_folder_it_reads_is_no_source(shell: Shell) -> None:
    (shell.place / "a.json").write_text('{"title": "one"}', "utf-8")
    shell("index", ".")
    shell("index", ".", "--again")
    assert load(shell("stats", "--json"))["articles"] == 1


def test_demo_shows_commands_and_hits(shell: Shell) -> None:
    shown = shell("demo")
    assert shown.count("$ searchkit ") >= 5
    assert "**" in shown, "the demo marks what it found"


def test_a_closed_output_is_no_crash(filled: Shell) -> None:
    command = f"{sys.executable} -m searchkit search ferry >&-"
    done = subprocess.run(command, shell=True, cwd=filled.place, capture_output=True, timeout=60)
    assert b"Traceback" not in done.stderr


def test_help_and_version(shell: Shell) -> None:
    for topic in ("query", "dates", "reading", "python", "files"):
        assert topic in shell("help") and len(shell("help", topic)) > 300
    assert shell("--version").startswith("searchkit ")
    assert "index" in shell("--help")


def test_the_index_has_two_other_ways_to_be_named(shell: Shell) -> None:
    shell("index", "-", "-i", "other.idx", stdin=b'{"title": "x"}')
    command = [sys.executable, "-m", "searchkit", "stats", "--json"]
    environment = os.environ | {"SEARCHKIT_INDEX": "other.idx"}
    assert load(subprocess.check_output(command, cwd=shell.place, env=environment).decode())["articles"] == 1


def test_a_search_that_takes_too_long_says_so(filled: Shell) -> None:
    query = "(the OR a) w/s (of OR in)"
    told = load(filled("search", query, "--timeout", "0.000001", "--json", status=1))
    assert told["partial"] and not told["total"]["exact"]
    assert "the time of 1e-06 s was over" in " ".join(told["warnings"])
    assert "partial" not in load(filled("search", query, "--json"))
    assert "more than 0" in filled.error("search", query, "--timeout", "0")


def test_a_text_that_is_not_utf_8_has_a_background(filled: Shell) -> None:
    assert filled("similar", "-", stdin=b"The ferry \xff sank; the inquiry into the ferry and its bow door")
