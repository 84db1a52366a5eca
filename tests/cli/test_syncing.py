"""sync, sources show: what cron, a service and a person are told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import places
from cli.running import Run, strict_schema
from factories import table, unsound
from triage.store.database import Database
from triage.workspace import Workspace


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that makes the places known, for other processes too."""
    folder = places.installed(tmp_path / "installed")
    monkeypatch.syspath_prepend(str(folder))
    return folder


@pytest.fixture
def add(run: Run, known: Path) -> Callable[..., None]:
    """Configure a place by its name and what it is to do."""
    del known

    def added(name: str, connector: str = "place", **settings: object) -> None:
        words = [f"{key}={value}" for key, value in settings.items()]
        told = run("sources", "add", connector, name, f"name={name}", *words)
        assert told.code == 0, told.err

    return added


Add = Callable[..., None]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_exit_codes(run: Run, add: Add) -> None:
    """0 for all well, 3 for some, 1 for all; what is left alone is no failure."""
    add("good")
    assert run("sync").code == 0
    add("bad", end="down")
    told = run("sync")
    assert told.code == 3
    assert "triage: bad: it does not answer" in told.err
    assert "not tried again before" in told.err
    again = run("sync", "--json")
    assert again.code == 0
    assert [one["source"] for one in again.json["skipped"]] == ["bad"]
    assert again.json["skipped"][0]["retry_at"]
    assert lines(again.err)[0]["event"] == "skipped"
    assert "bad: waits until" in run("sync").err
    assert run("sync", "--now").code == 3
    assert run("sync", "bad").code == 1
    assert run("sync", "bad", "--json").json["failed"][0]["why"].startswith("it does")


def test_a_fault_is_shown_and_the_rest_is_told(run: Run, add: Add) -> None:
    """A connector's bug ends in exit 1 with its trace, after what the others brought."""
    add("bug", end="bug")
    add("good", size=2)
    told = run("sync", "--json")
    assert told.code == 1
    assert told.json["new"] == 3
    assert "fault (KeyError)" in told.json["failed"][0]["why"]
    status = run("sources", "show", "bug", "--json").json
    assert (status["health"], status["failures"]) == ("failed", 1)


def test_a_dry_run_is_told_as_one(run: Run, add: Add, db: Path) -> None:
    """--dry-run counts, stores nothing, and says so."""
    add("place", pages=2, size=2)
    before = db.read_bytes()
    told = run("sync", "--dry-run", "--json").json
    assert (told["new"], told["dry_run"], told["batches"][0]["id"]) == (4, True, None)
    shown = run("sync", "--dry-run").out
    assert shown.startswith("place: 4 new, 0 changed, 0 same, 0 quarantined (nothing")
    assert db.read_bytes() == before
    assert run("sync", "--json").json["new"] == 4
    assert run("sync", "--dry-run", "--watch").code == 2


def test_since_is_a_moment_of_a_query(run: Run, add: Add) -> None:
    """--since takes what ``since:`` takes, and names who cannot begin there."""
    add("begun", "begun")
    assert run("sync", "--since", "2026-01-05").code == 0
    assert "2026-01-05" in run("show", "f1", "--json").json["body"]
    for words in (("soonish",), ("2099-01-01",)):
        told = run("sync", "--since", *words)
        assert (told.code, told.err.count("\n")) == (2, 1)
    add("place")
    refused = run("sync", "--since", "30d")
    assert refused.code == 2
    assert "place cannot begin at a moment" in refused.err


def test_words_that_are_no_time(run: Run, add: Add) -> None:
    """--every takes a number and s, m or h."""
    add("place")
    for word in ("5", "soon", "0m", "-1m", "1d"):
        assert run("sync", "--watch", "--every", word).code == 2


