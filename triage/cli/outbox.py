"""outbox list show edit drop: what waits to be sent, looked at and put right."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from triage.cli.naming import named
from triage.cli.options import ids_argument
from triage.cli.outbox_shapes import of_draft
from triage.cli.output import clock, count, emit, emit_json, facts, note, table
from triage.cli.session import Session
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.workspace import DraftView, Workspace

outbox = nouns("outbox", "The outbox: what waits to be sent, and sending it.")


@verb("list", within=outbox, schemas=("outbox",), example="triage outbox list")
@click.option("--all", "every", is_flag=True, help="What was sent or dropped, too.")
def list_drafts(session: Session, every: bool, as_json: bool) -> None:
    """List what waits to be sent, the oldest first."""
    workspace = session.open()
    found = workspace.drafts(every=every)
    if as_json:
        tell_drafts(workspace, found)
        return
    table(
        ("id", "state", "to", "source", "in", "text"),
        [
            (
                view.draft.short,
                view.state,
                about(view),
                view.draft.source,
                language(workspace, view),
                view.draft.text,
            )
            for view in found
        ],
    )
    note(count(len(found), "draft"))
    for view in found:
        if view.delivery and view.delivery.failure and view.state != "sent":
            note(f"{view.draft.short}: {view.delivery.failure}")


@verb("show", within=outbox, schemas=("draft",), example="triage outbox show d4")
@click.argument("name", metavar="D")
def show(session: Session, name: str, as_json: bool) -> None:
    """Show a draft whole, with what it answers and what became of it."""
    workspace = session.open()
    view = workspace.draft(name)
    if as_json:
        emit_json("draft", of_draft(view, language(workspace, view)))
        return
    show_draft(workspace, view)


@verb(
    "edit", within=outbox, schemas=("outbox",),
    example='triage outbox edit d4 "Thank you, 5.3 puts that right"',
)  # fmt: skip
@click.argument("name", metavar="D")
@click.argument("words", nargs=-1)
def edit(session: Session, name: str, words: tuple[str, ...], as_json: bool) -> None:
    """
    Let a draft say something else.

    Without words your editor opens on it; they come from standard input where there is
    no terminal or they are “-”.
    """
    workspace = session.open()
    draft = workspace.draft(name).draft
    text = typed(words) if words or not sys.stdin.isatty() else edited(draft.text)
    if text is None:
        note("nothing was changed")
        return
    made = workspace.draft(workspace.redraft(draft, text).id)
    if as_json:
        tell_drafts(workspace, [made])
        return
    show_draft(workspace, made)


@verb("drop", within=outbox, schemas=("outbox",), example="triage outbox drop d4")
@ids_argument
def drop(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """Drop drafts: they are not to be sent; `triage undo` brings them back."""
    workspace = session.open()
    drafts = [workspace.draft(name).draft for name in named(ids)]
    workspace.drop_drafts(drafts)
    dropped = [workspace.draft(one.id) for one in drafts]
    if as_json:
        tell_drafts(workspace, dropped)
        return
    for view in dropped:
        emit(one_line(f"Dropped {view.draft.short}: {view.draft.text}", 200))


def show_draft(workspace: Workspace, view: DraftView) -> None:
    """A draft for a person, with the words it answers above it."""
    draft, delivery, said = view.draft, view.delivery, view.feedback
    sent_at = delivery.ended_at if view.state == "sent" and delivery else None
    emit(one_line(f"{draft.short}  {draft.act} at {draft.source}, {view.state}"))
    emit()
    facts(
        [
            ("to", view.to),
            (
                "about",
                one_line(f"{said.short} {said.title or said.body}")
                if said
                else _concerns(view),
            ),
            ("subject" if view.to else "title", draft.title),
            ("language", language(workspace, view)),
            ("written", f"{clock(draft.at)} by {draft.by or 'somebody'}"),
            ("length", f"{len(draft.text):,}"),
            ("replaces", str(draft.details.get("answered", ""))),
            ("tries", delivery.tries if delivery else ""),
            ("sent", clock(sent_at)),
            ("stands there", delivery.receipt.get("text", "") if delivery else ""),
            ("there", delivery.receipt.get("external_id", "") if delivery else ""),
            ("link", delivery.receipt.get("url", "") if delivery else ""),
            ("failure", delivery.failure if delivery else ""),
        ]
    )
    emit()
    emit(draft.text)


def _concerns(view: DraftView) -> str:
    """The plan and pain point a tracker is told about, and where a link leads."""
    details = view.draft.details
    plan = f"r{details['item']} {details.get('key', '')}" if "item" in details else ""
    point = view.draft.pain_point_id
    parts = [f"p{point}" if point else "", plan.strip(), str(details.get("url", ""))]
    return one_line(", ".join(one for one in parts if one))


def tell_drafts(workspace: Workspace, views: Sequence[DraftView]) -> None:
    """Drafts as one JSON document."""
    told = [of_draft(view, language(workspace, view)) for view in views]
    emit_json("outbox", {"drafts": told})


def about(view: DraftView) -> str:
    """The id of what a draft is about; the address, where it goes to one."""
    if view.to:
        return view.to
    if view.feedback:
        return view.feedback.short
    return f"p{view.draft.pain_point_id}" if view.draft.pain_point_id else ""


def language(workspace: Workspace, view: DraftView) -> str:
    """What the customer speaks, which a draft answers; "" where nobody knows."""
    return workspace.tone(view.feedback).language if view.feedback else ""


def typed(words: Sequence[str]) -> str:
    """The words given, or those on standard input for none or “-”."""
    if words and tuple(words) != ("-",):
        return " ".join(words)
    if sys.stdin.isatty() and not words:
        raise UsageError('give the words, "-" for standard input, or --edit')
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def edited(text: str) -> str | None:
    """The text as a person left it in their editor; None where they kept none."""
    return click.edit(text, require_save=False)
