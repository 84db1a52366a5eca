"""groups refit: everything grouped anew, shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.groups import groups
from triage.cli.output import count, emit_json, note, table
from triage.cli.progress import Progress
from triage.cli.session import Session
from triage.cli.verbs import verb

if TYPE_CHECKING:
    from triage.grouping.difference import Shift
    from triage.model import Feedback
    from triage.workspace.regrouping import Refit

_PARTS = 10


@verb(
    "refit", within=groups, schemas=("regrouping",),
    example="triage groups refit --strict",
)  # fmt: skip
@click.option(
    "--strict", is_flag=True,
    help="Put only together what is surest, whatever the settings say.",
)  # fmt: skip
@click.option("--apply", is_flag=True, help="Do it, whole or not at all.")
def refit(session: Session, strict: bool, apply: bool, as_json: bool) -> None:
    """
    Show what grouping everything anew would change; --apply does it.

    By the tables and the level of today. What you ruled holds, decisions stay where
    they are, and a group is named by its earliest member as ever. Groups follow from
    what is stored, so there is nothing to undo.
    """
    progress = Progress(as_json=as_json)
    try:
        told = session.open().refit(strict=strict, apply=apply, tell=progress.stage)
    finally:
        progress.wipe()
    if as_json:
        emit_json("regrouping", _of_refit(told))
    else:
        _show(told)


def _of_refit(told: Refit) -> dict[str, Any]:
    changes = told.changes
    return {
        "before": str(told.before) if told.before else None,
        "after": str(told.after),
        "applied": told.is_applied,
        "groups_before": changes.before,
        "groups_after": changes.after,
        "together": changes.together,
        "apart": changes.apart,
        "moved": changes.moved,
        "largest": [
            {
                "change": _word(shift),
                "id": f"g{told.founders[shift.group].number}",
                "size": shift.size,
                "parts": [
                    {
                        "id": f"g{told.founders[part].number}",
                        "size": size,
                        "opening": _opening(told.founders[part]),
                    }
                    for part, size in shift.parts[:_PARTS]
                ],
            }
            for shift in changes.largest
        ],
    }


def _show(told: Refit) -> None:
    changes = told.changes
    rows: list[tuple[object, ...]] = []
    for shift in changes.largest:
        name = f"g{told.founders[shift.group].number}"
        for part, size in shift.parts[:_PARTS]:
            one = told.founders[part]
            rows.append((_word(shift), name, f"g{one.number}", size, _opening(one)))
    table(("comes", "group", "part", ">messages", "text"), rows)
    before = f"{told.before} to " if told.before and told.before != told.after else ""
    note(
        f"{before}{told.after}: {changes.before:,} groups become {changes.after:,};"
        f" {count(changes.together, 'comes', 'come')} together,"
        f" {count(changes.apart, 'comes', 'come')} apart,"
        f" {count(changes.moved, 'message moves', 'messages move')}"
    )
    if told.is_applied:
        note("done; decisions stayed where they were")
    else:
        note("nothing was changed; --apply does it")


def _word(shift: Shift) -> str:
    return "together" if shift.is_together else "apart"


def _opening(one: Feedback) -> str:
    return (one.title or one.body)[:200]
