"""Issues of Linear as they are now: by their keys, by words; and who may see them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from triage.connector import ConfigError, Planned, Report, SourceUnavailable
from triage_connectors import payload
from triage_connectors.linear_api import AT_ONCE, Missing, Workspace, rows
from triage_connectors.linear_queries import LATEST, ONE, SEARCH, THERE, THOSE

_KEY: Final = re.compile(r"([A-Za-z][A-Za-z0-9]{0,9})-([1-9][0-9]{0,8})")
_MEANS: Final = {
    "triage": "planned",
    "backlog": "planned",
    "unstarted": "planned",
    "started": "in_progress",
    "completed": "shipped",
    "canceled": "dropped",
}
"""What Linear's types of states are."""


async def those(workspace: Workspace, team: str, keys: Sequence[str]) -> list[Planned]:
    """
    Return the issues that are there, a hundred in a call; none that lies in the trash.

    One that was moved to another team is told under the key it is asked by.

    Raises:
        ConfigError: None is there, and the key sees the team no more either.
    """
    asked = [key for key in dict.fromkeys(keys) if _KEY.fullmatch(key)]
    told: list[Planned] = []
    for start in range(0, len(asked), AT_ONCE):
        chunk = {key.upper(): key for key in asked[start : start + AT_ONCE]}
        found = workspace.pages(THOSE, "issues", filter=_filter(list(chunk)))
        async for row in found:
            key = chunk.pop(payload.must_be_key(row, "identifier").upper(), None)
            if key:
                told += _there(row, key)
        # Gone, or moved: Linear finds those that were by the key they had.
        for key in chunk.values():
            told += await _one(workspace, key, key)
    if asked and not told:
        # Of what a key may not see Linear says that it is not there.
        await _team(workspace, team)
    return told


async def found(
    workspace: Workspace, team: str, text: str, limit: int
) -> list[Planned]:
    """Return issues that say so, the one that has it as its key before all."""
    text, first = text.strip(), min(max(limit, 1), AT_ONCE)
    exact = await _one(workspace, text, "") if _KEY.fullmatch(text) else []
    if text:
        data = await workspace.searched(SEARCH, term=text, first=first)
        told = rows(data, "searchIssues")
    else:
        ours = {"team": {"key": {"eq": team}}}
        data = await workspace.asked(LATEST, filter=ours, first=first)
        told = rows(data, "issues")
    known = {one.key for one in exact}
    others = [
        one
        for row in told
        for one in _there(row, payload.must_be_key(row, "identifier"))
        if one.key not in known
    ]
    return [*exact, *others][:limit]


async def report(workspace: Workspace, team: str) -> Report:
    """
    Return whose key it is and which team it plans for.

    Raises:
        SignInFailed: The key is nobody's.
        ConfigError: The key sees no such team.
    """
    data, ours = await _team(workspace, team)
    whose = payload.text(payload.within(data, "viewer"), "displayName")
    where = payload.text(payload.within(data, "organization"), "name")
    facts = {
        "files in": f"{payload.text(ours, 'name')} ({team})",
        "may": "create issues, comment and link, if the key has the right to write",
        "statuses": "by each state's type; duplicates as the setting statuses says",
    }
    return Report(account=f"{whose or 'a key'} at {where or 'Linear'}", facts=facts)


async def _team(
    workspace: Workspace, team: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Who asks, and the team; ConfigError where the key sees none."""
    data = await workspace.asked(THERE, key=team)
    teams = rows(data, "teams")
    if not teams:
        raise unknown_team(team)
    return data, teams[0]


def unknown_team(team: str) -> ConfigError:
    """What is told where the team is not there."""
    return ConfigError(
        f"this key sees no team {team} at Linear; look at the setting team, and whether"
        " the key's person is a member of it"
    )


def _filter(keys: Sequence[str]) -> dict[str, Any]:
    """What narrows a list to those: numbers are each team's own."""
    numbers: Mapping[str, list[int]] = defaultdict(list)
    for key in keys:
        team, _, number = key.rpartition("-")
        numbers[team].append(int(number))
    return {
        "or": [
            {"team": {"key": {"eq": team}}, "number": {"in": of_team}}
            for team, of_team in numbers.items()
        ]
    }


async def _one(workspace: Workspace, key: str, known: str) -> list[Planned]:
    """One issue, under the key it is known by; its own where that is none."""
    try:
        data = await workspace.asked(ONE, id=key.upper())
    except Missing:
        return []
    row = payload.within(data, "issue")
    return _there(row, known or payload.must_be_key(row, "identifier"))


def _there(row: payload.Values, key: str) -> list[Planned]:
    """What an issue says of itself; nothing where somebody threw it away."""
    if row.get("trashed") is True:
        return []
    state = payload.within(row, "state")
    name = payload.text(state, "name")
    if not name:
        raise SourceUnavailable(
            "Linear told an issue without its state; try again later"
        )
    milestone = payload.text(payload.within(row, "projectMilestone"), "name")
    return [
        Planned(
            key=key,
            title=payload.text(row, "title"),
            state=name,
            status=_MEANS.get(payload.text(state, "type"), ""),
            url=payload.text(row, "url"),
            owner=payload.text(payload.within(row, "assignee"), "displayName"),
            target=milestone or payload.text(row, "dueDate"),
            updated_at=payload.moment(row, "updatedAt"),
        )
    ]
