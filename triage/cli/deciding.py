"""accept decline archive spam snooze reopen same: where feedback stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from triage.cli.naming import decided, named, waiting
from triage.cli.options import ids_argument, quoting
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from triage.model import Feedback
    from triage.operations.pain_points import Span
    from triage.workspace import Workspace


@verb(
    "accept",
    example='triage accept f12 --into "Export is slow" --quote "took an hour"',
    schemas=("steps",),
)
@ids_argument
@click.option(
    "--into", required=True, metavar="P|TITLE",
    help="A pain point, p3, or the title of a new one.",
)  # fmt: skip
@quoting
def accept(
    session: Session,
    ids: tuple[str, ...],
    into: str,
    quote: str,
    span: str,
    importance: int,
    inferred: bool,
    as_json: bool,
) -> None:
    """
    Make feedback evidence of a pain point, old or new.

    Without a quote the whole text is quoted. Of a group, every member in the inbox
    becomes evidence; the quote is looked for in each, and the first that has it
    gives it.
    """
    from triage.model import Importance

    workspace = session.open()
    feedback = waiting(workspace, ids)
    feedback, chosen = chosen_words(feedback, quote, span)
    entry = workspace.accept(
        feedback, _target(workspace, into), span=chosen,
        importance=Importance(importance), observed=not inferred,
    )  # fmt: skip
    tell(entry, as_json=as_json)


def _known_reasons(
    ctx: click.Context, option: click.Parameter, begun: str
) -> list[str]:
    """The reasons people usually give, for a shell that completes them."""
    del option
    from triage import config
    from triage.operations.triage import reasons

    # While completing, no command has run that would have opened anything.
    told = ctx.params.get("db") or ctx.find_root().params.get("db")
    own = config.load(Session(told).path).reasons
    return [one for one in reasons(own) if one.startswith(begun)]


@verb(
    "decline",
    example='triage decline f12 g7 --reason "not planned"',
    schemas=("steps",),
)
@ids_argument
@click.option(
    "--reason", required=True, shell_complete=_known_reasons,
    help="Why; “not planned”, or any other words.",
)  # fmt: skip
def decline(session: Session, ids: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Decline feedback, with a reason."""
    workspace = session.open()
    tell(workspace.decline(waiting(workspace, ids), reason), as_json=as_json)


@verb(
    "archive",
    example="triage list --search invoice --ndjson | triage archive",
    schemas=("steps",),
)
@ids_argument
def archive(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """Archive feedback: read, and nothing to do."""
    workspace = session.open()
    tell(workspace.archive(waiting(workspace, ids)), as_json=as_json)


@verb("spam", example="triage spam f12", schemas=("steps",))
@ids_argument
def spam(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """Mark feedback as not from a customer."""
    workspace = session.open()
    tell(workspace.spam(waiting(workspace, ids)), as_json=as_json)


@verb(
    "snooze", example='triage snooze f12 --until "fri or evidence"', schemas=("steps",)
)
@ids_argument
@click.option(
    "--until", required=True,
    help="“tomorrow 9:00”, 2026-12-01T09:00, “evidence”, or “fri or evidence”.",
)  # fmt: skip
def snooze(session: Session, ids: tuple[str, ...], until: str, as_json: bool) -> None:
    """
    Put feedback out of sight until a moment, or until new evidence.

    Until evidence: until something that arrives later says the same, or comes in the
    same thread.
    """
    workspace = session.open()
    moment, on_evidence = _end(until, workspace.clock())
    entry = workspace.snooze(waiting(workspace, ids), moment, on_evidence=on_evidence)
    tell(entry, as_json=as_json)


@verb("reopen", example="triage reopen f12", schemas=("steps",))
@ids_argument
def reopen(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """Bring feedback back to the inbox."""
    workspace = session.open()
    tell(workspace.reopen(decided(workspace, ids)), as_json=as_json)


@verb("same", example="triage same g7", schemas=("steps",))
@ids_argument
def same(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """Decide newcomers of a group as the others in it were."""
    workspace = session.open()
    groups = [workspace.group(name) for name in named(ids)]
    tell([workspace.same_again(group) for group in groups], as_json=as_json)


def chosen_words(
    feedback: Sequence[Feedback], quote: str, span: str
) -> tuple[list[Feedback], Span | None]:
    """The words a person quotes, and the feedback that has them put first."""
    from triage.operations.pain_points import Span, text_of

    if quote and span:
        raise UsageError("give --quote or --span, not both")
    if span:
        match = re.fullmatch(r"(\d{1,9}):(\d{1,9})", span)
        if match is None:
            raise UsageError(f"--span {span} is no span; it looks like 12:87")
        return list(feedback), Span(int(match[1]), int(match[2]))
    if not quote:
        return list(feedback), None
    # However the words are broken into lines or capitalised.
    words = re.compile(r"\s+".join(map(re.escape, quote.split())), re.IGNORECASE)
    for index, one in enumerate(feedback):
        found = words.search(text_of(one)) if quote.strip() else None
        if found:
            rest = [*feedback[:index], *feedback[index + 1 :]]
            return [one, *rest], Span(found.start(), found.end())
    where = feedback[0].short if len(feedback) == 1 else "any of these"
    raise UsageError(f"{quote!r} is not in {where}; quote the customer's own words")


def _target(workspace: Workspace, into: str) -> int | str:
    """The key of the pain point named, or the title of a new one."""
    if re.fullmatch(r"[pP]?\d+", into.strip()):
        return workspace.pain_point(into).pain_point.id
    return into


def _end(text: str, now: datetime) -> tuple[datetime | None, bool]:
    """The moment a sleep ends, if one is named, and whether new evidence ends it."""
    from datetime import datetime

    from triage.text.when import until

    found = until(text, now.astimezone())
    if found is not None:
        return found.moment, found.on_evidence
    try:
        # As programs write it; without a zone, where the person is.
        return datetime.fromisoformat(text).astimezone(), False
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no moment to come; try “tomorrow 9:00”, 2026-12-01T09:00,"
            " “end of month”, “evidence” or “fri or evidence”"
        ) from error
