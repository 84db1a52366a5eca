"""log undo redo: every step, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from triage.cli.options import limit_option
from triage.cli.output import clock, emit_json, table
from triage.cli.session import Session
from triage.cli.shapes import of_entry
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import TriageError

if TYPE_CHECKING:
    from triage.workspace import Entry


@verb("log", example="triage log --limit 5", schemas=("log",))
@limit_option
@click.option("--of", "noun", metavar="ID", help="Only what touched f12, p3, r2 or u1.")
def log(session: Session, limit: int, noun: str | None, as_json: bool) -> None:
    """List what was decided, the latest first."""
    workspace = session.open()
    if noun is None:
        entries = workspace.history(limit)
    elif noun[:1].casefold() == "p":
        entries = workspace.history_of(workspace.pain_point(noun).pain_point)[:limit]
    elif noun[:1].casefold() == "r":
        entries = workspace.history_of(workspace.roadmap_item(noun))[:limit]
    elif noun[:1].casefold() == "u":
        entries = workspace.history_of(workspace.persona(noun))[:limit]
    else:
        entries = workspace.history_of(workspace.feedback(noun))[:limit]
    if as_json:
        emit_json("log", {"steps": [of_entry(entry) for entry in entries]})
        return
    table(
        (">step", "when", "by", "state", "what"),
        [
            (entry.id, clock(entry.at), entry.by, entry.state, entry.label)
            for entry in entries
        ],
    )


@verb("undo", example="triage undo", schemas=("steps",))
@click.argument("step", type=click.IntRange(1), required=False)
@click.option(
    "--times",
    type=click.IntRange(1),
    metavar="N",
    default=1,
    help="Several, one by one.",
)
def undo(session: Session, step: int | None, times: int, as_json: bool) -> None:
    """Take back the last step, or the one with this number."""
    workspace = session.open()
    done = _again(
        lambda: workspace.undo(step), 1 if step else times, "Undid: ", as_json
    )
    if not done:
        raise TriageError("there is nothing to undo; `triage log` lists every step")


@verb("redo", example="triage redo --times 2", schemas=("steps",))
@click.option(
    "--times",
    type=click.IntRange(1),
    metavar="N",
    default=1,
    help="Several, one by one.",
)
def redo(session: Session, times: int, as_json: bool) -> None:
    """Do again what was undone last."""
    workspace = session.open()
    done = _again(workspace.redo, times, "Did again: ", as_json)
    if not done:
        raise TriageError("there is nothing to redo; only what was undone can be")


def _again(
    act: Callable[[], Entry | None], times: int, before: str, as_json: bool
) -> list[Entry]:
    """Act so often, or as often as there is something; what was done is always told."""
    done: list[Entry] = []
    try:
        for _ in range(times):
            entry = act()
            if entry is None:
                break
            done.append(entry)
    finally:
        if done:
            tell(done, as_json=as_json, before=before)
    return done
