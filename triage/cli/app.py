"""``triage`` alone: the app, on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from triage.cli.session import Session
from triage.errors import UsageError
from triage.tui import garbage

if TYPE_CHECKING:
    from triage.workspace import Workspace


def opened(words: Sequence[str]) -> int:
    """Show the app as ``triage`` or ``triage --db PATH`` asks; its exit code."""
    garbage.hold()
    try:
        refuse_without_terminal()
        from triage.tui.app import run
        from triage.workspace import Workspace

        told = words[-1].removeprefix("--db=") if words else os.environ.get("TRIAGE_DB")
        with Workspace(Session(told or None).path) as workspace:
            return run(workspace)
    except BaseException as error:
        from triage.cli.ending import ended

        refused = error

        def again() -> None:
            raise refused

        return ended(again)


def open_app(session: Session) -> None:
    """Open the inbox of the workspace, which is made if it is not there yet."""
    refuse_without_terminal()
    run_app(session.open(create=True))


def run_app(workspace: Workspace, *, listen: float = 0) -> None:
    """Show the app until the person leaves; its exit code is ours."""
    import click

    from triage.tui.app import run

    click.get_current_context().exit(run(workspace, listen=listen) or 0)


def refuse_without_terminal() -> None:
    """Raise unless a person sits there, or somebody else draws what the app shows."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal; `triage --help` lists the commands")
