"""brief: what stakeholders are told, as Markdown, as a page, or as JSON."""

from __future__ import annotations

import sys

import click

from triage.cli.moments import moment_named
from triage.cli.output import emit, emit_json, note
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.text.display import one_line


@verb("brief", schemas=("brief",), example="triage brief --to html --out brief.html")
@click.option(
    "--since",
    metavar="DATE",
    help="When it begins; else 4 weeks before its end.",
)
@click.option("--until", metavar="DATE", help="The first day after it; else now.")
@click.option(
    "--to", "format_name", type=click.Choice(("markdown", "html")), default="markdown",
    show_default=True, help="HTML is one page with charts that needs nothing else.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(), metavar="FILE",
    help="A file, written whole or not at all; else standard output.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
@click.option(
    "--top", type=click.IntRange(1, 50), default=5, show_default=True, metavar="N",
    help="How many pain points are told with their quotes.",
)  # fmt: skip
@click.option("--names", is_flag=True, help="Name the people and companies quoted.")
@click.option(
    "--redact", is_flag=True,
    help="Leave addresses, numbers, links and known names out of their words.",
)  # fmt: skip
def brief(
    session: Session,
    since: str | None,
    until: str | None,
    format_name: str,
    out: str | None,
    force: bool,
    top: int,
    names: bool,
    redact: bool,
    as_json: bool,
) -> None:
    """
    Write a brief for stakeholders: what hurts, moved, shipped.

    Top pains with quotes, what moved and why, figures with their intervals, what
    shipped and what was said after it, what is planned, whom to tell. The same
    workspace and period give the same bytes.
    """
    from pathlib import Path

    from triage.brief import write_to, written
    from triage.workspace import BriefWishes

    workspace = session.open()
    told = workspace.brief(
        BriefWishes(
            since=moment_named("--since", since, workspace),
            until=moment_named("--until", until, workspace),
            top=top, names=names, redact=redact,
        )
    )  # fmt: skip
    if withheld := told.withheld.says():
        note(withheld)
    if as_json:
        from triage.cli.brief_shapes import of_brief

        emit_json("brief", of_brief(told))
        return
    if out is not None:
        write_to(told, format_name, Path(out), force=force)
        note(one_line(f"wrote {out}", 1000))
    elif sys.stdout.isatty():
        emit(written(told, format_name))
    else:
        # Bytes, so that no stream changes line ends or refuses a letter.
        write_to(told, format_name, sys.stdout.buffer)
