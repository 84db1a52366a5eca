"""sources: where feedback comes from, and how the last pull of each went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.options import limit_option, map_option, pairs
from triage.cli.output import clock, count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.source_shapes import of_batch, of_quarantined, of_source
from triage.cli.verbs import nouns, verb
from triage.errors import NotFound
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import BatchView

sources = nouns("sources", "Sources: where feedback comes from, and how they fare.")


@verb(
    "add", within=sources, schemas=("source",),
    example="triage sources add csv reviews path=reviews.csv --map body=Text",
)  # fmt: skip
@click.argument("connector")
@click.argument("name")
@click.argument("settings", nargs=-1, metavar="[KEY=VALUE]...")
@map_option
def add(
    session: Session,
    connector: str,
    name: str,
    settings: tuple[str, ...],
    mapping: tuple[str, ...],
    as_json: bool,
) -> None:
    """Configure a source; `triage sync` pulls it from then on."""
    given: dict[str, Any] = pairs(settings, "setting")
    if mapping:
        given["columns"] = pairs(mapping, "--map")
    workspace = session.open(create=True)
    made = workspace.add_source(name, connector, given)
    if as_json:
        view = next(one for one in workspace.sources() if one.name == made.name)
        emit_json("source", of_source(view))
        return
    emit(
        one_line(
            f"Added {made.name} ({made.connector}) to {workspace.config.path}", 999
        )
    )
    note(f"`triage sources check {made.name}` tries it without storing anything")


@verb("list", within=sources, schemas=("sources",), example="triage sources list")
def list_sources(session: Session, as_json: bool) -> None:
    """List sources, configured or imported, and how the last pull of each went."""
    from triage.cli.source_status import next_pull, status

    found = session.open().sources()
    if as_json:
        emit_json("sources", {"sources": [of_source(one) for one in found]})
        return
    table(
        (
            "name",
            "connector",
            "kept by",
            ">feedback",
            ">refused",
            "last pull",
            "next",
            "status",
        ),
        [
            (
                one.name,
                one.connector,
                "sync" if one.configured else "import",
                one.feedback,
                one.quarantined or "",
                clock(one.synced_at),
                next_pull(one),
                status(one),
            )
            for one in found
        ],
    )
    note(count(len(found), "source"))


@verb(
    "check",
    within=sources,
    schemas=("source-check",),
    example="triage sources check reviews",
)
@click.argument("name")
def check(session: Session, name: str, as_json: bool) -> None:
    """Pull one page of a source and show how it reads; nothing is stored."""
    from triage.cli.previewing import pull_one, tell_page

    workspace = session.open()
    if name not in workspace.config.sources:
        raise NotFound(f"no source is called {name}; `triage sources list` shows them")
    connector = workspace.connector(workspace.config.sources[name])
    tell_page(pull_one(connector), connector, "source-check", name, as_json=as_json)


@verb(
    "remove", within=sources, schemas=("source-removed",),
    example="triage sources remove reviews",
)  # fmt: skip
@click.argument("name")
def remove(session: Session, name: str, as_json: bool) -> None:
    """Stop pulling a source; what it brought stays."""
    workspace = session.open()
    workspace.remove_source(name)
    if as_json:
        emit_json("source-removed", {"name": name})
    else:
        emit(one_line(f"Removed {name} from {workspace.config.path}", 999))


@verb("imports", within=sources, schemas=("imports",), example="triage sources imports")
@limit_option
def imports(session: Session, limit: int, as_json: bool) -> None:
    """List imports and syncs, the latest first; each can be taken back whole."""
    found = session.open().imports(limit)
    if as_json:
        emit_json("imports", {"imports": [of_batch(one) for one in found]})
        return
    table(
        ("id", "when", "source", ">new", ">changed", ">same", ">refused", "what"),
        [
            (
                f"b{one.id}",
                clock(one.started_at),
                one.source,
                one.new,
                one.changed,
                one.same,
                one.quarantined,
                _what(one),
            )
            for one in found
        ],
    )


@verb(
    "quarantined", within=sources, schemas=("quarantined",),
    example="triage sources quarantined",
)  # fmt: skip
@limit_option
def quarantined(session: Session, limit: int, as_json: bool) -> None:
    """List inputs that could not be read, and why; `triage show ID --raw` has them."""
    found = session.open().quarantined(limit)
    if as_json:
        emit_json(
            "quarantined", {"quarantined": [of_quarantined(one) for one in found]}
        )
        return
    table(
        ("id", "source", "named there", "why"),
        [(one.short, one.source, one.external_id, one.why) for one in found],
    )
    note(count(len(found), "input"))


def _what(one: BatchView) -> str:
    if one.taken_back_at:
        return f"{one.label} (taken back)"
    return f"{one.label} (failed: {one.failure})" if one.failure else one.label
