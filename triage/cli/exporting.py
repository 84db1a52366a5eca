"""export: the prioritised backlog, for people, spreadsheets and programs."""

from __future__ import annotations

import sys
from typing import Any

import click

from triage.cli.options import pairs, set_option
from triage.cli.output import emit, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line


@verb("export", example="triage export --to csv --out backlog.csv")
@click.option(
    "--to", "format_name", default="json", show_default=True, metavar="FORMAT",
    help="json, ndjson, csv, markdown, or what a plugin adds.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(), metavar="FILE",
    help="A file, written whole or not at all; else standard output.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
@set_option
def export(
    session: Session,
    format_name: str,
    out: str | None,
    force: bool,
    settings: tuple[str, ...],
) -> None:
    """
    Export the prioritised backlog with its evidence.

    JSON, triage.backlog/1, also says what each score is made of; `triage import`
    restores it. --set as_of=2026-01-31T09:00:00Z dates it; other settings are the
    format's own.
    """
    from io import StringIO
    from pathlib import Path

    options: dict[str, Any] = pairs(settings, "--set")
    if "force" in options:
        raise UsageError("force is no setting of a format; say --force")
    workspace = session.open()
    if out is not None:
        workspace.export(format_name, Path(out), force=force, **options)
        note(one_line(f"wrote {out}", 1000))
        return
    text = StringIO(newline="")
    workspace.export(format_name, text, **options)
    if sys.stdout.isatty():
        emit(text.getvalue())
        return
    # Bytes, so that no stream changes line ends or refuses a letter.
    sys.stdout.buffer.write(text.getvalue().encode())
