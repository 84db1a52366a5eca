"""The tutorial of docs/CONNECTORS.md, performed line by line in a shell."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

ROOT = Path(__file__).parents[2]
INSTALL = "pip install --editable ."
_BLOCK = re.compile(r"```(console|python)\n(.*?)```", re.DOTALL)
_EDIT = re.compile(r"[Ii]n `([\w./]+)`, instead of\s*$")


def tutorial() -> str:
    page = (ROOT / "docs" / "CONNECTORS.md").read_text(encoding="utf-8")
    found = re.search(r"## In ten minutes\n(.*?)\n## ", page, re.DOTALL)
    assert found, "docs/CONNECTORS.md has its tutorial no more"
    return found[1]


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """What there is to do, in order: ("run", lines, ""), ("replace", file, both)."""
    at, file, before = 0, "", ""
    for block in _BLOCK.finditer(text):
        kind, lines = block.groups()
        leading = text[at : block.start()].strip()
        at = block.end()
        if kind == "console":
            yield "run", lines, ""
            continue
        named = _EDIT.search(leading)
        if named:
            file, before = named[1], lines
        elif leading.endswith("write"):
            yield f"replace {file}", before, lines
        elif leading.endswith("at its end"):
            yield f"append {file}", "", f"\n\n{lines}"
        else:
            raise AssertionError(f"nobody knows what to do with {lines!r}")


class Shell:
    """A shell whose folder and variables stay from one block to the next."""

    def __init__(self, folder: Path, packages: Path) -> None:
        self._state = folder / "state"
        self._packages = packages
        path = [folder / "work" / "triage-acme-desk", packages, ROOT]
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, [*path, ROOT / "connectors"])),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "TRIAGE_HOME": str(folder / "home"),
            "TRIAGE_DB": str(folder / "work.db"),
        }
        self._state.write_text(f"cd {folder}/work\n")
        (folder / "work").mkdir()
        self._environ = environ
        self.behind: list[subprocess.Popen[bytes]] = []

    def run(self, lines: str) -> str:
        """What a block prints; a line that fails fails the test."""
        printed = ""
        for line in lines.splitlines():
            if line.endswith("&"):
                self.behind.append(self._start(line.removesuffix("&")))
            elif line == INSTALL:
                self._install()
            else:
                printed += self._one(line)
        return printed

    @property
    def folder(self) -> Path:
        """Where it is now."""
        return Path(self._one("pwd").strip())

    def _one(self, line: str) -> str:
        script = (
            f"set -e; . {self._state}\n{line}\n"
            f'{{ echo "cd $PWD"; export -p | grep ACME || true; }} > {self._state}'
        )
        done = subprocess.run(
            ["bash", "-c", script],
            env=self._environ, capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def _start(self, line: str) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            ["bash", "-c", f". {self._state}; exec {line}"],
            env=self._environ | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert started.stdout
        assert b"answers" in started.stdout.readline()
        return started

    def _install(self) -> None:
        """As pip does it, without the network: build a wheel, and lay it out."""
        self._one(f"python -m hatchling build -t wheel -d {self._packages}/built")
        (wheel,) = (self._packages / "built").glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(self._packages)

    def close(self) -> None:
        for one in self.behind:
            one.terminate()
            one.communicate(timeout=10)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    packages = tmp_path / "packages"
    packages.mkdir()
    opened = Shell(tmp_path, packages)
    yield opened
    opened.close()


def test_it_ends_with_feedback_in_the_inbox(shell: Shell) -> None:
    """Who types what the tutorial says ends with what customers said in a list."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    printed = []
    for what, before, after in steps(tutorial().replace("8765", port)):
        if what == "run":
            printed.append(shell.run(before))
            continue
        doing, _, name = what.partition(" ")
        file = shell.folder / name
        text = file.read_text(encoding="utf-8")
        if doing == "replace":
            margin = re.search(
                rf"^( *){re.escape(before.strip())}$", text, re.MULTILINE
            )
            assert margin, f"{name} does not hold {before!r}"
            text = text.replace(indent(before, margin[1]), indent(after, margin[1]))
        else:
            text += after
        file.write_text(text, encoding="utf-8")
    begun, changed, installed, pulled = printed
    assert "1 passed" in begun
    assert "1 passed" in changed
    assert "Conversations of Acme Desk" in installed
    assert "Acme Desk of Ann" in pulled
    assert "14 new" in pulled
    assert "It took a week" in pulled
    assert "The export loses tags" in pulled


def test_a_broken_promise_is_named(shell: Shell) -> None:
    """Whoever forgets what was deleted is told so in a sentence, not by a customer."""
    shell.run("triage connector new acme-desk\ncd triage-acme-desk\n")
    file = shell.folder / "triage_acme_desk.py"
    text = file.read_text(encoding="utf-8")
    assert ", gone_threads=gone" in text
    file.write_text(text.replace(", gone_threads=gone", ""), encoding="utf-8")
    printed = shell.run("python -m pytest -q || true")
    assert "What is deleted at the service is told in Page.gone" in printed
