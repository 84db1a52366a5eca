"""persona entry: what is written on a map, and the words it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import emit, emit_json
from triage.cli.persona import persona
from triage.cli.persona_shapes import of_note
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.empathy import Area
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import NoteView

entry = nouns(
    "entry", "Entries of an empathy map: what is said, or concluded.", within=persona
)

_AREAS = click.Choice([area.value for area in Area])


@verb(
    "add", within=entry, schemas=("persona-entry",),
    example="triage persona entry add u1 says --from e7",
)  # fmt: skip
@click.argument("name", metavar="U")
@click.argument("area", type=_AREAS, metavar="AREA")
@click.argument("text", required=False, default="")
@click.option(
    "--from", "cited", multiple=True, metavar="H",
    help="Words it rests on: h3, or e7 of a pain point; again for several.",
)  # fmt: skip
def add(
    session: Session,
    name: str,
    area: str,
    text: str,
    cited: tuple[str, ...],
    as_json: bool,
) -> None:
    """
    Write an entry on a persona's map.

    AREA is says, thinks, does, feels, pains or gains; goals, contexts and preferences
    describe the persona itself. An entry that cites words is observed, else it is
    inferred, by you. What somebody says needs their words; without TEXT these are it.
    """
    workspace = session.open()
    made = workspace.write_entry(workspace.persona(name), area, text, cited)
    view = workspace.persona_view(workspace.persona(name))
    written = next(one for one in view.notes if one.note.id == made.id)
    if as_json:
        emit_json("persona-entry", of_note(written))
    else:
        show_entry(written)


@verb(
    "edit", within=entry, schemas=("steps",),
    example="triage persona entry edit m3 --from h4 --not-from h2",
)  # fmt: skip
@click.argument("name", metavar="M")
@click.option("--text", metavar="TEXT", help="What it says.")
@click.option("--area", type=_AREAS, metavar="AREA", help="Where it stands.")
@click.option(
    "--from", "cited", multiple=True, metavar="H",
    help="Words it rests on, too: h3 or e7; again for several.",
)  # fmt: skip
@click.option(
    "--not-from", "uncited", multiple=True, metavar="H",
    help="A highlight it does not rest on, after all.",
)  # fmt: skip
def edit(
    session: Session,
    name: str,
    text: str | None,
    area: str | None,
    cited: tuple[str, ...],
    uncited: tuple[str, ...],
    as_json: bool,
) -> None:
    """Change what an entry says, where it stands, or what it cites."""
    workspace = session.open()
    before = workspace.entry_named(name)
    if text is None and area is None and not cited and not uncited:
        raise UsageError("say what changes: --text, --area, --from or --not-from")
    highlights: list[str] | None = None
    if cited or uncited:
        known = [f"h{key}" for key in before.highlights]
        gone = {one.strip().casefold() for one in uncited}
        missing = gone - set(known)
        if missing:
            raise UsageError(f"{before.short} does not cite {min(missing)}")
        highlights = [one for one in (*known, *cited) if one not in gone]
    changed = workspace.change_entry(
        before, area=area, text=text, highlights=highlights
    )
    tell(changed, as_json=as_json)


@verb(
    "remove", within=entry, schemas=("steps",),
    example="triage persona entry remove m3",
)  # fmt: skip
@click.argument("name", metavar="M")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Remove an entry; the highlights it cites stay."""
    workspace = session.open()
    tell(workspace.remove_entry(workspace.entry_named(name)), as_json=as_json)


def show_entry(view: NoteView) -> None:
    """An entry with the words it cites."""
    one = view.note
    how = "observed" if view.is_observed else f"inferred by {one.by or 'somebody'}"
    emit(one_line(f"{one.short}  {one.area}: {one.text} ({how})", 4_000))
    for cited in view.cited:
        who = cited.feedback.author or cited.feedback.email or cited.feedback.short
        emit(
            one_line(
                f"    {cited.highlight.short} “{cited.highlight.quote}” — {who}", 4_000
            )
        )
        if not cited.is_theirs:
            emit(f"    {cited.highlight.short} is of somebody else")
