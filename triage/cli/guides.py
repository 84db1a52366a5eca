"""guide list, show, add, edit, remove, new: interview guides, kept by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, emit, emit_json, moment, note, table
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.model import Channel
    from triage.research import Guide
    from triage.workspace import Workspace

guide = nouns("guide", "Interview guides: what to ask, and how to ask it openly.")

_MOST = 1_000_000


class _Session(click.ParamType[Any]):
    """A kind of session; a dash or a space is as good as the line between words."""

    name = "kind"

    def convert(self, value: Any, param: Any, ctx: Any) -> Channel:
        from triage.research import KINDS

        told = "_".join(str(value).lower().replace("-", " ").split())
        found = next((one for one in KINDS if one == told), None)
        if found is None:
            self.fail(f"{value!r} is none of {', '.join(KINDS)}", param, ctx)
        return found


KIND = _Session()


def _parts(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--edit", is_flag=True, help="Write it in your editor."),
        click.option(
            "--file", "file", type=click.File("r", encoding="utf-8"),
            help="Its text, in Markdown; - for standard input.",
        ),
        click.option("--language", metavar="CODE", help="In which it asks: en, de."),
        click.option(
            "--kind", type=KIND, metavar="KIND",
            help="Of session it is for: interview, usability, visit …",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


@verb("list", within=guide, schemas=("guides",), example="triage guide list")
def list_guides(session: Session, as_json: bool) -> None:
    """List the guides that are kept, with how many questions each asks."""
    workspace = session.open()
    kept = workspace.guides()
    if as_json:
        emit_json("guides", {"guides": [_shape(workspace, one) for one in kept]})
        return
    rows = [_shape(workspace, one) for one in kept]
    table(
        ("kind", "language", ">questions", ">marked", "name"),
        [
            (
                one["kind"].replace("_", " "),
                one["language"],
                one["questions"],
                one["marked"],
                one["name"],
            )
            for one in rows
        ],
    )
    note(count(len(kept), "guide") if kept else _NONE)


_NONE = "no guide yet; `triage guide add NAME --kind interview` begins one"


@verb("show", within=guide, schemas=("guide",), example="triage guide show onboarding")
@click.argument("name", metavar="NAME")
def show(session: Session, name: str, as_json: bool) -> None:
    """Print a guide as it is kept."""
    workspace = session.open()
    _print(workspace, workspace.guide(name), as_json=as_json)


@verb(
    "add", within=guide, schemas=("guide",),
    example="triage guide add onboarding --kind interview --edit",
)  # fmt: skip
@click.argument("name", metavar="NAME")
@_parts
def add(session: Session, name: str, as_json: bool, **given: Any) -> None:
    """
    Keep a guide by name.

    Without --file it is the one to begin with for that kind of session, as
    `triage guide new` prints it.
    """
    from triage.guides.templates import kinds, template
    from triage.model import Channel

    workspace = session.open(create=True)
    text = _text(given)
    if given["edit"]:
        kind = given["kind"] or Channel.INTERVIEW
        begun = text or (template(kind) if kind in kinds() else "")
        text = click.edit(begun, extension=".md", require_save=False)
        if not (text or "").strip():
            note("nothing was written")
            return
    made = workspace.add_guide(
        name, text or "", given["kind"], given["language"] or ""
    )  # fmt: skip
    _print(workspace, made, as_json=as_json, whole=False)


@verb(
    "edit", within=guide, schemas=("steps",),
    example="triage guide edit onboarding --name setup --kind visit",
)  # fmt: skip
@click.argument("name", metavar="NAME")
@click.option("--name", "renamed", metavar="NAME", help="What it is called from now.")
@_parts
def edit(session: Session, name: str, as_json: bool, **given: Any) -> None:
    """Change a guide; without options your editor opens."""
    workspace = session.open()
    before = workspace.guide(name)
    text = _text(given)
    told = (text, given["renamed"], given["kind"], given["language"])
    if given["edit"] or all(one is None for one in told):
        text = click.edit(text or before.text, extension=".md", require_save=False)
        if text is None or text.strip() == before.text.strip():
            note("nothing was changed")
            return
    entry = workspace.change_guide(
        before, name=given["renamed"], text=text, kind=given["kind"],
        language=given["language"],
    )  # fmt: skip
    tell(entry, as_json=as_json)
    if not as_json:
        _hint(workspace, workspace.guide(given["renamed"] or before.name))


@verb(
    "remove", within=guide, schemas=("steps",), example="triage guide remove onboarding"
)
@click.argument("name", metavar="NAME")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Remove a guide; `triage undo` brings it back."""
    workspace = session.open()
    tell(workspace.remove_guide(workspace.guide(name)), as_json=as_json)


@verb(
    "new", within=guide, schemas=("guide-template",),
    example="triage guide new interview",
)  # fmt: skip
@click.argument("kind", type=KIND, metavar="KIND")
def new(session: Session, kind: Channel, as_json: bool) -> None:
    """
    Print a guide to begin with.

    KIND is interview, usability, observation, focus_group, visit, concept_test or
    pricing.
    """
    from triage.guides.templates import template

    del session
    text = template(kind)
    if as_json:
        emit_json("guide-template", {"kind": str(kind), "language": "en", "text": text})
    else:
        emit(text.rstrip("\n"))


def _text(given: dict[str, Any]) -> str | None:
    if given["file"] is None:
        return None
    try:
        told = given["file"].read(_MOST)
    except UnicodeDecodeError as error:
        raise UsageError(f"{given['file'].name} is not UTF-8: {error}") from error
    if not told.strip():
        raise UsageError(f"there is no text in {given['file'].name}")
    return str(told)


def _print(
    workspace: Workspace, kept: Guide, *, as_json: bool, whole: bool = True
) -> None:
    if as_json:
        emit_json("guide", {**_shape(workspace, kept), "text": kept.text})
        return
    if whole:
        emit(kept.text.rstrip("\n"))
    else:
        emit(f"kept as {kept.name}")
    _hint(workspace, kept)


def _hint(workspace: Workspace, kept: Guide) -> None:
    """How many questions the check would mark; nothing where it knows no rules."""
    one = _shape(workspace, kept)
    if one["marked"]:
        asked = f"{one['marked']} of {count(one['questions'], 'question')}"
        note(f"{asked} better asked otherwise; `triage guide check {kept.name}`")


def _shape(workspace: Workspace, kept: Guide) -> dict[str, Any]:
    from triage.guides.rules import languages

    has_rules = kept.language in languages()
    checked = workspace.check_guide(kept) if has_rules else None
    return {
        "name": kept.name,
        "kind": str(kept.kind),
        "language": kept.language,
        "questions": len(checked.questions) if checked else None,
        "marked": len(checked.marked) if checked else None,
        "at": moment(kept.at),
        "by": kept.by,
    }
