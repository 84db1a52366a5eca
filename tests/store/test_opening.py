"""The workspace file: made private, opened only if ours, never harmed by a refusal."""

from __future__ import annotations

import contextlib
import os
import sqlite3 as stock
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import (
    Telling,
    a_pull,
    a_workspace,
    an_incoming,
    decisions,
    imported,
    numbered,
    paged,
    pulled,
    said,
    table,
    unsound,
)
from triage.errors import StoreError, TooNew, UsageError
from triage.store.database import APPLICATION_ID, VERSION, Database
from triage.store.driver import sqlite3, wal_is_sound
from triage.store.schema import DECISIONS, DERIVED, EVIDENCE
from triage.workspace import Workspace


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextlib.contextmanager
def untouched(folder: Path) -> Iterator[None]:
    before = contents(folder)
    yield
    assert before == contents(folder)


def stamp(path: Path, *, application_id: int, version: int) -> None:
    connection = stock.connect(path)
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()


def closed_workspace(folder: Path) -> Path:
    with a_workspace(folder) as made:
        imported(made, numbered(["one thing", "another thing"]))
        made.capture("It hurts")
    return folder / "work.db"


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    """The file, its log and its shared memory are 0600, whatever the umask says."""
    before = os.umask(0)
    try:
        with a_workspace(tmp_path) as workspace:
            imported(workspace, [an_incoming()])
            modes = {
                path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()
            }
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("work.db", "work.db-wal", "work.db-shm"), 0o600)


def test_every_connection_is_careful(tmp_path: Path) -> None:
    """WAL, FULL, foreign keys and an untrusted schema hold for readers and writers."""
    with a_workspace(tmp_path) as workspace, workspace.db.write() as write:
        for connection in (workspace.db.read(), write):
            told = {
                name: connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in (
                    "journal_mode", "synchronous", "foreign_keys", "trusted_schema",
                    "busy_timeout", "secure_delete",
                )
            }  # fmt: skip
            assert told == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "trusted_schema": 0,
                "busy_timeout": 30_000,
                "secure_delete": 1,
            }


def test_readers_cannot_write(workspace: Workspace) -> None:
    """What reads cannot write, even by mistake."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        workspace.db.read().execute("DELETE FROM feedback")


def test_every_table_is_strict_and_of_one_kind(workspace: Workspace) -> None:
    """Tables take the types they name, and each is evidence, decision or derived."""
    strict = {
        row["name"]: row["strict"]
        for row in workspace.db.read().execute("PRAGMA table_list")
        if row["type"] == "table" and not row["name"].startswith(("sqlite_", "_sqlite"))
    }
    journal = {"step", "change", "turn", "weighing", "counter"}
    known = {*EVIDENCE, *DECISIONS, *DERIVED, *journal, "tally"}
    assert {name for name in known if name != "feedback_fts"} == set(strict)
    assert all(strict.values())
    with (
        pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"),
        workspace.db.write() as write,
    ):
        write.execute("INSERT INTO counter VALUES ('pain_point', 'soon')")


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 50, 99), True), ((3, 51, 0), False),
        ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_which_sqlite_keeps_its_word(
    version: tuple[int, int, int], sound: bool
) -> None:
    """WAL is used from 3.51.3 on, and with the two versions that have the repair."""
    assert wal_is_sound(version) is sound


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """A database of another program is refused, and not a byte of it changes."""
    path = tmp_path / "other.db"
    connection = stock.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    with (
        untouched(tmp_path),
        pytest.raises(StoreError, match="belongs to another program"),
    ):
        Database(path)


def test_another_programs_log_is_left_alone(tmp_path: Path) -> None:
    """A foreign database in WAL mode keeps its bytes and gets no files beside it."""
    path = tmp_path / "other.db"
    connection = stock.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    with untouched(tmp_path), pytest.raises(StoreError, match="another program"):
        Database(path)


def test_a_marked_but_empty_database_of_another_program_is_refused(
    tmp_path: Path,
) -> None:
    """Another program's mark is enough, even before its first table."""
    path = tmp_path / "other.db"
    stamp(path, application_id=42, version=0)
    with untouched(tmp_path), pytest.raises(StoreError, match="another program"):
        Database(path)


