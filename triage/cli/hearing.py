"""listen: the app, with time set aside and nothing else on the screen."""

from __future__ import annotations

import click

from triage.cli.app import refuse_without_terminal, run_app
from triage.cli.session import Session
from triage.cli.verbs import verb


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
