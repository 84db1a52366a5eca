"""research: sessions written in an editor, read from files, listed, changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.cli.output import clock, count, day, emit, emit_json, facts, note, table
from triage.cli.session import Session
from triage.cli.session_shapes import of_session
from triage.cli.steps import tell
from triage.cli.verbs import nouns, verb
from triage.cli.writing import from_editor, from_stdin
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.research import FollowUp
    from triage.workspace import Entry, SessionView

research = nouns(
    "research", "Research: what was heard in person, written down and kept."
)


_UNDERSTOOD = {True: "yes", False: "no", None: ""}


@verb(
    "new", within=research, schemas=("session",),
    example="triage research new --kind interview",
)  # fmt: skip
@click.option("--kind", default="interview", metavar="KIND",
              help="interview, usability, observation, focus group, visit, concept"
              " test, pricing, survey or note.")  # fmt: skip
@click.option("--guide", default="", metavar="NAME", help="Ask what this guide asks.")
@click.argument("source", metavar="[-]", required=False)
def new(
    session: Session, kind: str, guide: str, source: str | None, as_json: bool
) -> None:
    """
    Write down a session, in your editor or from standard input (-).

    What is known of it stands above as lines like "participant: Ana", what was said
    below; ==words== between equals signs are highlighted. What is not understood
    comes up again with the reason on top, so nothing written is lost.
    """
    from triage.operations.session_fields import kind_named
    from triage.operations.session_text import parsed

    wanted = kind_named(kind)
    workspace = session.open(create=True)

    def written(text: str) -> SessionView:
        made = workspace.write_session(parsed(text, wanted))
        return workspace.session_view(made)

    if source == "-":
        view = from_stdin(written)
    elif source is not None:
        raise UsageError(f"`triage research import {source}` reads a file")
    else:
        view_or_none = from_editor(workspace.session_template(wanted, guide), written)
        if view_or_none is None:
            note("nothing was written")
            return
        view = view_or_none
    if as_json:
        emit_json("session", of_session(view))
        return
    emit(one_line(f"Wrote {_called(view)}; heard as {view.feedback.short}", 400))
    if not view.consent:
        note("consent: nobody was asked yet, so nothing of it leaves this workspace")


@verb(
    "import", within=research, schemas=("sessions-read",),
    example="triage research import notes/",
)  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def read_files(session: Session, files: tuple[Path, ...], as_json: bool) -> None:
    """
    Read sessions from Markdown files and folders; again, and nothing changes.

    A file that has changed since changes its session. It is known by its id, or by
    its kind, date, participant and title. Nothing is read if one is not understood.
    """
    from triage.workspace.session_files import Became, found, read

    told = [read(path) for path in found(files)]
    known: dict[str, Path] = {}
    for new_one in told:
        other = known.setdefault(new_one.key, new_one.path)
        if other != new_one.path:
            raise UsageError(
                f"{other} and {new_one.path} would be one session: alike in kind, date,"
                " participant and title; give one of them a line “id: …”"
            )
    workspace = session.open(create=True)
    taken = [workspace.take_session(file) for file in told]
    if as_json:
        emit_json(
            "sessions-read",
            {
                "sessions": [
                    {"id": one.session.short, "file": str(file.path),
                     "became": one.became, "consent_kept": one.kept}
                    for one, file in zip(taken, told, strict=True)
                ]
            },
        )  # fmt: skip
        return
    for one, file in zip(taken, told, strict=True):
        if one.became is not Became.SAME:
            emit(one_line(f"{one.session.short} {one.became}: {file.path}", 400))
        if one.kept:
            note(
                f"{one.session.short}: the file lets out more than was agreed to here;"
                f" consent stays (`triage research consent {one.session.short} …`)"
            )
    many = {which: sum(one.became is which for one in taken) for which in Became}
    note(", ".join(f"{n} {which}" for which, n in many.items() if n))


@verb(
    "list", within=research, schemas=("sessions",),
    example="triage research list --open-follow-ups",
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option("--kind", default="", metavar="KIND", help="Only of this kind.")
@click.option("--consent", default=None, metavar="WORD",
              help="Only with it: no, anonymous, named or unasked.")  # fmt: skip
@click.option(
    "--open-follow-ups", is_flag=True, help="Only where something is still promised."
)
def list_sessions(
    session: Session,
    query: tuple[str, ...],
    kind: str,
    consent: str | None,
    open_follow_ups: bool,
    as_json: bool,
) -> None:
    """List sessions, the latest first; a query narrows them as it does feedback."""
    from triage.operations.session_fields import consent_named, kind_named

    found = session.open().sessions(" ".join(query))
    if kind:
        found = [v for v in found if v.session.kind is kind_named(kind)]
    if consent is not None:
        found = [v for v in found if v.consent is consent_named(consent)]
    if open_follow_ups:
        found = [view for view in found if view.open_follow_ups]
    if as_json:
        emit_json("sessions", {"sessions": [of_session(view) for view in found]})
        return
    table(
        ("id", "date", "=kind", "segment", "consent", ">marked", ">open", "who"),
        [
            (
                view.session.short, day(view.session.held_at), _kind(view),
                view.session.segment, view.consent.word,
                len(view.highlights) or "", view.open_follow_ups or "", _who(view),
            )
            for view in found
        ],
    )  # fmt: skip
    note(count(len(found), "session"))


@verb("show", within=research, schemas=("session",), example="triage research show i3")
@click.argument("name", metavar="I")
def show(session: Session, name: str, as_json: bool) -> None:
    """Show a session whole, with what is marked in it and what was promised."""
    workspace = session.open()
    view = workspace.session_view(workspace.session(name))
    show_session(view, as_json=as_json)


@verb("edit", within=research, schemas=("steps",), example="triage research edit i3")
@click.argument("name", metavar="I")
@click.argument("source", metavar="[-]", required=False)
def edit(session: Session, name: str, source: str | None, as_json: bool) -> None:
    """
    Change a session, in your editor or from standard input (-).

    Marks that are taken out of the text take their highlights with them.
    """
    from triage.operations.session_text import parsed

    if source not in {None, "-"}:
        raise UsageError("give - for standard input, or nothing for your editor")
    workspace = session.open()
    view = workspace.session_view(workspace.session(name))

    def rewritten(text: str) -> list[Entry | None]:
        told = parsed(text, view.session.kind)
        return [workspace.rewrite_session(view.session, told)]

    done = (
        from_stdin(rewritten)
        if source
        else from_editor(workspace.session_text(view), rewritten)
    )
    tell(done or [], as_json=as_json)


@verb(
    "remove", within=research, schemas=("steps",), example="triage research remove i3"
)
@click.argument("name", metavar="I")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Remove a session and the feedback it is heard as; `triage undo` is there."""
    workspace = session.open()
    tell(workspace.remove_session(workspace.session(name)), as_json=as_json)


