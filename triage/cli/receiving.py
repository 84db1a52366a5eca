"""receive: services tell what changed, and it is fetched at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.following import follow
from triage.cli.output import note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.cli.watching import Watching
from triage.text.display import one_line
from triage.workspace.receiving import Listening

if TYPE_CHECKING:
    from triage.sync import SyncEvent


@verb("receive", example="triage receive support --port 8790", schemas=("pull",))
@click.argument("names", nargs=-1)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8790, show_default=True,
    metavar="N", help="Of this machine alone; 0 takes any that is free.",
)  # fmt: skip
def receive(session: Session, names: tuple[str, ...], port: int, as_json: bool) -> None:
    """
    Be told by services what changed, and fetch it at once.

    Each source with a webhook_secret has an address here, for a tunnel or proxy of
    yours to pass on. What is not signed by the service is refused; what is, is kept
    before it is answered. `triage sync` still brings what nobody told of.
    """
    workspace = session.open()
    follow(workspace.receive(names, port=port), _Told(as_json=as_json), endless=True)


class _Told(Watching):
    """As of what is watched, and where to knock."""

    def take(self, event: SyncEvent | Listening) -> None:
        """Tell what happened, and forget it."""
        if isinstance(event, Listening):
            for source, address in event.addresses.items():
                note(one_line(f"{source} is told at {address}"))
        else:
            super().take(event)
