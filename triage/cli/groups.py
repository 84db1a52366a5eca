"""groups matches merge split apart: what says the same, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.naming import is_group, members, named
from triage.cli.options import ids_argument, limit_option
from triage.cli.output import count, day, emit, emit_json, facts, note, number, table
from triage.cli.session import Session
from triage.cli.shapes import of_group, of_suggestion, plain, reason_in_words
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import Group


@verb("groups", example="triage groups --limit 10", schemas=("groups",))
@limit_option
def groups(session: Session, limit: int, as_json: bool) -> None:
    """List groups that say the same, the largest first."""
    found = session.open().groups(limit)
    if as_json:
        emit_json("groups", {"groups": [of_group(group) for group in found]})
        return
    table(
        ("id", ">messages", ">people", ">sources", "latest", "text"),
        [
            (
                group.short,
                len(group.members),
                group.people,
                group.sources,
                day(max(member.feedback.received_at for member in group.members)),
                _opening(group),
            )
            for group in found
        ],
    )
    if not found:
        note("nothing says the same as anything else yet")


@verb(
    "matches",
    example="triage matches --explain f12 f40",
    schemas=("matches", "explanation"),
)
@click.argument("ids", nargs=-1, required=True)
@click.option("--explain", is_flag=True, help="Why two do or do not say the same.")
def matches(
    session: Session, ids: tuple[str, ...], explain: bool, as_json: bool
) -> None:
    """List groups that may say the same, or explain a pair."""
    workspace = session.open()
    if len(ids) != (2 if explain else 1):
        raise UsageError("give one id, or --explain and two: f12 f40")
    if explain:
        left, right = (members(workspace, name)[0] for name in ids)
        told = plain(workspace.explain(left, right))
        if as_json:
            emit_json(
                "explanation",
                {"left": left.short, "right": right.short, "explanation": told},
            )
            return
        facts(
            (name.replace("_", " "), _in_words(value)) for name, value in told.items()
        )
        return
    group = workspace.group(ids[0])
    found = workspace.suggestions(group)
    if as_json:
        emit_json(
            "matches",
            {"group": group.short, "matches": [of_suggestion(one) for one in found]},
        )
        return
    table(
        ("group", ">size", ">score", "why", "text"),
        [
            (
                one.group_short,
                one.size,
                round(one.match.score),
                reason_in_words(one.match.reason),
                one.other.title or one.other.body,
            )
            for one in found
        ],
    )
    if not found:
        note(f"nothing else looks like {group.short}")


@verb("merge", example="triage merge f40 f41 --into g12", schemas=("steps",))
@ids_argument
@click.option(
    "--into",
    default="",
    metavar="ID",
    help="What they are the same as; else the first.",
)
def merge(session: Session, ids: tuple[str, ...], into: str, as_json: bool) -> None:
    """Rule that feedback or groups say the same."""
    workspace = session.open()
    names = named(ids)
    if not into:
        into, *names = names
    if not names:
        raise UsageError("merge needs two; for example `triage merge f40 --into g12`")
    target = members(workspace, into)
    moved = [one for name in names for one in members(workspace, name)]
    tell([workspace.merge(moved, target)], as_json=as_json)


@verb("split", example="triage split f41", schemas=("steps",))
@ids_argument
def split(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """
    Rule that feedback says something else than its group.

    Those named stay together, apart from the rest.
    """
    workspace = session.open()
    names = named(ids)
    for name in names:
        if is_group(name):
            raise UsageError(f"{name} is a group; name the feedback to take out of it")
    taken = [workspace.feedback(name) for name in names]
    groups = {workspace.group_of(one).short for one in taken}
    if len(groups) > 1:
        raise UsageError(f"these are of several groups ({', '.join(sorted(groups))})")
    tell(workspace.split(taken), as_json=as_json)


@verb("apart", example="triage apart g12 g40", schemas=("steps",))
@click.argument("one")
@click.argument("other")
@click.option("--related", is_flag=True, help="Not the same, but about the same thing.")
def apart(session: Session, one: str, other: str, related: bool, as_json: bool) -> None:
    """
    Rule that two are not the same, for ever.

    They are never grouped or suggested together again, whatever else arrives.
    """
    from triage.model import Verdict

    workspace = session.open()
    verdict = Verdict.RELATED if related else Verdict.DIFFERENT
    tell(
        workspace.set_apart(
            members(workspace, one), members(workspace, other), verdict
        ),
        as_json=as_json,
    )


def show_group(group: Group, *, as_json: bool) -> None:
    """A group with its members, and what ties each of them in."""
    if as_json:
        emit_json("group", of_group(group))
        return
    people = count(group.people, "person", "people")
    emit(
        one_line(
            f"{group.short}  {count(len(group.members), 'message')} of {people} from"
            f" {count(group.sources, 'source')}"
        )
    )
    emit()
    table(
        ("id", "when", "from", "state", ">score", "why", "text"),
        [
            (
                member.feedback.short,
                day(member.feedback.received_at),
                member.feedback.author or member.feedback.email,
                member.disposition.state if member.disposition else "inbox",
                number(round(member.match.score)) if member.match else "",
                reason_in_words(member.match.reason) if member.match else "",
                member.feedback.title or member.feedback.body,
            )
            for member in group.members
        ],
    )


def _opening(group: Group) -> str:
    first = group.members[0].feedback
    return first.title or first.body


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return reason_in_words(value)
    if isinstance(value, list):
        return ", ".join(_in_words(one) for one in value)
    return number(round(value, 4)) if isinstance(value, float) else str(value)
