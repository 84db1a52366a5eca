"""views: queries with a name, kept beside the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import day, emit, emit_json, moment, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb, verb_of_nouns
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.config import SavedView
    from triage.workspace import ViewSize, Workspace


@verb_of_nouns("views", example="triage views", schemas=("views",))
def views(session: Session, as_json: bool) -> None:
    """List saved views, with how much waits in each."""
    workspace = session.open()
    found = [(one, *_size(workspace, one)) for one in workspace.config.views.values()]
    if as_json:
        emit_json("views", {"views": [_of_view(*one) for one in found]})
        return
    if not found:
        note("no view yet; `triage views add unhappy 'rating:<=2 -linked'` makes one")
        return
    table(
        ("name", ">waiting", "oldest", "query"),
        [
            (
                view.name,
                "?" if size is None else str(size),
                day(size.oldest_at) if size and size.oldest_at else "",
                wrong or view.query,
            )
            for view, size, wrong in found
        ],
    )


@verb(
    "add", within=views, schemas=("view",), takes_dashes=True,
    example="triage views add unhappy 'rating:<=2 segment:enterprise -linked'",
)  # fmt: skip
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--columns", default="", metavar="NAMES",
    help="Columns of its list in the app, with commas between.",
)  # fmt: skip
def add(
    session: Session, name: str, query: tuple[str, ...], columns: str, as_json: bool
) -> None:
    """Save a query under a name, in place of what had it."""
    workspace = session.open()
    wanted = tuple(one.strip() for one in columns.split(",") if one.strip())
    view = workspace.save_view(name, " ".join(query), wanted)
    if as_json:
        emit_json("view", _of_view(view, *_size(workspace, view)))
    else:
        emit(one_line(f"Saved {view.name}: {view.query}", 999))


@verb("remove", within=views, example="triage views remove unhappy")
@click.argument("name")
def remove(session: Session, name: str) -> None:
    """Forget a view; what it showed stays."""
    workspace = session.open()
    view = workspace.saved_view(name)
    workspace.remove_view(name)
    emit(one_line(f"Removed {view.name}, which was {view.query}", 999))


def _size(workspace: Workspace, view: SavedView) -> tuple[ViewSize | None, str]:
    """How much waits in it; for a query that is off, what is."""
    from triage.query import parsed

    try:
        return workspace.size(parsed(view.query)), ""
    except UsageError as error:
        return None, str(error)


def _of_view(view: SavedView, size: ViewSize | None, wrong: str) -> dict[str, object]:
    return {
        "name": view.name,
        "query": view.query,
        "columns": list(view.columns),
        "rows": size.rows if size else None,
        "is_more": bool(size and size.is_more),
        "oldest_at": moment(size.oldest_at) if size and size.oldest_at else None,
        "wrong": wrong,
    }
