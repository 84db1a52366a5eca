"""The page on email tells what the connector really has."""

from __future__ import annotations

import dataclasses
import re
import shlex
from pathlib import Path

import click
import pytest

from triage.cli.program import program
from triage_connectors.imap import Imap
from triage_connectors.imap_folders import SPECIAL

PAGE = (Path(__file__).parents[2] / "docs" / "EMAIL.md").read_text(encoding="utf-8")
IMAP = PAGE.partition("## IMAP\n")[2].partition("\n## ")[0]
LINES = [
    line
    for block in re.findall(r"```console\n(.*?)```", IMAP, re.DOTALL)
    for line in block.splitlines()
]


def test_every_setting_is_explained() -> None:
    """The page names each setting of the connector, and no other."""
    told = IMAP.partition("### Settings")[2].partition("###")[0]
    rows = re.findall(r"^\| (`.*?) \|", told, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == {field.name for field in dataclasses.fields(Imap)}


def test_every_provider_is_explained() -> None:
    """Each preset stands on the page with its server."""
    for name, settings in Imap.presets.items():
        assert f"| `{name}` | `{settings['host']}` |" in IMAP


def test_words_for_folders() -> None:
    """A word for folders on the page is one that is understood."""
    told = next(line for line in IMAP.splitlines() if line.startswith("| `folders`"))
    assert set(re.findall(r"`(\w+)`", told)) - {"folders"} <= {"inbox", *SPECIAL}


@pytest.mark.parametrize("line", LINES)
def test_every_command_is_understood(line: str) -> None:
    """A line of the page has only words and options its command takes."""
    command: click.Command = program
    ctx, rest = click.Context(program), shlex.split(line)[1:]
    while isinstance(command, click.Group):
        inner = command.get_command(ctx, rest[0])
        assert inner is not None
        command, rest = inner, rest[1:]
    command.make_context(line, rest)


def test_links_lead_somewhere() -> None:
    """Each page this one points to is there."""
    for target in re.findall(r"\]\(([A-Z]+\.md)\)", IMAP):
        assert (Path(__file__).parents[2] / "docs" / target).exists(), target
