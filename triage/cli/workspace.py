"""doctor backup: whether the workspace is sound, and a copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import emit, emit_json, facts
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import TriageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import Workspace

CHECKS = (
    "integrity", "references", "full_text", "queue", "journal", "outbox", "settings",
)  # fmt: skip
"""What is examined; each says “ok” or what is wrong."""


@verb("doctor", example="triage doctor", schemas=("doctor",))
@click.pass_context
def doctor(ctx: click.Context, session: Session, as_json: bool) -> None:
    """
    Examine the workspace; exit code 1 if anything is wrong.

    The file from end to end, the search index, what is derived, and the settings.
    """
    workspace = session.open()
    told = workspace.doctor() | {
        "settings": _settings(workspace), "secrets": _secrets(workspace),
        "grouping": workspace.grouped_by(), "trackers": _trackers(workspace),
    }  # fmt: skip
    wrong = _wrong(told)
    if as_json:
        emit_json("doctor", told | {"sound": not wrong, "wrong": wrong})
    else:
        checks = {name: told.pop(name) for name in CHECKS}
        facts((name.replace("_", " "), answer) for name, answer in checks.items())
        emit()
        facts((name.replace("_", " "), str(value)) for name, value in told.items())
        emit()
        emit("All is well." if not wrong else "")
    if wrong:
        raise TriageError("; ".join(wrong))
    ctx.exit(0)


@verb("backup", example="triage backup monday.db", schemas=("backup",))
@click.argument("file", type=click.Path())
def backup(session: Session, file: str, as_json: bool) -> None:
    """Write a consistent copy while others work in it."""
    from pathlib import Path

    workspace = session.open()
    copy = Path(file).expanduser()
    workspace.backup(copy)
    size = copy.stat().st_size
    if as_json:
        emit_json("backup", {"path": str(copy), "bytes": size})
    else:
        emit(one_line(f"Copied {workspace.path} to {copy}, {size:,} bytes", 2000))


def _wrong(told: dict[str, Any]) -> list[str]:
    found = [
        f"{name.replace('_', ' ')}: {told[name]}"
        for name in CHECKS
        if told[name] != "ok"
    ]
    if not told["sqlite_is_sound"]:
        found.append(
            f"SQLite {told['sqlite']} can lose rows in WAL mode, so it runs without;"
            " install pysqlite3 where there is a wheel"
        )
    if told["mode"] != "0600":
        found.append(f"others may read the file (mode {told['mode']}); chmod 600 it")
    return found


def _settings(workspace: Workspace) -> str:
    """Whether every source's connector loads and takes its settings, to nobody else."""
    path = workspace.config.path
    if workspace.plain_secrets() and path.stat().st_mode & 0o077:
        return f"others may read {path}, where secrets stand; `chmod 600 {path}`"
    for source in workspace.config.sources.values():
        try:
            workspace.sketch(source)
        except TriageError as error:
            return f"source {source.name}: {error}"
    return "ok"


def _secrets(workspace: Workspace) -> str:
    """Which secrets stand in the settings file itself, and go where it goes."""
    plain = workspace.plain_secrets()
    if not plain:
        return "ok"
    named = ", ".join(f"{setting} of {source}" for source, setting in plain)
    source, setting = plain[0]
    return (
        f"{named}: plain in {workspace.config.path.name};"
        f" `triage sources set {source} {setting}` keeps it elsewhere"
    )


def _trackers(workspace: Workspace) -> str:
    """Words of trackers that mean nothing yet, and the line that says what."""
    told = [f"{one.source}: {one.says}" for one in workspace.unmapped()]
    return "; ".join(told) or "ok"
