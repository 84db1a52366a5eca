"""Whatever a customer sends: no command puts a raw control byte on a terminal or pipe."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from cli.commands import every_verb
from cli.running import Run

EVIL = (
    "\x1b]52;c;ZXZpbA==\x07", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x9b31m", "\x90q\x9c",
    "\u202eright to left\u202c", "\u2066isolated\u2069", "a\x00b\x08\x7f", "\r\nsecond line",
    "zero\u200bwidth\ufeff", "tags\U000e0041\U000e0042", "\ud800", "[/] [@click=app.quit]x[/]",
    "Z" + "\u0300" * 300, "\u2028line\u2029paragraph", "\t\v\f",
)  # fmt: skip

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u061c\u2028-\u202e\u2060-\u206f"
    "\ufeff\U000e0000-\U000e0fff]"
)


@pytest.fixture
def hostile(run: Run, tmp_path: Path) -> Run:
    """A workspace in which every text that can come from outside is hostile."""
    path = tmp_path / "evil.jsonl"
    rows = [
        {
            "id": f"{n}{evil}", "title": f"Subject {evil}", "text": f"Body {evil} the end",
            "author": f"Eve {evil}", "company": f"Corp {evil}", "url": f"https://x/{evil}",
            "app_version": f"1.0{evil}", "language": f"en{evil}", f"key {evil}": f"v {evil}",
        }
        for n, evil in enumerate(EVIL)
    ]  # fmt: skip
    lines = [json.dumps(row) for row in [*rows, {**rows[0], "id": "again"}]]
    path.write_text("\n".join([*lines, '{"id": "\x1b[2J broken']), encoding="utf-8")
    evil = "".join(EVIL[:8]).replace("\x00", "")
    told = run("import", path, "--source", f"src {evil}")
    assert told.code == 0, told
    session = tmp_path / "evil.md"
    line = " ".join(evil.split())
    session.write_text(
        f"---\ntitle: {line}\nparticipant: {line}\nsegment: {line}\nplace: {line}\n"
        f'follow-ups:\n- [ ] {line}\n---\n=={line}== {{sad #"{line[:40]}"}} and {evil}\n',
        encoding="utf-8",
    )
    for words in (
        ("accept", "f1", "f2", "--into", f"Pain {evil}"),
        ("pain", "edit", "p1", "--statement", evil, "--owner", evil, "--tag", evil),
        ("decline", "f3", "--reason", f"because {evil}"),
        ("roadmap", "add", f"Plan {evil}", "--tracker", evil, "--key", evil),
        ("link", "p1", "r1"),
        ("merge", "f4", "f5"),
        ("research", "import", session),
    ):
        told = run(*words)
        assert told.code == 0, (words, told)
        _check(words, told.out + told.err)
    return run


def _check(words: object, printed: str) -> None:
    found = _FORBIDDEN.search(printed)
    assert found is None, (words, found, printed[max(0, found.start() - 80) :][:200])


def _commands(tmp_path: Path) -> list[list[str]]:
    """Every command over the hostile workspace, and mistakes made of hostile words."""
    evil = EVIL[0] + EVIL[2]
    told = {
        "customer": [["f1"], ["c1"], [evil]],
        "show": [["f1"], ["f1", "--thread"], ["f13"], ["g1"], ["g4"], ["p1"], ["r1"], [evil]],
        "search": [["Body"], [evil]],
        "matches": [["g1"], ["--explain", "f1", "f2"], [evil]],
        "accept": [["f6", "--into", evil], ["f6", "--into", "x", "--quote", evil]],
        "decline": [["f6", "--reason", evil], [evil, "--reason", "x"]],
        "snooze": [["f7", "--until", "tomorrow"], ["f7", "--until", evil]],
        "archive": [["f8"]],
        "spam": [["f9"]],
        "reopen": [["f8", "f9"]],
        "same": [["g1"], [evil]],
        "tag": [["f9", "--add", "ok"], ["f9", "--add", evil], [evil, "--add", "ok"]],
        "own": [["f9", "--to", "dana"], ["f9", "--to", evil], [evil, "--to", "dana"]],
        "note": [["f9", evil], ["f9", "--edit", "n1", evil], ["f9", "--edit", evil],
                 [evil, "x"], ["f9", "--remove", "n1"]],
        "tags rename": [["ok", "fine"], ["fine", evil], [evil, "fine"],
                        ["fine", "good", "--preview"]],
        "merge": [["f10", "--into", "f11"], [evil, "f1"]],
        "split": [["f10"], [evil]],
        "apart": [["f10", "f12"], [evil, "f1"]],
        "pain add": [[evil], [f"{evil} more"]],
        "pain show": [["p1"], [evil]],
        "pain edit": [["p1", "--title", f"{evil}!"], ["p1", "--moscow", evil]],
        "pain weigh": [["e1", "--importance", "3"], [evil, "--importance", "3"]],
        "attach": [["f12", "--into", "p1"], [evil, "--into", "p1"]],
        "research new": [["--kind", evil], ["--guide", evil], [evil]],
        "research import": [[str(tmp_path / "evil.md")], [evil]],
        "research list": [[], [evil], ["--kind", evil], ["--consent", evil]],
        "research show": [["i1"], [evil]],
        "research edit": [["i1", evil], [evil]],
        "research follow-up": [["i1", "1"], ["i1", "9"], [evil, "1"]],
        "research remove": [["i1"], [evil]],
        "detach": [["e2"], [evil]],
        "prioritise": [["p1", "high"], ["p1", evil]],
        "roadmap add": [[evil]],
        "roadmap edit": [["r1", "--status", "shipped"], [evil, "--status", "shipped"]],
        "link": [["p2", "r1"], [evil, evil]],
        "unlink": [["p2", "r1"], [evil, evil]],
        "guess": [["f1"], ["f3"], [evil], ["--history"]],
        "sources add": [["csv", "x", f"path={evil.strip()}"], ["csv", evil], [evil, "x"]],
        "sources set": [["x", f"path={evil}"], ["x", evil], [evil, "path=y"],
                        ["x", f"path{evil}="]],
        "sources check": [["x"], [evil]],
        "sources sign-in": [["x"], [evil]],
        "sources connectors": [[], ["csv"], [evil]],
        "connector new": [["mine"], ["mine"], ["csv"], [evil], ["x", "--in", evil]],
        "sources remove": [["x"], [evil]],
        "sync": [[], [evil]],
        "import": [[str(tmp_path / "evil.jsonl")], [evil], ["--take-back", evil],
                   [str(tmp_path / "evil.jsonl"), "--preview"]],
        "export": [["--to", name] for name in ("json", "ndjson", "csv", "markdown", evil)],
        "log": [[], ["--of", "f3"], ["--of", evil]],
        "undo": [[], [evil]],
        "redo": [[], [evil]],
        "backup": [[str(tmp_path / "copy.db")], [str(tmp_path)], [evil + "/x"]],
        # What would serve is tested in tests/serve.
        "serve": [["--host", evil], ["--origin", evil], ["--host", "0.0.0.0"]],
        "completion": [["bash"], [evil]],
    }  # fmt: skip
    made = []
    for path, verb in every_verb():
        for words in told.get(path, [[]]):
            made.append([*path.split(), *words])
            if verb.schemas:
                made.append([*path.split(), *words, "--json"])
    return [*made, [evil], ["list", f"--{evil}"], ["list", "--state", evil]]


def test_nothing_raw_reaches_a_pipe(hostile: Run, tmp_path: Path) -> None:
    """Every command, in words and as JSON, prints only what cannot steer a terminal."""
    with contextlib.chdir(tmp_path):
        for words in _commands(tmp_path):
            told = hostile(*words)
            printed = told.out + told.err
            # Rows of a spreadsheet end so, by its own standard.
            clean = printed.replace("\r\n", "\n") if "csv" in words else printed
            _check(words, clean)
            assert "bug in Triage" not in printed, (words, printed)


def test_json_keeps_the_words_exactly(hostile: Run) -> None:
    """JSON carries what was sent, escaped; only what no text can hold is replaced."""
    titles = [
        row["title"]
        for row in hostile("list", "--state", "all", "--json").json["feedback"]
    ]
    assert any("\x1b]52;c;ZXZpbA==\x07" in title for title in titles)
    assert any("\u202eright to left\u202c" in title for title in titles)


def test_nothing_raw_reaches_a_terminal(hostile: Run, db: Path, tmp_path: Path) -> None:
    """The same through a real terminal, where raw bytes are refused altogether."""
    script = tmp_path / "every.py"
    script.write_text(
        "import json, sys\n"
        "from triage.cli.program import program\n"
        "for words in json.load(open(sys.argv[2])):\n"
        "    try:\n"
        "        program.main(['--db', sys.argv[1], *words], prog_name='triage')\n"
        "    except SystemExit:\n"
        "        pass\n",
        encoding="utf-8",
    )
    todo = tmp_path / "todo.json"
    # The app itself has a test of its own; here it would wait for a person.
    commands = [
        words for words in _commands(tmp_path) if words not in (["demo"], ["listen"])
    ]
    commands.append(["show", "f1", "--raw"])
    todo.write_text(json.dumps(commands), encoding="utf-8")
    terminal = pexpect.spawn(
        sys.executable, [str(script), str(db), str(todo)], cwd=str(tmp_path), timeout=60,
        env={**os.environ, "TERM": "xterm-256color"}, dimensions=(40, 100), echo=False,
    )  # fmt: skip
    # Whatever a person is asked for, they have no answer.
    terminal.send("\x04" * 40)
    seen = terminal.read().decode("utf-8")
    terminal.close()
    assert terminal.exitstatus == 0
    assert "raw bytes can steer a terminal" in seen
    # The terminal's own line ends, and the line of progress that changes.
    for line in seen.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        _check("terminal", line)
    assert "bug in Triage" not in seen
