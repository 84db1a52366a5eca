"""merge split apart: a person's word on what says the same."""

from __future__ import annotations

import click

from triage.cli.naming import is_group, members, named
from triage.cli.options import ids_argument
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import UsageError


@verb("merge", example="triage merge f40 f41 --into g12", schemas=("steps",))
@ids_argument
@click.option(
    "--into",
    default="",
    metavar="ID",
    help="What they are the same as; else the first.",
)
def merge(session: Session, ids: tuple[str, ...], into: str, as_json: bool) -> None:
    """Rule that feedback or groups say the same."""
    workspace = session.open()
    names = named(ids)
    if not into:
        into, *names = names
    if not names:
        raise UsageError("merge needs two; for example `triage merge f40 --into g12`")
    target = members(workspace, into)
    moved = [one for name in names for one in members(workspace, name)]
    tell([workspace.merge(moved, target)], as_json=as_json)


@verb("split", example="triage split f41", schemas=("steps",))
@ids_argument
def split(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """
    Rule that feedback says something else than its group.

    Those named stay together, apart from the rest.
    """
    workspace = session.open()
    names = named(ids)
    for name in names:
        if is_group(name):
            raise UsageError(f"{name} is a group; name the feedback to take out of it")
    taken = [workspace.feedback(name) for name in names]
    groups = {workspace.group_of(one).short for one in taken}
    if len(groups) > 1:
        raise UsageError(f"these are of several groups ({', '.join(sorted(groups))})")
    tell(workspace.split(taken), as_json=as_json)


@verb("apart", example="triage apart g12 g40", schemas=("steps",))
@click.argument("one")
@click.argument("other")
@click.option("--related", is_flag=True, help="Not the same, but about the same thing.")
def apart(session: Session, one: str, other: str, related: bool, as_json: bool) -> None:
    """
    Rule that two are not the same, for ever.

    They are never grouped or suggested together again, whatever else arrives.
    """
    from triage.model import Verdict

    workspace = session.open()
    verdict = Verdict.RELATED if related else Verdict.DIFFERENT
    tell(
        workspace.set_apart(
            members(workspace, one), members(workspace, other), verdict
        ),
        as_json=as_json,
    )
