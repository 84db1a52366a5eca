"""
The programs that are measured: how each is started, and which of its keys do what.

Peers are no dependency of the project. Each Python one lives in an environment of its
own, in the folder that ``--peers`` names::

    python -m venv PEERS/posting
    PEERS/posting/bin/pip install posting==2.11.1 tree-sitter==0.25.2
    python -m venv PEERS/harlequin
    PEERS/harlequin/bin/pip install harlequin==2.17.0

(posting leaves tree-sitter open, and dies with 0.26.) mutt comes from the system.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path

from bench.tui.filling import filled
from bench.tui.said import Sayings

TREE = Path(__file__).resolve().parents[3]
APPS = Path(__file__).with_name("apps")

ROWS = 100_000
"""Rows in Textual's table, and mails in mutt's mailbox."""

REQUESTS = 200
"""Requests in posting's collection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """
    Keys of one kind, as one program has them.

    Attributes:
        name: What they do; a column of the table.
        measured: Pressed one after the other, each measured.
        before: Pressed first each time, and ``after`` afterwards; not measured.
        within: Cells from the left whose last change while it looks is the effect; 0
            where it is the first paint.
        times: How often.
    """

    name: str
    measured: Sequence[str]
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    within: int = 0
    times: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """
    A program to be measured.

    Attributes:
        ready: What its screen shows once a person can begin.
        first: Keys that put the cursor where the measured ones belong.
        absent: Why it cannot be measured; "" where it can.
    """

    name: str
    command: Sequence[str]
    ready: re.Pattern[str]
    folder: Path
    keys: Sequence[Keys] = ()
    first: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    absent: str = ""


def programs(
    folder: Path, sizes: Sequence[int], peers: Path | None
) -> list[Callable[[], Program]]:
    """Everything that is measured, in order; each made ready when it is called."""
    largest = max(sizes)
    made: list[Callable[[], Program]] = [lambda: _empty(folder)]
    made += [lambda size=size: _ours(folder, size) for size in sizes]  # type: ignore[misc]
    made += [
        lambda: _table(folder, largest),
        lambda: _posting(folder, peers),
        lambda: _harlequin(folder, largest, peers),
        lambda: _mutt(folder),
    ]
    return made


def _environment(folder: Path, **more: str) -> dict[str, str]:
    """Nothing of the person who measures: no settings, no colours switched off."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    return kept | {"HOME": str(home)} | more


def _empty(folder: Path) -> Program:
    return Program(
        name="an empty Textual app", command=(sys.executable, str(APPS / "empty.py")),
        ready=re.compile("ready"), folder=folder, environment=_environment(folder),
    )  # fmt: skip


def _ours(folder: Path, size: int) -> Program:
    path = filled(folder, size)
    return Program(
        name=f"triage, {size:,} feedback",
        command=(sys.executable, "-m", "triage", "--db", str(path)),
        ready=re.compile(r"1 of [\d,]+\+? · newest first.*│ \S", re.DOTALL),
        folder=folder,
        environment=_environment(
            folder, PYTHONPATH=f"{TREE}{os.pathsep}{TREE / 'connectors'}",
            TRIAGE_HOME=str(folder / "home"),
        ),
        keys=(
            Keys(name="move", measured=("j",)),
            Keys(name="page", measured=("ctrl+d",), times=30),
            Keys(name="end", before=("g", "g"), measured=("G",), times=15),
            Keys(name="first", before=("G", "g"), measured=("g",), times=15),
            # Beside the list the text stands open already; this opens its group.
            Keys(name="open", measured=("O",), after=("q",), times=15),
            Keys(name="search", before=("/",), measured=tuple("export"),
                 after=("escape",), within=60, times=5),
        ),
    )  # fmt: skip


def _table(folder: Path, size: int) -> Program:
    rows = min(ROWS, size)
    return Program(
        name=f"DataTable, {rows:,} rows",
        command=(sys.executable, str(APPS / "table.py"),
                 str(filled(folder, size)), str(rows)),
        ready=re.compile(r"who .*\n.*20\d\d"),
        folder=folder,
        environment=_environment(folder),
        keys=(
            Keys(name="move", measured=("down",)),
            Keys(name="page", measured=("pagedown",), times=30),
            Keys(name="end", before=("ctrl+home",), measured=("ctrl+end",), times=15),
            Keys(name="first", before=("ctrl+end",), measured=("ctrl+home",), times=15),
        ),
    )  # fmt: skip


