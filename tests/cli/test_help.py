"""The help: complete, in sections, and free of charge."""

from __future__ import annotations

import inspect
import os
import shlex
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from cli.commands import every_verb
from triage.cli.contents import OTHER_NAMES, SECTIONS
from triage.cli.program import program
from triage.cli.verbs import Verb

HEAVY = ("textual", "sqlite_utils", "httpx", "numpy", "rich", "asyncio")


def test_help_imports_nothing_heavy() -> None:
    """The help imports no terminal library, no client, no database, no arrays."""
    code = (
        "import sys\n"
        "from triage.cli import main\n"
        "sys.argv = ['triage', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stderr.strip() == "[]"


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="no wait4 to measure with here")
def test_help_is_quick() -> None:
    """The help takes at most 60 ms of processor time, the best of several runs."""
    best = min(_cpu_seconds() for _ in range(20))
    assert best <= 0.060, f"{best * 1000:.0f} ms"


def _cpu_seconds() -> float:
    process = subprocess.Popen(
        [sys.executable, "-m", "triage", "--help"], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


def test_overview_says_what_each_help_says() -> None:
    """The sentence beside a command in the overview begins its own help."""
    ctx = click.Context(program)
    for section in SECTIONS.values():
        for name, place in section.items():
            command = program.get_command(ctx, name)
            assert command is not None
            first = inspect.cleandoc(command.help or "").split("\n\n")[0]
            assert " ".join(first.split()) == place.sentence, name


def test_overview_shows_every_command() -> None:
    """Every command stands in the overview, its sentence whole."""
    told = CliRunner().invoke(program, ["--help"]).stdout
    for section, commands in SECTIONS.items():
        assert f"{section}:" in told
        for name, place in commands.items():
            assert f"  {name}" in told
            assert place.sentence in told


@pytest.mark.parametrize(
    ("path", "verb"), [pytest.param(*pair, id=pair[0]) for pair in every_verb()]
)
def test_every_help_has_an_example_that_parses(path: str, verb: Verb) -> None:
    """The example in a command's help is a line that its options and words allow."""
    told = CliRunner().invoke(program, [*path.split(), "--help"])
    assert told.exit_code == 0
    assert verb.help
    assert "Example:" in told.stdout
    line = verb.example.rpartition("|")[2].partition(">>")[0]
    command, *words = shlex.split(line)
    assert command == "triage"
    assert words[: len(path.split())] == path.split()
    verb.make_context(path, words[len(path.split()) :])


def test_every_option_is_explained() -> None:
    """Every option and every command says what it does."""
    for path, verb in every_verb():
        assert verb.help, path
        for param in verb.params:
            if isinstance(param, click.Option) and not param.hidden:
                assert param.help, f"{path} {param.name}"


def test_other_names_are_understood() -> None:
    """A word people may try first leads to the command it means."""
    ctx = click.Context(program)
    for other, name in OTHER_NAMES.items():
        assert program.get_command(ctx, other) is program.get_command(ctx, name)


def test_keys_of_the_app_name_commands_that_exist() -> None:
    """Every command the app's key table names is a command."""
    from triage.tui.actions import ACTIONS

    known = {path for path, _ in every_verb()}
    known |= {path.split()[0] for path in known}
    assert {action.verb for action in ACTIONS if action.verb} <= known
