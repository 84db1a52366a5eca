"""attach detach: one quote more or less, wherever the feedback stands."""

from __future__ import annotations

import click

from triage.cli.deciding import chosen_words
from triage.cli.options import quoting
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb


@verb(
    "attach",
    example='triage attach f12 --into p3 --quote "took an hour"',
    schemas=("steps",),
)
@click.argument("name", metavar="F")
@click.option("--into", required=True, metavar="P", help="The pain point it shows.")
@quoting
def attach(
    session: Session,
    name: str,
    into: str,
    quote: str,
    span: str,
    importance: int,
    inferred: bool,
    as_json: bool,
) -> None:
    """Quote feedback for a pain point; it stays where it stands."""
    from triage.model import Importance

    workspace = session.open()
    point = workspace.pain_point(into).pain_point
    (feedback,), chosen = chosen_words([workspace.feedback(name)], quote, span)
    entry = workspace.attach(
        feedback,
        point,
        chosen,
        importance=Importance(importance),
        observed=not inferred,
    )
    tell(entry, as_json=as_json)


@verb("detach", example="triage detach e7", schemas=("steps",))
@click.argument("name", metavar="E")
def detach(session: Session, name: str, as_json: bool) -> None:
    """Take a quote out of its pain point."""
    workspace = session.open()
    tell(workspace.detach(workspace.evidence(name)), as_json=as_json)