def _posting(folder: Path, peers: Path | None) -> Program:
    command, absent = _peer("posting", peers)
    return Program(
        name=f"posting, {REQUESTS} requests",
        command=(command, "--collection", str(_collection(folder))),
        ready=re.compile("Request 1"),
        folder=folder,
        environment=_environment(folder, POSTING_FOCUS__ON_STARTUP="collection"),
        keys=(
            Keys(name="move", measured=("j",)),
            Keys(name="end", before=("g",), measured=("G",), times=15),
            Keys(name="first", before=("G",), measured=("g",), times=15),
            Keys(name="open", measured=("enter",), before=("j",), times=15),
            # It searches nothing; letters of an address are completed as they come.
            Keys(name="search", before=("ctrl+l",), measured=tuple("export"), times=5),
        ),
        absent=absent,
    )


def _harlequin(folder: Path, size: int, peers: Path | None) -> Program:
    command, absent = _peer("harlequin", peers)
    return Program(
        name=f"harlequin, 3,000 of {size:,}",
        command=(command, "-P", "None", "-a", "sqlite", str(filled(folder, size))),
        ready=re.compile("Query Editor.*Run Query", re.DOTALL),
        folder=folder,
        environment=_environment(folder),
        first=("f2", *"select number, title from feedback limit 3000;", "ctrl+j", "f5"),
        keys=(
            Keys(name="move", measured=("down",)),
            Keys(name="page", measured=("pagedown",), times=30),
            Keys(name="end", before=("ctrl+home",), measured=("ctrl+end",), times=15),
            Keys(name="first", before=("ctrl+end",), measured=("ctrl+home",), times=15),
            # Letters of a query, completed as they come.
            Keys(name="search", before=("f2",), measured=tuple("export"), times=5),
        ),
        absent=absent,
    )


def _mutt(folder: Path) -> Program:
    settings = folder / "muttrc"
    return Program(
        name=f"mutt, {ROWS:,} mails",
        command=("mutt", "-n", "-F", str(settings), "-R", "-f", str(_mailbox(folder))),
        ready=re.compile(f"Msgs:{ROWS}"),
        folder=folder,
        environment=_environment(folder),
        first=("=",),
        keys=(
            Keys(name="move", measured=("j",)),
            Keys(name="page", measured=("z",), times=30),
            Keys(name="end", before=("=",), measured=("*",), times=15),
            Keys(name="first", before=("*",), measured=("=",), times=15),
            Keys(name="open", before=("j",), measured=("enter",), after=("i",),
                 times=15),
            # It searches when asked, not at each letter.
            Keys(name="search", before=("/", *"export"), measured=("enter",), times=15),
        ),
        absent="" if shutil.which("mutt") else "not installed: mutt",
    )  # fmt: skip


def _peer(name: str, peers: Path | None) -> tuple[str, str]:
    """Its command, and why there is none."""
    found = peers and peers / name / "bin" / name
    if found and found.exists():
        return str(found.absolute()), ""
    return name, f"not installed: {name}; --peers names the folder it lives in"


def _collection(folder: Path) -> Path:
    made = folder / "collection"
    made.mkdir(parents=True, exist_ok=True)
    for number in range(1, REQUESTS + 1):
        (made / f"r{number:03}.posting.yaml").write_text(
            f"name: Request {number}\nmethod: GET\nurl: https://example.org/{number}\n",
            encoding="utf-8",
        )
    return made


def _mailbox(folder: Path) -> Path:
    (folder / "muttrc").write_text(
        f"set sort=date\nset mark_old=no\nset folder={folder}\n", encoding="utf-8"
    )
    path = folder / f"{ROWS}.mbox"
    if not path.exists():
        sayings = Sayings(ROWS)
        making = path.with_suffix(".making")
        with making.open("w", encoding="utf-8") as out:
            for number in range(ROWS):
                told = sayings.incoming(number)
                assert told.received_at is not None
                out.write(
                    f"From c{number} {told.received_at:%a %b %d %H:%M:%S %Y}\n"
                    f"From: c{number}@example.org\nTo: feedback@example.org\n"
                    f"Subject: {told.title.encode('ascii', 'ignore').decode() or 'x'}\n"
                    f"Date: {format_datetime(told.received_at)}\n"
                    f"Message-ID: <{number}@example.org>\n"
                    "Content-Type: text/plain; charset=utf-8\n\n"
                    f"{told.body.replace(chr(10) + 'From ', chr(10) + '>From ')}\n\n"
                )
        making.rename(path)
    return path
