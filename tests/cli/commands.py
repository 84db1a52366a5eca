"""The tree of commands, for tests that go through all of it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from triage.cli.program import program
from triage.cli.verbs import Verb


def every_verb() -> Iterator[tuple[str, Verb]]:
    """Each command with its words: ``pain add``; hidden ones left out."""
    ctx = click.Context(program)
    for name in program.list_commands(ctx):
        command = program.get_command(ctx, name)
        assert command is not None
        yield from _within(name, command)


def _within(name: str, command: click.Command) -> Iterator[tuple[str, Verb]]:
    assert isinstance(command, Verb | click.Group)
    if isinstance(command, Verb):
        yield name, command
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            yield from _within(f"{name} {inner}", one)
