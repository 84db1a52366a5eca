"""A file is written whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

import pytest

from triage.errors import TriageError, UsageError
from triage.export import write_to

FOREVER = """
import sys
from pathlib import Path
from triage.export import write_to
target, size = Path(sys.argv[1]), 400_000
while True:
    for letter in "ab":
        def write(out):
            for _ in range(100):
                out.write(letter * (size // 100))
        write_to(target, write, force=True)
        print(letter, flush=True)
"""


def put(path: Path, text: str, *, force: bool = False) -> None:
    def write(out: TextIO) -> None:
        out.write(text)

    write_to(path, write, force=force)


def left_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_file_is_its_owners(tmp_path: Path) -> None:
    """Only the owner may read it; the text arrives with its line ends as they were."""
    put(tmp_path / "out.csv", "ä\r\nb\n")
    assert (tmp_path / "out.csv").read_bytes() == "ä\r\nb\n".encode()
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600
    assert left_in(tmp_path) == ["out.csv"]


def test_a_file_is_replaced_only_on_request(tmp_path: Path) -> None:
    """Without ``force`` the old file stays; with it the new one is there."""
    target = tmp_path / "out"
    put(target, "old")
    with pytest.raises(UsageError, match="--force"):
        put(target, "new")
    assert target.read_text() == "old"
    put(target, "new", force=True)
    assert target.read_text() == "new"
    assert left_in(tmp_path) == ["out"]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    """Also one made by somebody else while this one was being written."""
    target = tmp_path / "out"

    def write(out: TextIO) -> None:
        out.write("ours")
        target.write_text("theirs")

    with pytest.raises(UsageError, match="exists"):
        write_to(target, write)
    assert target.read_text() == "theirs"
    assert left_in(tmp_path) == ["out"]


@pytest.mark.parametrize("force", [True, False])
def test_a_symbolic_link_is_never_followed(tmp_path: Path, force: bool) -> None:
    """Neither the link nor what it points to is touched, whether that exists or not."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    for name, aim in (("link", precious), ("dangling", tmp_path / "nothing")):
        (tmp_path / name).symlink_to(aim)
        with pytest.raises(UsageError, match="symbolic link"):
            put(tmp_path / name, "theirs", force=force)
    assert precious.read_text() == "mine"
    assert left_in(tmp_path) == ["dangling", "link", "precious"]


def test_places_that_cannot_be_are_explained(tmp_path: Path) -> None:
    """A folder, a missing folder: one sentence each, nothing left behind."""
    with pytest.raises(UsageError, match="is a folder"):
        put(tmp_path, "x")
    with pytest.raises(UsageError, match="make the folder first"):
        put(tmp_path / "no" / "out", "x")
    assert left_in(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    """The system's reason is told."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(TriageError, match="cannot be written: Permission denied"):
        put(tmp_path / "out", "x")


def test_a_name_that_is_too_long_is_explained(tmp_path: Path) -> None:
    """The system's reason is told, and nothing is left behind."""
    for force in (True, False):
        with pytest.raises(TriageError, match="cannot be written: File name too long"):
            put(tmp_path / ("x" * 300), "x", force=force)
    assert left_in(tmp_path) == []


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """An error halfway changes nothing and leaves no scraps."""
    target = tmp_path / "out"
    put(target, "old")

    def write(out: TextIO) -> None:
        out.write("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_to(target, write, force=True)
    assert target.read_text() == "old"
    assert left_in(tmp_path) == ["out"]


def test_a_full_disk_is_explained(tmp_path: Path) -> None:
    """What the system says about the disk is passed on, with what to do."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")

    def write(out: TextIO) -> None:
        descriptor = os.open("/dev/full", os.O_WRONLY)
        try:
            os.write(descriptor, b"x")
        finally:
            os.close(descriptor)

    with pytest.raises(TriageError, match="No space left on device; choose another"):
        write_to(tmp_path / "out", write)
    assert left_in(tmp_path) == []


def test_a_kill_leaves_one_file_or_the_other(tmp_path: Path) -> None:
    """Killed at any moment, the file is the old one or the new one, never a part."""
    target = tmp_path / "out"
    put(target, "b" * 400_000)
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", FOREVER, str(target)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(random.uniform(0, 0.03))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        text = target.read_text()
        assert len(text) == 400_000
        assert set(text) in ({"a"}, {"b"})
