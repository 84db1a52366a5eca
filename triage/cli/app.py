"""``triage`` alone, and listening: the app, on a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.workspace import Workspace


def open_app(session: Session) -> None:
    """Open the inbox of the workspace, which is made if it is not there yet."""
    refuse_without_terminal()
    run_app(session.open(create=True))


def run_app(workspace: Workspace, *, listen: float = 0) -> None:
    """Show the app until the person leaves; its exit code is ours."""
    from triage.tui.app import run

    click.get_current_context().exit(run(workspace, listen=listen) or 0)


def refuse_without_terminal() -> None:
    """Raise unless a person sits there, or somebody else draws what the app shows."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal; `triage --help` lists the commands")


@verb("listen", example="triage listen --minutes 20")
@click.option(
    "--minutes", type=click.FloatRange(1, 240), default=20.0, show_default=True,
    metavar="N", help="How much time is set aside.",
)  # fmt: skip
def listen(session: Session, minutes: float) -> None:
    """
    Listen to customers in the app, one at a time, for a while.

    Listening needs time set aside and presence: nothing else is on the screen, nothing
    is decided, and at the end one question is asked. `c` writes a note, `p` holds
    the clock, `q` ends.
    """
    refuse_without_terminal()
    run_app(session.open(), listen=minutes)
