"""The README tells the truth."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from triage.cli.program import program

CHECKOUT = Path(__file__).parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def commands() -> list[list[str]]:
    """Every ``triage …`` of the README, as words."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [
        line.split("#")[0].strip() for block in blocks for line in block.splitlines()
    ]
    inline = re.findall(r"`(triage [^`]+)`", README)
    return [
        shlex.split(line) for line in (*lines, *inline) if line.startswith("triage")
    ]


def test_every_command_exists() -> None:
    """A command the README shows is one Triage has."""
    context = program.make_context("triage", [], resilient_parsing=True)
    known = set(program.list_commands(context))
    for words in commands():
        verbs = [
            word for word in words[1:] if not word.startswith("-") and word != "FILE"
        ]
        assert not verbs or verbs[0] in known | {"…"}, words


def test_both_lines_call_what_is_there() -> None:
    """The two lines that set everything up name a script that exists."""
    lines = re.findall(r"^python3 (\S+) (demo|test)$", README, re.MULTILINE)
    assert lines == [(".ci/up", "demo"), (".ci/up", "test")]
    assert (CHECKOUT / ".ci" / "up").exists()


def test_every_link_leads_somewhere() -> None:
    """A file the README points to is in the repository."""
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (CHECKOUT / target).exists(), target
