"""tag own note tags: what people pin on feedback, wherever it stands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from triage.cli.naming import members, named
from triage.cli.options import ids_argument
from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb, verb_of_nouns
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.model import Feedback
    from triage.workspace import Workspace


@verb(
    "tag", example="triage tag f12 f13 --add billing --remove invoice",
    schemas=("steps",),
)  # fmt: skip
@ids_argument
@click.option("--add", multiple=True, metavar="TAG", help="Again for several.")
@click.option("--remove", multiple=True, metavar="TAG", help="Again for several.")
def tag(
    session: Session,
    ids: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    as_json: bool,
) -> None:
    """
    Give feedback tags, or take some away.

    Where it stands does not change. A tag that is there already stays. Neither case
    nor accents make another tag: it is written as it first was. Of a group, every
    member is tagged.
    """
    workspace = session.open()
    feedback = _pinned_on(workspace, ids)
    tell(workspace.tag(feedback, add=add, remove=remove), as_json=as_json)


@verb("own", example="triage own f12 --to dana", schemas=("steps",))
@ids_argument
@click.option(
    "--to", "owner", required=True, metavar="WHO", help="A name; “” for nobody."
)
def own(session: Session, ids: tuple[str, ...], owner: str, as_json: bool) -> None:
    """Say who looks after feedback."""
    workspace = session.open()
    tell(workspace.own(_pinned_on(workspace, ids), owner), as_json=as_json)


@verb(
    "note", example='triage note f12 "called them, they use the old exporter"',
    schemas=("steps",),
)  # fmt: skip
@click.argument("name", metavar="F")
@click.argument("words", nargs=-1)
@click.option("--edit", default="", metavar="N", help="Say something else in note n3.")
@click.option("--remove", default="", metavar="N", help="Remove note n3.")
def write_note(
    session: Session,
    name: str,
    words: tuple[str, ...],
    edit: str,
    remove: str,
    as_json: bool,
) -> None:
    """
    Write a note on feedback, change one or remove it.

    The words come from the command line, or from standard input where there are none
    or they are “-”.
    """
    if edit and remove:
        raise UsageError("give --edit or --remove, not both")
    if remove and words:
        raise UsageError("--remove takes no words")
    workspace = session.open()
    feedback = workspace.feedback(name)
    wanted = edit or remove
    if not wanted:
        tell(workspace.note([feedback], _words(words)), as_json=as_json)
        return
    found = workspace.find_note(wanted)
    if found.feedback_id != feedback.id:
        raise UsageError(f"{found.short} is no note on {feedback.short}")
    entry = (
        workspace.rewrite_note(found, _words(words))
        if edit
        else workspace.strike_note(found)
    )
    tell(entry, as_json=as_json)


@verb_of_nouns("tags", example="triage tags", schemas=("tags",))
def tags(session: Session, as_json: bool) -> None:
    """List the tags there are, on feedback and on pain points."""
    found = session.open().tags()
    if as_json:
        emit_json(
            "tags",
            {
                "tags": [
                    {
                        "tag": one.name,
                        "feedback": one.feedback,
                        "pain_points": one.pain_points,
                        "highlights": one.highlights,
                    }
                    for one in found
                ]
            },
        )
        return
    table(
        (">feedback", ">pain points", ">highlights", "tag"),
        [(one.feedback, one.pain_points, one.highlights, one.name) for one in found],
    )
    note(count(len(found), "tag"))


@verb(
    "rename", within=tags, schemas=("tag-rename",),
    example="triage tags rename invoices billing --preview",
)  # fmt: skip
@click.argument("old", metavar="TAG")
@click.argument("new", metavar="NEW")
@click.option("--preview", is_flag=True, help="Show how much has it; change nothing.")
def rename(session: Session, old: str, new: str, preview: bool, as_json: bool) -> None:
    """
    Call a tag something else wherever it is, in one step.

    Where the new name is a tag already, the two become one.
    """
    workspace = session.open()
    has_it = workspace.tag_count(old)
    entry = None if preview else workspace.rename_tag(old, new)
    if as_json:
        emit_json(
            "tag-rename",
            {
                "from": has_it.name,
                "to": new,
                "feedback": has_it.feedback,
                "pain_points": has_it.pain_points,
                "step": entry.id if entry else None,
            },
        )
    elif preview:
        many = count(has_it.pain_points, "pain point")
        emit(one_line(f"{has_it.name}: on {has_it.feedback:,} feedback and {many}"))
        note("nothing was changed")
    else:
        tell(entry, as_json=False)


def _pinned_on(workspace: Workspace, ids: Sequence[str]) -> list[Feedback]:
    found = {one.id: one for name in named(ids) for one in members(workspace, name)}
    return list(found.values())


def _words(words: Sequence[str]) -> str:
    if words and words != ("-",):
        return " ".join(words)
    if not words and sys.stdin.isatty():
        raise UsageError('a note needs words; `triage note f12 "called them"`')
    return sys.stdin.buffer.read().decode("utf-8", "replace")
