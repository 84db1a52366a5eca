"""How a command ends: every error becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from triage.cli.output import note
from triage.errors import TriageError

STOPPED = 130
"""Ctrl-C: what shells expect of a program that ended by it."""

TERMINATED = 143
"""SIGTERM: the same for a program that was told to end."""

CLOSED = 141
"""Whoever read our output went away: what shells expect then."""

_FRAMES = 6


def ended(run: Callable[[], object]) -> int:
    """The exit code of a command, with its error told on stderr, cleaned."""
    try:
        code = run()
        sys.stdout.flush()
    except click.ClickException as error:
        return _refused(error)
    except TriageError as error:
        note(f"triage: {error}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        note("triage: stopped")
        return STOPPED
    except BrokenPipeError:
        hush()
        return CLOSED
    except OSError as error:
        note(f"triage: {error.filename or 'the system'}: {error.strerror or error}")
        return 1
    except Exception as error:  # shown as the bug it is, without values of variables
        from triage.workspace import explained

        known = explained(error)
        if known:
            note(f"triage: {known}")
        else:
            confess(error)
        return 1
    return code if isinstance(code, int) else 0


def hush() -> None:
    """Point stdout nowhere, so that the interpreter's last flush fails no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _refused(error: click.ClickException) -> int:
    hint = ""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "triage"
        hint = f" (`{path} --help` shows how)"
    note(f"triage: {error.format_message().rstrip('.')}{hint}")
    return error.exit_code


def confess(error: Exception) -> None:
    """Where it happened, in a few lines; no values, which may be a customer's words."""
    from pathlib import Path
    from traceback import extract_tb

    from triage import plugins, secrets

    # A connector may be a stranger's, and quote what it was given.
    told = secrets.hidden(f"{type(error).__name__}: {error}")
    note(f"triage: this is a bug in {plugins.whose(error) or 'Triage'}: {told}")

    for frame in extract_tb(error.__traceback__)[-_FRAMES:]:
        note(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
