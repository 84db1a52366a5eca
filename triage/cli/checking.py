"""sources check: what a source says of itself, or how its first page reads."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, emit, emit_json, facts, note
from triage.cli.session import Session
from triage.cli.sources import sources
from triage.cli.verbs import verb
from triage.errors import TriageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.connector import Report
    from triage.workspace import Workspace


@verb(
    "check", within=sources, schemas=("source-check",),
    example="triage sources check reviews",
)  # fmt: skip
@click.argument("name")
@click.option("--rows", is_flag=True, help="Pull a first page as well, and show it.")
@click.pass_context
def check(
    ctx: click.Context, session: Session, name: str, rows: bool, as_json: bool
) -> None:
    """
    Try a source: what is reachable, what waits there; nothing is stored.

    One that cannot say so is pulled for a page, which is shown. The exit code is 1
    where anything is wrong.
    """
    from asyncio import run

    from triage.cli.previewing import of_page, show_page

    workspace = session.open()
    workspace.configured(name)
    report, page, connector, problem = None, None, None, ""
    try:
        report = run(workspace.check(name))
        if report and not as_json:
            _show(name, report)
        if rows or report is None:
            connector, page = run(workspace.first_page(name))
            if not as_json:
                show_page(page, connector, name)
    except TriageError as error:
        problem = str(error)
    if as_json:
        told = {
            "name": name, "problem": problem, "report": _of_report(report),
            "pulled": connector is not None,
        }  # fmt: skip
        emit_json("source-check", told | of_page(page, connector))
    if problem:
        note(f"triage: {name}: {problem}")
    _tell_plain(workspace, name)
    ctx.exit(1 if problem else 0)


def _show(name: str, report: Report) -> None:
    emit(one_line(f"{name}: {report.account}", 999))
    facts(report.facts.items())
    if report.waiting is not None:
        takes = (
            f"; the first sync will take about {_about(report.seconds)}"
            if report.seconds is not None and report.waiting
            else ""
        )
        waiting = count(report.waiting, "feedback", "feedback")
        emit(f"{waiting} waiting there{takes}")


def _about(seconds: float) -> str:
    """``40 s``, ``4 min``, ``3 h``: no more than is known."""
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"


def _of_report(report: Report | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {
        "account": report.account,
        "facts": {str(fact): str(said) for fact, said in report.facts.items()},
        "waiting": report.waiting,
        "seconds": report.seconds,
    }


def _tell_plain(workspace: Workspace, name: str) -> None:
    for source, setting in workspace.plain_secrets():
        if source == name:
            note(
                f"{setting} stands in {workspace.config.path} itself;"
                f" `triage sources set {name} {setting}` keeps it elsewhere"
            )
