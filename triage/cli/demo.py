"""demo: a believable company's feedback, to look around in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.app import refuse_without_terminal, run_app
from triage.cli.output import emit_json, facts, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from triage.workspace import Workspace


@verb("demo", example="triage demo", schemas=("demo",))
@click.option("--no-tui", "quiet", is_flag=True, help="Fill it and say what it holds.")
def demo(session: Session, quiet: bool, as_json: bool) -> None:
    """
    Look around in the feedback of a made-up company.

    Without --db it lies in a file of its own, apart from your workspace, and is
    there again the next time.
    """
    if not (quiet or as_json):
        refuse_without_terminal()
    path = session.path if session.told else _own_place()
    workspace = session.open(create=True, path=path)
    if not workspace.counts()["feedback"]:
        from triage.demo.build import build

        note("filling the demo, a moment …")
        build(workspace, workspace.clock())
    elif session.told:
        raise UsageError(f"{path} holds feedback already; name a new file with --db")
    if quiet or as_json:
        _tell(workspace, as_json=as_json)
    else:
        run_app(workspace)


def _own_place() -> Path:
    from triage.config import default_database

    return default_database().with_name("demo.db")


def _tell(workspace: Workspace, *, as_json: bool) -> None:
    counts = workspace.counts()
    if as_json:
        emit_json("demo", {"path": str(workspace.path), **counts})
        return
    facts(
        [
            ("path", str(workspace.path)),
            *((name.replace("_", " "), many) for name, many in counts.items()),
        ]
    )
