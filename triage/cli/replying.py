"""reply replies: an answer to feedback, written and left in the outbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from triage.cli.naming import members, named
from triage.cli.outbox import edited, language, tell_drafts, typed
from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.model import Feedback
    from triage.workspace import DraftView, Workspace

_ID = re.compile(r"[fgFG]?\d+")


@verb(
    "reply", schemas=("outbox",),
    example='triage reply f12 "Thank you, 5.3 puts that right"',
)  # fmt: skip
@click.argument("words", nargs=-1, metavar="ID... [TEXT]")
@click.option(
    "--template", default="", metavar="NAME",
    help="Say what this template says; `triage replies` lists them.",
)  # fmt: skip
@click.option("--edit", is_flag=True, help="Open it in your editor first.")
def reply(
    session: Session, words: tuple[str, ...], template: str, edit: bool, as_json: bool
) -> None:
    """
    Draft a reply to feedback; it waits in the outbox.

    Nothing is sent before `triage outbox send`. A draft that waits already says this
    from then on. Several feedback get a reply each, in one step. Without a text it
    comes from standard input.
    """
    ids, text = _parted(words)
    if template and text:
        raise UsageError("give a text or --template, not both")
    workspace = session.open()
    feedback = _meant(workspace, named(ids) if template else ids)
    if edit and len(feedback) > 1:
        raise UsageError("--edit is for one reply; `triage outbox edit` opens each")
    if template:
        replies = [(one, workspace.filled(template, one)) for one in feedback]
    elif edit:
        replies = [(feedback[0], " ".join(text) or _begun(workspace, feedback[0]))]
    else:
        words_for_all = typed(text)
        replies = [(one, words_for_all) for one in feedback]
    if edit:
        kept = edited(replies[0][1])
        if kept is None or not kept.strip():
            note("nothing was written")
            return
        replies = [(feedback[0], kept)]
    made = [workspace.draft(one.id) for one in workspace.draft_replies(replies)]
    if as_json:
        tell_drafts(workspace, made)
        return
    for view in made:
        _tell(workspace, view)
    ids_made = " ".join(view.draft.short for view in made[:8])
    note(f"`triage outbox send {ids_made}` sends it; nothing was sent yet")


@verb("replies", schemas=("replies",), example="triage replies f12")
@click.argument("name", metavar="[F]", required=False)
def replies(session: Session, name: str | None, as_json: bool) -> None:
    """
    List templates of replies, as they are or filled in.

    With a feedback, each is shown as it would answer it. They stand under [replies] in
    the workspace's settings: thanks = "Hello {author|there}, …".
    """
    workspace = session.open()
    feedback = workspace.feedback(name) if name else None
    told = [
        (template, text, *_filled(workspace, template, feedback))
        for template, text in workspace.templates().items()
    ]
    if as_json:
        shapes = [
            {"name": template, "text": text, "filled": filled, "why": why}
            for template, text, filled, why in told
        ]
        emit_json("replies", {"replies": shapes})
        return
    if feedback is None:
        table(("name", "text"), [(one[0], one[1]) for one in told])
    else:
        for template, _, filled, why in told:
            emit(f"{template}\n")
            emit(f"{filled or why}\n")
    note(f"{count(len(told), 'template')} in {workspace.config.path.name}")


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Ids come first; what follows the last of them is the text."""
    ids: list[str] = []
    for word in words:
        if not _ID.fullmatch(word):
            break
        ids.append(word)
    if words and not ids:
        raise UsageError(f"{words[0]!r} is no id; `triage reply f12 “text”`")
    return ids, list(words[len(ids) :])


def _meant(workspace: Workspace, ids: Sequence[str]) -> list[Feedback]:
    if not ids:
        raise UsageError("no id was given; `triage reply f12 “text”`")
    found = {one.id: one for name in ids for one in members(workspace, name)}
    return list(found.values())


def _begun(workspace: Workspace, feedback: Feedback) -> str:
    """What the editor opens on: what waits already, else what stands there."""
    rules = workspace.reply_rules(feedback)
    return rules.drafted.draft.text if rules.drafted else rules.answered


def _filled(
    workspace: Workspace, template: str, feedback: Feedback | None
) -> tuple[str, str]:
    if feedback is None:
        return "", ""
    try:
        return workspace.filled(template, feedback), ""
    except UsageError as error:
        return "", str(error)


def _tell(workspace: Workspace, view: DraftView) -> None:
    assert view.feedback is not None
    longest = workspace.act_of(view.draft).longest
    size = f"{len(view.draft.text):,}"
    size += f" of {longest:,} characters" if longest else " characters"
    speaks = language(workspace, view)
    spoken = f", who wrote in {speaks}" if speaks else ""
    emit(
        one_line(
            f"{view.draft.short} waits for {view.draft.source}: a reply to"
            f" {view.feedback.short}{spoken}; {size}",
            400,
        )
    )
    answered = str(view.draft.details.get("answered", ""))
    if answered:
        note(f"sent, it replaces what stands there: “{answered}”")
