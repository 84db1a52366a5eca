"""sources: where feedback comes from, and how the last pull of each went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.cli.options import limit_option
from triage.cli.output import clock, count, emit_json, note, table
from triage.cli.session import Session
from triage.cli.source_shapes import of_batch, of_quarantined, of_source
from triage.cli.verbs import verb, verb_of_nouns

if TYPE_CHECKING:
    from triage.workspace import BatchView


@verb_of_nouns("sources", example="triage sources", schemas=("sources",))
def sources(session: Session, as_json: bool) -> None:
    """Sources: where feedback comes from, and how they fare."""
    _tell(session, as_json=as_json)


@verb("list", within=sources, schemas=("sources",), example="triage sources list")
def list_sources(session: Session, as_json: bool) -> None:
    """List sources, configured or imported, and how the last pull of each went."""
    _tell(session, as_json=as_json)


def _tell(session: Session, *, as_json: bool) -> None:
    from triage.cli.source_status import (
        fewest_left,
        lag,
        next_calls,
        next_pull,
        status,
    )

    found = session.open().sources()
    if as_json:
        emit_json("sources", {"sources": [of_source(one) for one in found]})
        return
    table(
        (
            "name",
            "connector",
            ">feedback",
            "last pull",
            ">lag",
            "next",
            ">calls",
            ">left",
            "status",
        ),
        [
            (
                one.name,
                one.connector,
                one.feedback,
                clock(one.synced_at),
                lag(one),
                next_pull(one),
                next_calls(one),
                fewest_left(one),
                status(one),
            )
            for one in found
        ],
    )
    note(count(len(found), "source"))


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
