"""How commands end before their work is done: by Ctrl-C, or because nobody reads on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.cli import app
from searchkit.cli import load as load_commands
from searchkit.engines.tantivy.snapshot import TantivySnapshot
from searchkit.ingest import BATCH
from tests.cli.shell import Shell, load

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")


def heeds_ctrl_c() -> None:
    """Also where the tests run in the background of a shell, which makes its jobs deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_the_last_commit_and_the_same_command_completes(shell: Shell) -> None:
    lines = "".join(
        json.dumps({"id": str(n), "title": f"Title {n}", "text": "word " * 50}) + "\n"
        for n in range(6 * BATCH)
    )
    (shell.place / "x.jsonl").write_text(lines, "utf-8")
    command = [sys.executable, "-m", "searchkit", "index", "x.jsonl"]
    process = subprocess.Popen(command, cwd=shell.place, stderr=subprocess.PIPE, preexec_fn=heeds_ctrl_c)
    meta = shell.place / "searchkit.idx" / "tantivy" / "meta.json"
    while process.poll() is None and not (meta.exists() and b'"segment_id"' in meta.read_bytes()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and b"Run the same command again" in said and b"Traceback" not in said
    held = load(shell("stats", "--json"))["articles"]
    assert 0 < held < 6 * BATCH and held % BATCH == 0
    report = load(shell("index", "x.jsonl", "--json"))
    assert (report["added"], report["unchanged"]) == (6 * BATCH - held, held)


def begun(shell: Shell, *command: str, **given: Any) -> subprocess.Popen[bytes]:
    environment = os.environ | {"TMPDIR": str(shell.place / "temporary")}
    (shell.place / "temporary").mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "searchkit", *command],
        cwd=shell.place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heeds_ctrl_c,
        **given,
    )


def temporary(shell: Shell) -> list[Path]:
    return list((shell.place / "temporary").iterdir())


def test_ctrl_c_ends_the_whole_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load_commands()
    monkeypatch.setattr("searchkit.cli.indexing.Ingest.run", interrupted)
    with pytest.raises(SystemExit) as ended:
        app(["demo"])
    said = capsys.readouterr()
    assert ended.value.code == 130 and "Stopped" in said.err and said.out.count("$ searchkit") == 1


def test_who_reads_no_further_ends_it_without_a_trace(shell: Shell) -> None:
    with begun(shell, "demo") as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 141 and b"Traceback" not in said and b"rror" not in said
    assert not temporary(shell)


def test_an_export_that_nobody_reads(shell: Shell) -> None:
    fill(shell, 2_000)
    with begun(shell, "export") as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, b"")


@pytest.mark.parametrize(
    ("command", "remark"),
    [
        ("export -i x.idx -o x.jsonl", "x.jsonl is not whole"),
        ("copy x.idx y.idx", "Run the same command again"),
        ("repair x.idx y.idx", "The same command does it anew"),
    ],
)
def test_what_to_do_after_ctrl_c(
    command: str,
    remark: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with searchkit.create("x.idx") as index:
        index.add([{"headline": "The ferry"}])
    load_commands()
    with monkeypatch.context() as patch:
        patch.setattr(TantivySnapshot, "pages", interrupted)
        patch.setattr("searchkit.engines.tantivy.rescue._Donor", interrupted)
        with pytest.raises(SystemExit) as ended:
            app(command.split())
    assert ended.value.code == 130 and f"Stopped. {remark}" in capsys.readouterr().err
    app(command.split(), standalone_mode=False)
    assert "1 exported" in (said := capsys.readouterr().err) or "1 copied" in said or "1 rescued" in said


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def fill(shell: Shell, articles: int) -> None:
    with searchkit.create(shell.place / "searchkit.idx") as index:
        index.add({"headline": f"Ferry {number}", "body": "word " * 1_000} for number in range(articles))