def test_a_source_shows_its_last_pulls(run: Run, add: Add, db: Path) -> None:
    """Counts, seconds and failures of each; what is gone; what is missing."""
    add("place", pages=2)
    run("sync")
    run("sync", "place")
    told = run("sources", "show", "place", "--json").json
    assert (told["health"], told["feedback"], told["gap"]) == ("well", 2, "")
    assert [one["new"] for one in told["pulls"]] == [0, 2]
    assert told["newest_at"]
    shown = run("sources", "show", "place").out
    assert shown.startswith("place: ok\n")
    assert "last success" in shown
    assert "when sync runs" in shown
    add("bad", end="refused")
    run("sync", "bad")
    assert "failed: the password was refused" in run("sources", "show", "bad").out
    assert run("sources", "show", "nowhere").code == 2
    database = Database(db)
    with database.write() as write:
        write.execute("UPDATE source SET gap = 'March', gap_at = moment()")
    database.close()
    assert "March (since 20" in run("sources", "show", "place").out
    assert "missing: March" in run("sources", "list").out
    assert run("sources", "clear-gap", "place", "--json").json["gap"] == ""
    assert run("sources", "clear-gap", "place").code == 2
    assert "tells of no gap any more" in run("sources", "clear-gap", "bad").out


def test_late_is_told(run: Run, add: Add, db: Path) -> None:
    """A source that was pulled every half hour and is not any more is late."""
    add("place")
    for _ in range(5):
        run("sync")
    move(db, minutes=30)
    told = run("sources", "list", "--json").json["sources"][0]
    assert (told["late"], told["health"]) == (True, "late")
    assert told["usual_seconds"] == pytest.approx(1800, abs=60)
    assert "late: usually pulled every 30 min" in run("sources", "list").out
    run("sync")
    assert run("sources", "list", "--json").json["sources"][0]["health"] == "well"


def move(db: Path, *, minutes: int) -> None:
    """The last pulls were so far apart, and the latest four of that ago."""
    database = Database(db)
    with database.write() as write:
        batches = [row[0] for row in write.execute("SELECT id FROM batch ORDER BY id")]
        for place, batch in enumerate(reversed(batches), 4):
            write.execute(
                "UPDATE batch SET started_at ="
                " strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', ?) WHERE id = ?",
                (f"-{place * minutes} minutes", batch),
            )
        write.execute(
            "UPDATE source SET synced_at = strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', ?)",
            (f"-{4 * minutes} minutes",),
        )
    database.close()


# Other processes


