"""How a file or a source would be read: its first page, and nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from triage.cli.output import (
    count,
    day,
    emit,
    emit_json,
    facts,
    moment,
    note,
    stars,
    table,
)
from triage.cli.shapes import plain
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping
    from pathlib import Path

    from triage.connector import Connector, Incoming, Page, Unreadable
    from triage.transport import Http

_ROWS = 5


def preview_file(
    file: Path, name: str, settings: Mapping[str, Any], *, as_json: bool
) -> None:
    """Show which column becomes what, and the first rows."""
    connector = _connector(file, name, settings)
    tell_page(pull_one(connector), connector, "preview", str(file), as_json=as_json)


def first_page(file: Path, name: str, settings: Mapping[str, Any]) -> Page | None:
    """What the file begins with; raises where it cannot be read as that."""
    return pull_one(_connector(file, name, settings))


def pull_one(connector: Connector) -> Page | None:
    """The first page of a connector from the beginning; None where there is none."""
    import asyncio
    import contextlib

    async def pull() -> Page | None:
        # A connector of files is given no client and asks for none.
        pages = connector.pull(cast("Http", None), None)
        async with contextlib.aclosing(
            cast("AsyncGenerator[Page, None]", pages)
        ) as all_:
            async for page in all_:
                return page
        return None

    return asyncio.run(pull())


def tell_page(
    page: Page | None, connector: Connector, schema: str, name: str, *, as_json: bool
) -> None:
    """Print what a first page holds."""
    if as_json:
        emit_json(schema, {"name": name, **of_page(page, connector)})
    else:
        show_page(page, connector, name)


def of_page(page: Page | None, connector: Connector | None) -> dict[str, Any]:
    """A first page for a program; nothing in it where none was pulled."""
    read, refused = _sorted(page)
    columns, unmapped = _sniffed(connector)
    return {
        "inputs": len(read) + len(refused),
        "columns": columns,
        "unmapped": unmapped,
        "unreadable": [_refused(one) for one in refused[:_ROWS]],
        "rows": [_row(one) for one in read[:_ROWS]],
    }


def show_page(page: Page | None, connector: Connector, name: str) -> None:
    """A first page for a person."""
    read, refused = _sorted(page)
    columns, unmapped = _sniffed(connector)
    inputs = count(len(read) + len(refused), "input")
    emit(one_line(f"{name}: {inputs} on the first page", 999))
    if columns:
        emit()
        emit("Read from these columns:")
        facts((f"  {field}", column) for field, column in columns.items())
    if unmapped:
        emit(one_line(f"Kept as context: {', '.join(unmapped)}", 1000))
    emit()
    table(
        ("id there", "when", "from", "channel", "kind", "rating", "text"),
        [
            (
                one.external_id,
                day(one.received_at),
                one.author or one.email,
                one.channel,
                one.kind,
                stars(one.rating, one.scale),
                f"{one.title} · {one.body}" if one.title else one.body,
            )
            for one in read[:_ROWS]
        ],
    )
    for one in refused[:_ROWS]:
        note(f"cannot be read: {one.external_id}: {one.why}")
    note("nothing was stored")


def _connector(file: Path, name: str, settings: Mapping[str, Any]) -> Connector:
    from triage.workspace.pulling import Pulling

    # Telling what a file is needs no workspace, which may not be there yet.
    telling = Pulling()
    found: Connector = telling.file_connector(
        file, name or telling.recognise(file), settings
    )
    return found


def _sorted(page: Page | None) -> tuple[list[Incoming], list[Unreadable]]:
    from triage.connector import Unreadable

    items = page.items if page else ()
    refused = [one for one in items if isinstance(one, Unreadable)]
    return [one for one in items if not isinstance(one, Unreadable)], refused


def _sniffed(connector: Connector | None) -> tuple[dict[str, str], list[str]]:
    """Which field is in which column, where the connector reads columns; the rest."""
    preview = getattr(connector, "preview", None)
    if preview is None:
        return {}, []
    found = preview()
    return dict(found.columns), list(found.unmapped)


def _row(one: Incoming) -> dict[str, Any]:
    return {
        "external_id": one.external_id,
        "channel": str(one.channel),
        "kind": str(one.kind),
        "title": one.title,
        "body": one.body[:2000],
        "author": one.author,
        "email": one.email,
        "company": one.company,
        "rating": one.rating,
        "scale": one.scale,
        "metric": one.metric,
        "language": one.language,
        "app_version": one.app_version,
        "url": one.url,
        "received_at": moment(one.received_at),
        "edited_at": moment(one.edited_at),
        "context": plain(dict(one.context)),
    }


def _refused(one: Unreadable) -> dict[str, Any]:
    return {"external_id": one.external_id, "why": one.why}
