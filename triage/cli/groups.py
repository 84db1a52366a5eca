"""groups: what says the same, listed, measured and grouped anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import (
    count,
    day,
    emit,
    emit_json,
    emit_list,
    note,
    number,
    table,
)
from triage.cli.session import Session
from triage.cli.shapes import of_group, reason_in_words
from triage.cli.verbs import verb_of_nouns
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import Group, Member


@verb_of_nouns("groups", example="triage groups --limit 10", schemas=("groups",))
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", default=50, show_default=True,
    help="How many; 0 for all.",
)  # fmt: skip
@click.option("--all", "all_of_them", is_flag=True, help="The same as --limit 0.")
def groups(session: Session, limit: int, all_of_them: bool, as_json: bool) -> None:
    """List groups that say the same, the largest first."""
    workspace = session.open()
    found = workspace.groups(0 if all_of_them else limit)
    proposed = workspace.count_proposed()
    if as_json:
        emit_list("groups", {"proposed": proposed}, "groups", map(of_group, found))
        return
    rows = [
        (
            group.short,
            len(group.members),
            group.people,
            group.sources,
            day(max(member.feedback.received_at for member in group.members)),
            _opening(group),
        )
        for group in found
    ]
    table(("id", ">messages", ">people", ">sources", "latest", "text"), rows)
    if not rows:
        note("nothing says the same as anything else yet")
    if proposed:
        pairs = count(proposed, "pair of groups", "pairs of groups")
        note(f"{pairs} may be one: triage matches --proposed")


def show_group(group: Group, *, as_json: bool) -> None:
    """A group with its members, and what ties each of them in."""
    if as_json:
        emit_json("group", of_group(group))
        return
    people = count(group.people, "person", "people")
    again = f" ({count(group.resends, 'resend')})" if group.resends else ""
    emit(
        one_line(
            f"{group.short}  {count(len(group.members), 'message')}{again} of {people}"
            f" from {count(group.sources, 'source')}"
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
                _why(member),
                member.feedback.title or member.feedback.body,
            )
            for member in group.members
        ],
    )


def _why(member: Member) -> str:
    why = reason_in_words(member.match.reason) if member.match else ""
    return "; ".join(filter(None, ["resend" if member.is_resend else "", why]))


def _opening(group: Group) -> str:
    first = group.members[0].feedback
    return first.title or first.body
