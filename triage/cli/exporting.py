"""export: the prioritised backlog, for people, spreadsheets, trackers and programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from triage.cli.options import pairs, set_option
from triage.cli.output import count, emit, emit_json, note
from triage.cli.progress import PARTLY
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from triage.export import Exported
    from triage.workspace import Workspace

BESIDE = "\0beside"
"""What ``--manifest`` without a name says: beside the file that is written."""


@verb(
    "export",
    example="triage export --to csv --out backlog.csv",
    schemas=("export-manifest",),
)
@click.option(
    "--to", "format_name", default="json", show_default=True, metavar="FORMAT",
    help="json, csv, html, jira-csv …, or what a plugin adds; --formats lists them.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(), metavar="FILE",
    help="A file, written whole or not at all; else standard output.",
)  # fmt: skip
@click.option(
    "--formula", default="", metavar="NAME",
    help="What scores and ranks them: rice, wsjf …; else what the settings say.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
@click.option(
    "--dry-run", is_flag=True,
    help="Write nothing; say what would be written and what is left out.",
)  # fmt: skip
@click.option(
    "--manifest", is_flag=False, flag_value=BESIDE, metavar="[FILE]",
    help="Also write what was exported, with hashes; FILE.manifest.json by itself.",
)  # fmt: skip
@click.option(
    "--redact", is_flag=True,
    help="Without names, addresses, numbers and links, in quotes too.",
)  # fmt: skip
@click.option("--bom", is_flag=True, help="Begin a CSV as old spreadsheets need it.")
@click.option("--formats", is_flag=True, help="List the formats there are.")
@set_option
@click.pass_context
def export(
    ctx: click.Context,
    session: Session,
    format_name: str,
    out: str | None,
    formula: str,
    force: bool,
    dry_run: bool,
    manifest: str | None,
    redact: bool,
    bom: bool,
    formats: bool,
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """
    Export the prioritised backlog with its evidence.

    JSON, triage.backlog/1, also says what each score is made of; `triage import`
    restores it. --set as_of=2026-01-31T09:00:00Z dates it; other settings are the
    format's own. A story that cites no quote is left out, and the exit code is 3.
    Quotes of those heard in person who did not consent are left out and counted. With
    --json the manifest is printed, so the export itself needs --out or --dry-run.
    """
    from pathlib import Path

    if formats:
        from triage import plugins

        emit("\n".join(plugins.names(plugins.EXPORTS)))
        return
    options: dict[str, Any] = pairs(settings, "--set")
    for reserved in ("force", "formula", "redact", "manifest", "dry_run"):
        if reserved in options:
            word = reserved.replace("_", "-")
            raise UsageError(f"{reserved} is no setting of a format; say --{word}")
    if bom:
        options["bom"] = "yes"
    path = None if out is None else Path(out)
    options |= {
        "formula": formula,
        "force": force,
        "redact": redact,
        "dry_run": dry_run,
        "manifest": _manifest(manifest, path),
    }
    if as_json and path is None and not dry_run:
        raise UsageError("--json prints the manifest; say --out FILE or --dry-run")
    workspace = session.open()
    if path is None and not dry_run:
        done = _to_stdout(workspace, format_name, options)
    else:
        done = workspace.export(format_name, path, **options)
        _tell(done, path, dry_run=dry_run, as_json=as_json)
    for one in done.refused:
        note(f"left out: {one.why}")
    # What is withheld is nothing missing: whoever said no is done right by.
    if withheld := done.withheld.says():
        note(withheld)
    if done.refused:
        ctx.exit(PARTLY)


def _manifest(told: str | None, out: Path | None) -> Path | None:
    from pathlib import Path

    if told is None:
        return None
    if told != BESIDE:
        return Path(told)
    if out is None:
        raise UsageError("--manifest needs a name where there is no --out")
    return out.with_name(f"{out.name}.manifest.json")


def _to_stdout(workspace: Workspace, to: str, options: dict[str, Any]) -> Exported:
    from io import BytesIO

    raw = BytesIO()
    done = workspace.export(to, raw, **options)
    if not sys.stdout.isatty():
        # Bytes, so that no stream changes line ends or refuses a letter.
        sys.stdout.buffer.write(raw.getvalue())
        return done
    try:
        emit(raw.getvalue().decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"{to} is no text; name a file with --out") from error
    return done


def _tell(done: Exported, out: Path | None, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        emit_json("export-manifest", done.told())
        return
    if not dry_run:
        note(one_line(f"wrote {out}", 1000))
        return
    points = count(done.counts["pain_points"], "pain point")
    emit(f"would export {points} as {done.to}:")
    for file in done.files:
        name = one_line(file.name or "standard output", 200)
        emit(f"  {name}  {count(file.size, 'byte')}  sha256 {file.sha256}")