@pytest.mark.parametrize(
    "content",
    [b"Dear diary,\n" * 100, b"x", b"\x00" * 5000, b"SQLite format 3\x00junk"],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    """A text, a scrap, zeros or half a header: refused in a sentence, untouched."""
    path = tmp_path / "diary.db"
    path.write_bytes(content)
    with untouched(tmp_path), pytest.raises(StoreError, match="choose another file"):
        Database(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder is no workspace, and the message says what would be."""
    with (
        untouched(tmp_path),
        pytest.raises(UsageError, match="name a file, for example"),
    ):
        Database(tmp_path)
    for name in (".", "/"):
        with pytest.raises(UsageError, match="is a folder"):
            Workspace(Path(name))


def test_a_missing_file_is_only_made_when_asked(tmp_path: Path) -> None:
    """Where nothing may be made, nothing is, and the message names the option."""
    with untouched(tmp_path), pytest.raises(UsageError, match="--db"):
        Database(tmp_path / "none" / "work.db", create=False)


def test_a_place_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """Below a file, or where the system allows no file, the message says so."""
    (tmp_path / "file").write_text("here")
    for path in (tmp_path / "file" / "work.db", Path("/proc/work.db")):
        with untouched(tmp_path), pytest.raises(StoreError, match="cannot be made"):
            Workspace(path)


def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    """Nothing is made behind a link whose end is not there."""
    (tmp_path / "work.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match="cannot be made"):
        Database(tmp_path / "work.db")
    assert not (tmp_path / "elsewhere.db").exists()


_OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
from triage.errors import StoreError
from triage.store import schema
from triage.store.database import Database
os.setuid(65534)
try:
    Database(Path(sys.argv[1])).read()
except StoreError as error:
    print("refused:", error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
@pytest.mark.parametrize("mode", [0o500, 0o000])
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_without_permission_is_refused(
    tmp_path: Path, mode: int, there: bool
) -> None:
    """Without the right to write beside it, a workspace is refused in one sentence."""
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "work.db"
    if there:
        closed_workspace(folder)
        path.chmod(0o666)
    for parent in (tmp_path, *tmp_path.parents):
        # pytest's own folders are for their owner alone.
        if parent.stat().st_uid == os.geteuid() and parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    tmp_path.chmod(0o755)
    folder.chmod(mode | 0o005 if mode else 0)
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_AS_NOBODY, str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    folder.chmod(0o700)
    assert done.stdout.startswith("refused:"), done.stdout + done.stderr


def test_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    """A file from a newer Triage is refused by name of its format, untouched."""
    path = closed_workspace(tmp_path)
    stamp(path, application_id=APPLICATION_ID, version=VERSION + 1)
    with untouched(tmp_path), pytest.raises(TooNew, match="Update Triage"):
        Database(path)


def test_an_older_format_is_copied_aside_first(tmp_path: Path) -> None:
    """Before a file is brought up to date, a private copy of what it was is kept."""
    path = closed_workspace(tmp_path)
    stamp(path, application_id=APPLICATION_ID, version=-1)
    Database(path).close()
    (copy,) = tmp_path.glob("work.db.bak-*")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _version(copy) == -1
    assert _version(path) == VERSION
    for file in (copy, path):
        connection = stock.connect(file)
        assert connection.execute("SELECT count(*) FROM feedback").fetchone() == (2,)
        assert connection.execute("SELECT title FROM pain_point").fetchone() == (
            "It hurts",
        )
        connection.close()


def test_decisions_of_format_3_go_on(tmp_path: Path) -> None:
    """What was snoozed and declined before tags were there is undone and done again."""
    path = closed_workspace(tmp_path)
    with a_workspace(tmp_path) as made:
        told = made.feedback_many(sorted(made.ids(None)))
        made.decline(told, "not planned")
    connection = stock.connect(path)
    for name in ("disposition_wakes", "feedback_thread"):
        connection.execute(f"DROP INDEX {name}")
    connection.execute("ALTER TABLE disposition DROP COLUMN wakes_after")
    for name in ("label", "note"):
        connection.execute(f"DROP TABLE {name}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_loop'")
    # The journal of that time named no such column either.
    connection.execute("UPDATE change SET after = json_remove(after, '$.wakes_after')")
    connection.commit()
    connection.close()
    stamp(path, application_id=APPLICATION_ID, version=3)
    with a_workspace(tmp_path) as made:
        assert made.tally()["declined"] == 2
        assert made.undo()
        assert made.tally()["inbox"] == 2
        assert made.redo()
        assert made.tag(told, add=["billing"])
        assert unsound(made) == {}


def test_sources_of_format_4_go_on(tmp_path: Path) -> None:
    """A file from before back-off and gaps has all it had, and syncs from its cursors."""
    path = closed_workspace(tmp_path)
    with a_workspace(tmp_path) as made:
        pulled(made.db, a_pull(Telling(paged(numbered(["x", "y"]), 1)[:1]), "old"))
        before = said(made.db), decisions(made.db)
    connection = stock.connect(path)
    for statement in (
        "DROP TABLE gone", "DROP INDEX batch_source", "DROP INDEX feedback_source",
        *(f"ALTER TABLE source DROP COLUMN {name}"
          for name in ("failures", "retry_at", "gap_at", "gap_cleared")),
        *(f"ALTER TABLE batch DROP COLUMN {name}" for name in ("failure", "gone")),
        "DELETE FROM _sqlite_migrations WHERE name = 'm005_sync'",
    ):  # fmt: skip
        connection.execute(statement)
    connection.commit()
    connection.close()
    stamp(path, application_id=APPLICATION_ID, version=4)
    with a_workspace(tmp_path) as made:
        assert (said(made.db), decisions(made.db)) == before
        view = made.source("old")
        assert (view.failures, view.retry_at, view.gap_at, view.gone) == (
            0, None, None, 0,
        )  # fmt: skip
        rest = Telling(paged(numbered(["x", "y"]), 1))
        pulled(made.db, a_pull(rest, "old"))
        assert rest.asked == ["1"]
        assert [pull.failure for pull in made.pulls("old")] == ["", ""]
        assert unsound(made) == {}


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """Where a format cannot be brought up to date, the file stays what it was."""
    path = tmp_path / "odd.db"
    connection = stock.connect(path)
    connection.execute("CREATE TABLE feedback (theirs)")
    connection.execute("INSERT INTO feedback VALUES ('precious')")
    connection.commit()
    connection.close()
    stamp(path, application_id=APPLICATION_ID, version=-1)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Database(path)
    connection = stock.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_schema").fetchall()
    assert tables == [("feedback",)]
    assert connection.execute("SELECT * FROM feedback").fetchall() == [("precious",)]
    connection.close()
    assert _version(path) == -1


def test_a_backup_is_whole_while_others_write(workspace: Workspace) -> None:
    """Every copy made while pages come in holds whole pages and passes all checks."""
    size, stop = 50, threading.Event()

    def keep_writing() -> None:
        for number in range(1, 2000, size):
            page = numbered([f"text {n}" for n in range(size)], number)
            imported(workspace, page, group=False)
            if stop.is_set():
                return

    writer = threading.Thread(target=keep_writing)
    writer.start()
    copies = [workspace.path.with_name(f"copy{number}.db") for number in range(5)]
    for copy in copies:
        workspace.backup(copy)
    stop.set()
    writer.join()
    for copy in copies:
        assert copy.stat().st_mode & 0o777 == 0o600
        with Workspace(copy, create=False) as opened:
            told = opened.doctor()
            assert told["feedback"] % size == 0
            checks = ("integrity", "references", "full_text", "queue", "journal")
            assert {told[name] for name in checks} == {"ok"}


def test_a_backup_never_overwrites(workspace: Workspace, tmp_path: Path) -> None:
    """A backup goes to a new file only, and leaves no half of one behind."""
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(UsageError, match="exists"):
        workspace.backup(target)
    assert target.read_text() == "precious"
    workspace.backup(tmp_path / "other.db")
    assert not list(tmp_path.glob("*.partial"))


def test_a_full_disk_loses_only_what_was_never_acknowledged(
    workspace: Workspace,
) -> None:
    """Out of room in the middle, a page is gone whole; with room again, work goes on."""
    imported(workspace, numbered(["first", "second"]))
    db = workspace.db
    with db.write() as write:
        used = write.execute("PRAGMA page_count").fetchone()[0]
        write.execute(f"PRAGMA max_page_count = {used + 5}")
    big = numbered(["x" * 3000] * 200, 10)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        imported(workspace, big)
    assert workspace.counts()["feedback"] == 2
    with db.write() as write:
        write.execute("PRAGMA max_page_count = 1000000")
    imported(workspace, big)
    assert workspace.counts()["feedback"] == 202
    assert workspace.doctor()["integrity"] == "ok"


def test_what_fails_in_a_transaction_leaves_no_trace(workspace: Workspace) -> None:
    """A write that raises is rolled back, and the next one begins afresh."""
    with pytest.raises(sqlite3.IntegrityError), workspace.db.write() as write:
        write.executemany("INSERT INTO counter VALUES ('x', ?)", [(1,), (2,)])
    assert table(workspace.db, "counter") == []
    with workspace.db.write() as write:
        write.execute("INSERT INTO counter VALUES ('x', 2)")
    assert table(workspace.db, "counter") == [("x", 2)]


_OPEN_AND_CAPTURE = """
import sys
from pathlib import Path
from triage.workspace import Workspace
sys.stdin.read()
with Workspace(Path(sys.argv[1])) as workspace:
    workspace.capture("made by " + sys.argv[2])
"""


def test_two_processes_open_a_new_file_at_once(tmp_path: Path) -> None:
    """However many begin at once, one file is made and everybody's work is in it."""
    path = tmp_path / "deep" / "work.db"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN_AND_CAPTURE, str(path), str(number)],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]  # fmt: skip
    for process in processes:
        assert process.stdin
        process.stdin.close()
    for process in processes:
        assert process.stderr
        error = process.stderr.read()
        process.stderr.close()
        assert process.wait(60) == 0, error
    with Workspace(path, create=False) as workspace:
        titles = {view.pain_point.title for view, _ in workspace.pain_points()}
        assert titles == {f"made by {number}" for number in range(4)}
        assert workspace.doctor()["integrity"] == "ok"


def test_a_clock_of_ones_own_moves_everything(tmp_path: Path) -> None:
    """What is snoozed sleeps and wakes by the workspace's clock, in every list."""
    now = datetime(2031, 5, 1, 12, tzinfo=UTC)
    with Workspace(tmp_path / "work.db", clock=lambda: now) as workspace:
        imported(workspace, [an_incoming()])
        one = workspace.feedback("f1")
        workspace.snooze([one], now.replace(hour=13))
        assert workspace.tally()["inbox"] == 0
        assert workspace.wake() == 0
        assert workspace.doctor()["queue"] == "ok"
        now = now.replace(hour=14)
        assert workspace.wake() == 1
        assert list(workspace.ids()) == [one.id]
        assert workspace.wake() == 0


def _version(path: Path) -> int:
    connection = stock.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()
