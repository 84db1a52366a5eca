"""connector new: a connector of one's own, begun."""

from __future__ import annotations

from pathlib import Path

import click

from triage.cli.output import emit, emit_json, note
from triage.cli.session import Session
from triage.cli.verbs import nouns, verb
from triage.text.display import one_line

connector = nouns("connector", "Write a connector of your own.")


@verb(
    "new", within=connector, schemas=("connector-new",),
    example="triage connector new acme-desk",
)  # fmt: skip
@click.argument("name")
@click.option(
    "--in",
    "within",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Where its folder is made; else here.",
)
def new(session: Session, name: str, within: Path, as_json: bool) -> None:
    """
    Write a package with a connector that works, and a test of all it promises.

    It asks a help desk of the plainest kind; docs/CONNECTORS.md goes on from there.
    """
    del session
    from triage import plugins, scaffold

    files = scaffold.write(name, within, plugins.packages(plugins.CONNECTORS))
    if as_json:
        told = {
            "name": name,
            "folder": str(files[0].parent),
            "files": [*map(str, files)],
        }
        emit_json("connector-new", told)
        return
    for file in files:
        emit(one_line(str(file)))
    note(f"now: cd {one_line(str(files[0].parent))} && python -m pytest")