@verb(
    "follow-up", within=research, schemas=("steps",),
    example="triage research follow-up i3 2 --done",
)  # fmt: skip
@click.argument("name", metavar="I")
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--done/--open", default=True, help="It is done, or open after all.")
def follow_up(
    session: Session, name: str, number: int, done: bool, as_json: bool
) -> None:
    """Say that what was promised in a session is done; it is the Nth promise."""
    workspace = session.open()
    entry = workspace.keep_follow_up(workspace.session(name), number - 1, done=done)
    tell(entry, as_json=as_json)


def show_session(view: SessionView, *, as_json: bool) -> None:
    """A session whole."""
    if as_json:
        emit_json("session", of_session(view))
        return
    told = view.session
    emit(one_line(_called(view), 400))
    emit()
    facts(
        [
            ("held", clock(told.held_at)),
            ("participant", told.participant),
            ("email", told.email),
            ("company", told.company),
            ("segment", told.segment),
            ("consent", view.consent or "unasked: nothing of it leaves"),
            ("guide", told.guide),
            ("asked", told.asked),
            ("understood", _UNDERSTOOD[told.confirmed]),
            ("surprise", told.surprise),
            *((name, value) for name, value in told.circumstances.items()),
            *((name.replace("_", " "), value) for name, value in told.told.items()),
            ("rating", _rating(view)),
            ("heard as", view.feedback.short),
            ("written", f"{clock(told.at)} by {told.by or 'somebody'}"),
        ]
    )  # fmt: skip
    if told.text:
        emit()
        emit(told.text)
    if view.highlights:
        emit()
        table(
            ("id", "feeling", "meaning", "tags", "quote"),
            [
                (
                    one.short,
                    f"{one.feeling} {one.intensity}" if one.feeling else "",
                    one.meaning or "", ", ".join(one.tags), f"“{one.quote}”",
                )
                for one in view.highlights
            ],
        )  # fmt: skip
    if told.follow_ups:
        emit()
        for number, one in enumerate(told.follow_ups, 1):
            emit(one_line(f"{number}. {_promise(one)}", 400))


def _promise(one: FollowUp) -> str:
    mark = "x" if one.done_at else " "
    due = f" by {one.due.isoformat()}" if one.due else ""
    done = f", done {day(one.done_at)}" if one.done_at else ""
    return f"[{mark}] {one.text}{due}{done}"


def _rating(view: SessionView) -> str:
    told = view.session
    if told.rating is None:
        return ""
    return f"{told.rating:g} on {told.scale} {told.metric}".rstrip()


def _called(view: SessionView) -> str:
    from triage.operations.sessions import name

    return name(view.session)


def _who(view: SessionView) -> str:
    """Who was heard and what about, as far as that is known."""
    about = view.session.title or one_line(view.session.text, 80)
    return " — ".join(one for one in (view.session.participant, about) if one)


def _kind(view: SessionView) -> str:
    return view.session.kind.replace("_", " ")
