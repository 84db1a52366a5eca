"""outbox send: what waits is told to its services, once a person has said so."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from triage.cli.following import follow
from triage.cli.naming import named
from triage.cli.options import ids_argument
from triage.cli.outbox import outbox, show_draft
from triage.cli.outbox_shapes import of_event
from triage.cli.output import count, emit, emit_json, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.draft import Draft
    from triage.workspace import DraftView, Workspace

_WORDS = {
    "sent": "Sent",
    "already_there": "Was there already:",
    "would_send": "Would send",
    "failed": "Not sent:",
}


@verb(
    "send", within=outbox, schemas=("sending",), example="triage outbox send d4 --yes"
)
@ids_argument
@click.option("--all", "every", is_flag=True, help="Whatever waits.")
@click.option("--dry-run", "rehearse", is_flag=True, help="Say what would be sent.")
@click.option(
    "--again", is_flag=True,
    help="Even where it may have arrived, something else stands there, or another draft"
    " told them.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can be.")
@click.pass_context
def send(
    ctx: click.Context,
    session: Session,
    ids: tuple[str, ...],
    every: bool,
    rehearse: bool,
    again: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """
    Send what waits in the outbox; nothing takes that back.

    A source that is not set to writes=true is told nothing: what would be sent is
    shown. The service is asked first what is there, so nothing is sent twice. The exit
    code is 3 where some could not be sent, 1 where none could.
    """
    if every and ids:
        raise UsageError("name drafts or give --all, not both")
    workspace = session.open()
    views = (
        workspace.drafts() if every else [workspace.draft(one) for one in named(ids)]
    )
    if not rehearse and not yes:
        _ask(workspace, [view for view in views if _goes_out(workspace, view)])
    telling = _Telling(as_json=as_json)
    drafts: Sequence[Draft] = [view.draft for view in views]
    bug: Exception | None = None
    try:
        follow(workspace.send(drafts, again=again, rehearse=rehearse), telling)
    except Exception as error:  # raised again once it is told what was sent
        bug = error
    if as_json:
        emit_json("sending", telling.as_dict() | {"dry_run": rehearse})
    elif not views:
        note("nothing waits to be sent")
    if bug is not None:
        raise bug
    ctx.exit(telling.code)


def _goes_out(workspace: Workspace, view: DraftView) -> bool:
    source = workspace.config.sources.get(view.draft.source)
    return bool(source and source.writes) and view.state in {
        "waiting", "failed", "sending",
    }  # fmt: skip


def _ask(workspace: Workspace, views: Sequence[DraftView]) -> None:
    """Ask once, with all that goes out on the screen; this cannot be undone."""
    if not views:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            f"nobody is there to be asked whether to send {count(len(views), 'draft')};"
            " add --yes, or --dry-run to see what would be sent"
        )
    for view in views:
        show_draft(workspace, view)
        emit()
    click.confirm(
        f"Send {_many(views)}? It cannot be taken back.",
        abort=True, err=True,
    )  # fmt: skip


def _many(views: Sequence[DraftView]) -> str:
    if all(view.draft.act == "reply" for view in views):
        return count(len(views), "reply", "replies")
    return count(len(views), "draft")


class _Telling:
    """What became of each, told as it happens and counted."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._told: list[dict[str, Any]] = []

    def take(self, event: Any) -> None:
        """One draft is through."""
        told = of_event(event)
        self._told.append(told)
        if self._as_json:
            return
        to = f" to {told['source']}" if told["what"] in {"sent", "would_send"} else ""
        line = f"{_WORDS[told['what']]} {told['id']}{to}"
        if told["what"] == "failed":
            note(f"{line}: {told['why']}")
            return
        emit(one_line(f"{line}: {told['text']}", 2_000))
        if told["replaces"]:
            emit(one_line(f"  in place of: {told['replaces']}", 2_000))
        if told["key"] and event.draft.act == "create":
            note(f"{told['id']}: it is {told['key']} there  {told['url']}".rstrip())
        if told["stands"]:
            note(f"{told['id']}: what stands there is “{told['stands']}”")
        if told["why"]:
            note(f"{told['id']} was not sent: {told['why']}")

    def stop(self) -> None:
        """What was being told is found out the next time."""
        note("stopped; `triage outbox list` shows what waits")

    def wipe(self) -> None:
        """Nothing stands there for the moment only."""

    def as_dict(self) -> dict[str, Any]:
        """What became of each, and how many of each."""
        many = Counter(one["what"] for one in self._told)
        return {name: many[name] for name in _WORDS} | {"drafts": self._told}

    @property
    def code(self) -> int:
        """0 where nothing failed, 3 where some did, 1 where all did."""
        failed = sum(one["what"] == "failed" for one in self._told)
        if not failed:
            return 0
        return 1 if failed == len(self._told) else 3