@pytest.fixture
def start(db: Path, known: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a command in a process of its own; ended with the test."""
    begun: list[subprocess.Popen[str]] = []
    folders = [str(known), str(Path(__file__).parents[1]), *sys.path]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}

    def started(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "triage", "--db", str(db), *words], env=env,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        begun.append(process)
        return process

    yield started
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


def read_only(db: Path) -> Workspace:
    return Workspace(db, read_only=True)


def wait_for(db: Path, feedback: int, seconds: float = 20) -> float:
    """Wait until so much is stored; how long it took."""
    began = time.monotonic()
    with read_only(db) as workspace:
        while workspace.counts()["feedback"] < feedback:
            assert time.monotonic() - began < seconds, "it never came"
            time.sleep(0.02)
    return time.monotonic() - began


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_watching_ends_when_told(
    run: Run,
    tmp_path: Path,
    db: Path,
    start: Callable[..., subprocess.Popen[str]],
    sign: signal.Signals,
    code: int,
) -> None:
    """--watch stores mail as it comes, a line of JSON a pull, until a signal ends it."""
    folder = tmp_path / "mail"
    for inside in ("tmp", "new", "cur"):
        (folder / inside).mkdir(parents=True)
    run("sources", "add", "maildir", "mail", f"path={folder}")
    process = start("sync", "--watch", "--json")
    assert process.stdout
    told = [json.loads(process.stdout.readline())]
    assert told[0]["new"] == 0
    for number in (1, 2):
        message = (
            f"From: a{number}@x.example\nSubject: n{number}\n\nIt fails {number}.\n"
        )
        (folder / "tmp" / str(number)).write_text(message)
        (folder / "tmp" / str(number)).rename(folder / "new" / str(number))
        assert wait_for(db, number) < 2
        told.append(json.loads(process.stdout.readline()))
        while not told[-1]["new"]:
            told.append(json.loads(process.stdout.readline()))
    process.send_signal(sign)
    out, err = process.communicate(timeout=10)
    assert process.returncode == code, err
    assert "Traceback" not in err
    told += lines(out)
    assert [line["new"] for line in told if line["new"]] == [1, 1]
    for line in told:
        jsonschema.validate(line, strict_schema("pull-1"))
    assert run("sources", "show", "mail", "--json").json["pulled_by"] == ""


def test_two_processes_share_the_sources(
    run: Run, add: Add, start: Callable[..., subprocess.Popen[str]]
) -> None:
    """The second says who holds a source and pulls its others; killed, it holds no more."""
    add("slow", pages=1000, pause=0.05)
    add("quick")
    process = start("sync", "slow", "--json")
    deadline = time.monotonic() + 20
    while not (status := run("sources", "show", "slow", "--json").json)["pulling"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert status["health"] == "pulling"
    assert status["pulled_by"].endswith(f":{process.pid}")
    told = run("sync", "--json")
    assert told.code == 0
    assert [one["source"] for one in told.json["skipped"]] == ["slow"]
    assert f":{process.pid} already" in told.json["skipped"][0]["why"]
    assert told.json["new"] == 1
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert run("sources", "show", "slow", "--json").json["pulled_by"] == ""
    assert run("sync", "slow", "--limit", 1).code == 0


def test_killed_while_several_are_pulled(
    run: Run, add: Add, db: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    """However often it is killed, what was stored stays, and the end is the same."""
    for number in range(5):
        add(f"place{number}", pages=12, size=5, pause=0.01)
    before = 0
    for kill in range(6):
        process = start("sync", "--json")
        wait_for(db, min(before + 7 + 11 * kill, 290))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with Workspace(db) as workspace:
            assert unsound(workspace) == {}
            now = workspace.counts()["feedback"]
            assert now >= before
            cursors = [
                int(row["cursor"] or 0)
                for row in workspace.db.read().execute("SELECT cursor FROM source")
            ]
            assert now == 5 * sum(cursors)
            before = now
    assert run("sync").code == 0
    with Workspace(db) as workspace:
        assert unsound(workspace) == {}
        assert workspace.counts()["feedback"] == 300
        told = {(row[2], row[3]) for row in table(workspace.db, "feedback")}
        assert len(told) == 300
        assert not any(view.holder for view in workspace.sources())


# Schedules


@pytest.mark.parametrize("what", ["cron", "systemd", "systemd-watch"])
def test_a_schedule_is_printed_and_nothing_pulled(
    run: Run, add: Add, db: Path, what: str
) -> None:
    """--print writes the lines for this workspace and pulls nothing."""
    add("place")
    told = run("sync", "--print", what)
    assert told.code == 0
    assert str(db) in told.out
    assert run("doctor", "--json").json["feedback"] == 0


def test_the_crontab_line_is_one(run: Run) -> None:
    """Five fields and a command, however odd the path."""
    from triage.cli.scheduling import written

    line = written("cron", Path("/odd 100% 'place'/work.db"))
    assert line.startswith("*/15 * * * * /")
    assert "\n" not in line
    # To cron, a bare percent sign ends the line.
    assert "100\\%" in line
    assert line.endswith(" sync")
    assert run("sync", "--print", "launchd").code == 2


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """The units are what systemd reads, by its own word where it is installed."""
    import configparser
    import shutil

    from triage.cli.scheduling import written

    text = written("systemd", tmp_path / "a 100% $HOME.db")
    text += "\n" + written("systemd-watch", tmp_path / "work.db")
    units: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("# ~/.config/systemd/user/"):
            name = line.rpartition("/")[2]
            units[name] = ""
        else:
            units[name] += line + "\n"
    assert set(units) == {
        "triage-sync.service", "triage-sync.timer", "triage-watch.service",
    }  # fmt: skip
    for name, unit in units.items():
        parser = configparser.RawConfigParser()
        parser.read_string(unit)
        assert "Unit" in parser.sections()
        (tmp_path / name).write_text(unit)
    assert "a 100%% $$HOME.db" in units["triage-sync.service"]
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd is not installed; the units were read as what they are")
    files = [str(tmp_path / name) for name in units]
    done = subprocess.run(
        [verify, "--user", "verify", *files], capture_output=True, text=True,
        check=False, env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert "triage-" not in done.stderr, done.stderr
