"""What reaches a terminal: no more colours than it or the person wants, no other bytes."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

import pexpect
import pytest

from factories import an_incoming, imported
from triage.workspace import Workspace

SGR = re.compile(rb"\x1b\[([\d;:]*)m")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A workspace of two, all in ASCII."""
    path = tmp_path / "work.db"
    with Workspace(path) as workspace:
        imported(
            workspace,
            [
                an_incoming("1", "The export crashes on big projects", author="Ann"),
                an_incoming("2", "Please add a dark mode", author="Bo", rating=2.0,
                            scale="1-5", metric="stars"),
            ],
        )  # fmt: skip
        workspace.capture("Export fails")
    return path


def session(database: Path, keys: str, home: Path, **environ: str) -> bytes:
    """Everything the app writes while somebody types this, and leaves."""
    told = {
        name: value for name, value in os.environ.items()
        if name not in {"NO_COLOR", "LC_ALL", "LANG", "LC_CTYPE", "PYTHONUTF8"}
    }  # fmt: skip
    child = pexpect.spawn(
        sys.executable,
        ["-m", "triage", "--db", str(database)],
        dimensions=(24, 80),
        timeout=30,
        env=told
        | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8",
           "TRIAGE_HOME": str(home)}
        | environ,
    )  # fmt: skip
    written = _read_until(child, b"Inbox")
    for key in keys:
        child.send(key)
        written += _read(child, 0.1)
    child.send("\x11")
    while child.isalive():
        written += _read(child, 0.2)
    assert child.exitstatus == 0
    return written


def _read_until(child: pexpect.spawn[bytes], word: bytes) -> bytes:
    written, deadline = b"", time.monotonic() + 20
    while word not in written and time.monotonic() < deadline:
        written += _read(child, 0.1)
    assert word in written
    return written + _read(child, 0.5)


def _read(child: pexpect.spawn[bytes], seconds: float) -> bytes:
    written, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            written += child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            continue
        except pexpect.EOF:
            child.wait()
            break
    return written


def codes(written: bytes) -> set[int]:
    """Every number of every sequence that sets how text looks."""
    return {
        int(code or 0)
        for found in SGR.findall(written)
        for code in re.split(rb"[;:]", found)
    }


SHAPES = {0, 1, 2, 3, 4, 7, 9, 21, 22, 23, 24, 27, 29}
"""Bold, dim, italic, underlined, turned round, struck, and back to none of these."""

DEFAULTS = {39, 49}
SIXTEEN = {*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}

KEYS = "jx?\x1b1\x1b/ex\x1b\x1bgp"
"""Through list, help, a dialog, a search and another screen."""


def test_truecolor_is_usual(database: Path, tmp_path: Path) -> None:
    """Our own themes come in their very colours; so these tests see what they look for."""
    assert 38 in codes(session(database, "j", tmp_path))


def test_the_terminals_own_colours(database: Path, tmp_path: Path) -> None:
    """The theme terminal sends the sixteen codes and the defaults, and no ground."""
    (tmp_path / "config.toml").write_text('theme = "terminal"\n')
    found = codes(session(database, KEYS, tmp_path))
    assert found <= SHAPES | DEFAULTS | SIXTEEN
    assert found & SIXTEEN
    assert 2 in found
    assert not found & set(range(40, 48)), "the terminal's ground is covered"


@pytest.mark.parametrize("theme", ["dusk", "terminal"])
def test_no_color(database: Path, tmp_path: Path, theme: str) -> None:
    """With NO_COLOR, no sequence names a colour; what matters less is dim."""
    (tmp_path / "config.toml").write_text(f'theme = "{theme}"\n')
    written = session(database, KEYS, tmp_path, NO_COLOR="1")
    assert codes(written) <= SHAPES
    assert {1, 2, 7} <= codes(written)
    assert "▌".encode() in written


@pytest.mark.parametrize(
    "environ",
    [{"TERM": "linux"}, {"LC_ALL": "C"}],
    ids=str,
)  # fmt: skip
def test_only_ascii(database: Path, tmp_path: Path, environ: dict[str, str]) -> None:
    """Where the terminal or the locale knows no more, no byte is above 0x7f."""
    written = session(database, KEYS, tmp_path, **environ)
    assert not {byte for byte in written if byte > 0x7F}
    assert b"Inbox" in written


def test_ascii_when_asked_for(database: Path, tmp_path: Path) -> None:
    """``ascii = true`` does so anywhere, and ``ascii = false`` nowhere."""
    (tmp_path / "config.toml").write_text("ascii = true\n")
    assert session(database, KEYS, tmp_path).isascii()
    (tmp_path / "config.toml").write_text("ascii = false\n")
    assert not session(database, "j", tmp_path, TERM="linux").isascii()
