"""What is written to Linear: issues, comments and links, each once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Act, ConfigError, Outgoing, Receipt
from triage_connectors import filing, payload
from triage_connectors.linear_api import Workspace, rows
from triage_connectors.linear_planned import unknown_team
from triage_connectors.linear_queries import (
    ATTACH,
    ATTACHED,
    COMMENT,
    COMMENTED,
    CREATE,
    CREATED,
    NAMED,
)
from triage_connectors.prose import to_markdown

if TYPE_CHECKING:
    from triage_connectors.linear import Linear

ACTS: Final[Mapping[str, Act]] = {
    "create": Act("Creates an issue for the team."),
    "comment": Act("Comments on the issue."),
    "link": Act("Attaches a link to the issue."),
}

_TITLE: Final = 255


async def send(workspace: Workspace, settings: Linear, outgoing: Outgoing) -> Receipt:
    """
    Do it, once.

    Issues and comments get ids made from the draft's key, and no two things there have
    one id; a link is known by its address, and putting it there again changes it.
    """
    match outgoing.act:
        case "create":
            return await _create(workspace, settings, outgoing)
        case "comment":
            return await _comment(workspace, outgoing)
        case "link":
            return await _attach(workspace, outgoing)
    raise filing.unknown(outgoing, "Linear")


async def sent(workspace: Workspace, outgoing: Outgoing) -> Receipt | None:
    """Return what is there of it, by its id or its address."""
    match outgoing.act:
        case "create":
            data = await workspace.asked(CREATED, id=_id(outgoing))
            there = rows(data, "issues")
            return _issue(there[0]) if there else None
        case "comment":
            data = await workspace.asked(COMMENTED, id=_id(outgoing))
            there = rows(data, "comments")
            return _said(there[0]) if there else None
        case "link":
            return await _attached(workspace, outgoing)
    raise filing.unknown(outgoing, "Linear")


async def _create(
    workspace: Workspace, settings: Linear, outgoing: Outgoing
) -> Receipt:
    values: dict[str, Any] = {
        "id": _id(outgoing),
        "title": filing.title(outgoing, _TITLE),
        "description": to_markdown(outgoing.text),
        **await _named(workspace, settings.team.upper(), settings.labels),
    }
    made = await workspace.told(CREATE, "issueCreate", **values)
    return _issue(payload.within(made, "issue"))


async def _named(
    workspace: Workspace, team: str, labels: tuple[str, ...]
) -> dict[str, Any]:
    """The ids of the team and of the labels, which Linear wants in place of names."""
    data = await workspace.asked(NAMED, key=team, labels=list(labels))
    teams = rows(data, "teams")
    if not teams:
        raise unknown_team(team)
    known = {}
    for row in rows(data, "issueLabels"):
        owner = payload.text(payload.within(row, "team"), "key")
        if owner in {"", team}:
            known[payload.text(row, "name")] = payload.must_be_key(row)
    lacking = [label for label in labels if label not in known]
    if lacking:
        raise ConfigError(
            f"{team} has no label {lacking[0]!r} at Linear; create it there or take it"
            " out of the setting labels"
        )
    told: dict[str, Any] = {"teamId": payload.must_be_key(teams[0])}
    if labels:
        told["labelIds"] = [known[label] for label in labels]
    return told


async def _comment(workspace: Workspace, outgoing: Outgoing) -> Receipt:
    made = await workspace.told(
        COMMENT,
        "commentCreate",
        id=_id(outgoing),
        issueId=filing.about(outgoing),
        body=to_markdown(outgoing.text),
    )
    return _said(payload.within(made, "comment"))


async def _attach(workspace: Workspace, outgoing: Outgoing) -> Receipt:
    made = await workspace.told(
        ATTACH,
        "attachmentCreate",
        issueId=filing.about(outgoing),
        url=filing.address(outgoing),
        title=filing.called(outgoing, _TITLE),
    )
    return _link(payload.within(made, "attachment"))


async def _attached(workspace: Workspace, outgoing: Outgoing) -> Receipt | None:
    key = filing.about(outgoing).upper()
    async for row in workspace.pages(
        ATTACHED, "attachmentsForURL", url=filing.address(outgoing)
    ):
        issue = payload.within(row, "issue")
        names = {payload.text(issue, "identifier")}
        names.update(payload.texts(issue, "previousIdentifiers"))
        if key in names:
            return _link(row)
    return None


def _issue(row: payload.Values) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(row, "identifier"),
        url=payload.text(row, "url"),
        at=payload.moment(row, "createdAt"),
    )


def _said(row: payload.Values) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(row),
        url=payload.text(row, "url"),
        at=payload.moment(row, "createdAt"),
    )


def _link(row: payload.Values) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(row),
        url=payload.text(payload.within(row, "issue"), "url"),
        at=payload.moment(row, "createdAt"),
    )


def _id(outgoing: Outgoing) -> str:
    """An id in the form of a random one (UUID version 4), the same for one draft."""
    return str(uuid.UUID(hex=outgoing.key, version=4))
