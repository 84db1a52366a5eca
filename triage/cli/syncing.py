"""sync: configured sources are pulled, once or for as long as it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.following import follow
from triage.cli.moments import moment_named
from triage.cli.options import most_option
from triage.cli.output import emit, emit_json, note
from triage.cli.progress import Progress
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import TriageError, UsageError

if TYPE_CHECKING:
    from triage.workspace import Workspace

_UNITS = {"s": 1, "m": 60, "h": 3600}


@verb("sync", example="triage sync reviews --json", schemas=("sync", "pull"))
@click.argument("names", nargs=-1)
@most_option
@click.option(
    "--since",
    default="",
    metavar="WHEN",
    help="Where a first pull begins: 30d, 2026-05-01.",
)
@click.option(
    "--dry-run", "rehearse", is_flag=True, help="Count what would come; store nothing."
)
@click.option("--now", is_flag=True, help="Try those too that wait after a failure.")
@click.option("--watch", is_flag=True, help="Go on for ever; store mail as it arrives.")
@click.option(
    "--every",
    default="5m",
    metavar="TIME",
    show_default=True,
    help="With --watch: how often to look where nothing tells.",
)
@click.option(
    "--print",
    "schedule",
    type=click.Choice(["cron", "systemd", "systemd-watch"]),
    help="Print the lines that let this system do it, and pull nothing.",
)
@click.pass_context
def sync(
    ctx: click.Context,
    session: Session,
    names: tuple[str, ...],
    limit: int | None,
    since: str,
    rehearse: bool,
    now: bool,
    watch: bool,
    every: str,
    schedule: str | None,
    as_json: bool,
) -> None:
    """
    Pull the configured sources and group what is new.

    Without names, all of them, several at once, but those that failed lately and whose
    time to be tried again has not come. A source that fails does not hold up the
    others; the exit code is 3 where some failed, 1 where all did.
    """
    from triage import config

    if schedule:
        from triage.cli.scheduling import written

        emit(written(schedule, session.path))
        return
    if watch and rehearse:
        raise UsageError("--watch stores what comes; --dry-run stores nothing")
    if not config.load(session.path).sources:
        raise UsageError("no source is configured; `triage sources add` adds one")
    workspace = session.open(create=not rehearse)
    begin = moment_named("--since", since, workspace)
    if watch:
        from triage.cli.watching import Watching

        events = workspace.watch(names, every=_seconds(every), limit=limit, since=begin)
        follow(events, Watching(as_json=as_json), endless=True)
        return
    asked: dict[str, Any] = {"limit": limit, "since": begin, "rehearse": rehearse}
    ctx.exit(_sync(workspace, names, asked | {"now": now}, as_json=as_json))


def _sync(
    workspace: Workspace,
    names: tuple[str, ...],
    asked: dict[str, Any],
    *,
    as_json: bool,
) -> int:
    many = len(set(names) or workspace.config.sources)
    progress = Progress(as_json=as_json, asked=many)
    bug: Exception | None = None
    try:
        follow(workspace.sync(names, **asked), progress)
    except TriageError:
        raise
    except Exception as error:  # raised again once it is told what came
        bug = error
    if workspace.stale():
        note(workspace.stale())
    if as_json:
        emit_json(
            "sync",
            progress.as_dict()
            | {"moved": progress.moved, "dry_run": asked["rehearse"]},
        )
    if bug is not None:
        raise bug
    return progress.code(many)


def _seconds(text: str) -> float:
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not number.isdecimal() or not 0 < int(number) < 10**6:
        raise UsageError(f"{text!r} is no span of time; try 30s, 5m or 1h")
    return float(int(number) * _UNITS[unit])
