"""import: files are read once, told as they come, and taken back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.following import follow
from triage.cli.options import map_option, most_option, pairs, set_option, told_settings
from triage.cli.output import count, emit, emit_json, note
from triage.cli.progress import Progress
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import TriageError, UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from triage.workspace import Workspace


@verb(
    "import",
    example="triage import reviews.csv --map body=Text --map rating=Stars",
    schemas=("import", "preview", "taken-back", "restore"),
)
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--as", "connector", default="", metavar="NAME", help="What they are.")
@click.option(
    "--source",
    default="",
    metavar="NAME",
    help="Where it came from; else the file's name.",
)
@map_option
@set_option
@click.option(
    "--preview", is_flag=True, help="Show how it would be read; store nothing."
)
@click.option("--take-back", metavar="B", help="Undo an import whole: b3.")
@most_option
@click.pass_context
def import_files(
    ctx: click.Context,
    session: Session,
    files: tuple[str, ...],
    connector: str,
    source: str,
    mapping: tuple[str, ...],
    settings: tuple[str, ...],
    preview: bool,
    take_back: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """
    Read files once: CSV, JSON lines, mail, a backlog.

    What they are is told from name and content unless --as says it. A second import
    of the same file changes nothing. A backlog we exported is restored.
    """
    if take_back is not None:
        if files:
            raise UsageError("--take-back takes an import back and reads no file")
        _take_back(session, take_back, as_json=as_json)
        return
    if not files:
        raise UsageError("no file was given; `triage import reviews.csv`")
    paths = _there(files)
    given = told_settings(settings, "--set")
    if mapping:
        given["columns"] = pairs(mapping, "--map")
    if preview:
        from triage.cli.previewing import preview_file

        for file in paths:
            preview_file(file, connector, given, as_json=as_json)
        return
    _import(ctx, session, paths, connector, source, given, limit, as_json=as_json)


def _there(files: tuple[str, ...]) -> list[Path]:
    from pathlib import Path

    paths = [Path(file).expanduser() for file in files]
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} is not there; check the path")
    return paths


def _import(
    ctx: click.Context,
    session: Session,
    files: list[Path],
    connector: str,
    source: str,
    given: dict[str, Any],
    limit: int | None,
    *,
    as_json: bool,
) -> None:
    from triage.export import is_backlog

    backlogs = [] if connector else [file for file in files if is_backlog(file)]
    if backlogs and len(files) > 1:
        raise UsageError(f"{backlogs[0]} is a backlog; restore it by itself")
    if backlogs:
        _restore(session, backlogs[0], as_json=as_json)
        return
    if len(files) > 1 or not session.path.exists():
        # What cannot be read must leave nothing behind: no half of the files, no
        # empty workspace. One file by itself is looked at before it is stored anyway.
        from triage.cli.previewing import first_page

        for file in files:
            first_page(file, connector, given)
    workspace = session.open(create=True)
    progress = Progress(as_json=as_json)
    for file in files:
        events = workspace.import_file(
            file, connector=connector, source=source, settings=given, limit=limit
        )
        try:
            follow(events, progress)
        except TriageError as error:
            if len(files) == 1:
                raise
            progress.fail(str(file), str(error))
    if as_json:
        emit_json("import", progress.as_dict())
    ctx.exit(progress.code(len(files)))


def _restore(session: Session, file: Path, *, as_json: bool) -> None:
    brought = session.open(create=True).restore(file)
    told = {
        "feedback": brought.feedback,
        "pain_points": brought.pain_points,
        "evidence": brought.evidence,
        "roadmap_items": brought.roadmap_items,
        "links": brought.links,
    }
    if as_json:
        step = brought.entry.id if brought.entry else None
        emit_json("restore", {"step": step, **told})
        return
    spoken = ", ".join(
        f"{many:,} {name.replace('_', ' ')}" for name, many in told.items() if many
    )
    emit(one_line(f"Restored {file.name}: {spoken or 'everything was here already'}"))
    if brought.lacks:
        note(brought.lacks)


def _take_back(session: Session, batch: str, *, as_json: bool) -> None:
    number = batch[1:] if batch[:1] in {"b", "B"} else batch
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise UsageError(f"{batch!r} is no import; they look like b3")
    workspace: Workspace = session.open()
    gone = workspace.take_back(int(number))
    if as_json:
        emit_json("taken-back", {"id": f"b{int(number)}", "removed": gone})
    else:
        emit(f"Took back b{int(number)}: {count(gone, 'feedback', 'feedback')} less")
