"""Issues of GitHub as they are now: by their keys, by words; and who may see them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from triage.connector import ConfigError, Planned, Report, SourceUnavailable
from triage_connectors import payload
from triage_connectors.github_api import ROWS, repository, unknown
from triage_connectors.github_roadmap_api import Board, Forge
from triage_connectors.github_roadmap_queries import AT_ONCE, BOARD, WHO, those_of

KEY: Final = re.compile(
    r"([A-Za-z0-9][\w.-]{0,99})/([\w.-]{1,100})#([1-9][0-9]{0,8})", re.ASCII
)

_NUMBER: Final = re.compile(r"#?([1-9][0-9]{0,8})")
_WORD: Final = re.compile(r"\w+")
_LONGEST: Final = 180
"""Characters of the words of a search; with the rest it may have 256."""
_MEANS: Final = {"completed": "shipped", "not planned": "dropped"}


async def those(
    forge: Forge, board: Board | None, repo: str, keys: Sequence[str]
) -> list[Planned]:
    """
    Return the issues that are there, fifty in a call; no pull request is one.

    Raises:
        ConfigError: The repository ``repo`` itself is not there any more.
    """
    asked: Mapping[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for key in keys:
        if found := KEY.fullmatch(key):
            asked[found[1].lower(), found[2].lower()][int(found[3])] = key
    wanted = [
        (*repo, number, key)
        for repo, numbers in asked.items()
        for number, key in numbers.items()
    ]
    told: list[Planned] = []
    for start in range(0, len(wanted), AT_ONCE):
        chunk = wanted[start : start + AT_ONCE]
        query, variables = those_of([one[:3] for one in chunk], board)
        data = await forge.api.asked(query, "Those", variables)
        for place, (owner, name, number, key) in enumerate(chunk):
            there = payload.within(data, f"at{place}")
            if not there and f"{owner}/{name}" == repo.lower():
                # Of what a token may not see GitHub says that it is not there.
                raise unknown(repo)
            row = payload.within(there, "issue")
            if row:
                if payload.number(row, "number") != number:
                    raise SourceUnavailable(
                        "GitHub told other issues than were asked for; try again"
                    )
                told.append(_planned(row, key, board))
    return told


async def found(
    forge: Forge, board: Board | None, repo: str, text: str, limit: int
) -> list[Planned]:
    """Return issues with those words, the one that has that number before all."""
    words = " ".join(_WORD.findall(text)).lower()[:_LONGEST]
    numbered = _NUMBER.fullmatch(text.strip())
    exact = [f"{repo}#{numbered[1]}"] if numbered else []
    first = await those(forge, board, repo, exact) if exact else []
    size = min(max(limit, 1), ROWS)
    if words:
        query = f"{words} repo:{repo} is:issue"
        told = await forge.search({"q": query, "per_page": size})
        rows = payload.rows(told, "items")
    else:
        latest: dict[str, str | int] = {
            "state": "all", "sort": "updated", "direction": "desc", "per_page": size,
        }  # fmt: skip
        answer = await forge.get(f"repos/{repo}/issues", latest)
        rows = payload.listed(answer)
    others = [
        _listed(row, f"{repo}#{payload.must_be_key(row, 'number')}")
        for row in rows
        if not row.get("pull_request")
    ]
    others = [one for one in others if one.key not in exact]
    if board:
        # A list does not tell where on the project they stand.
        keys = [one.key for one in others]
        others = await those(forge, board, repo, keys)
        others.sort(key=lambda one: keys.index(one.key))
    return [*first, *others][:limit]


async def report(forge: Forge, board: Board | None, repo: str) -> Report:
    """
    Return whose token it is, and what it may see.

    Raises:
        SignInFailed: The token is nobody's, or may not read the project.
        ConfigError: There is no such repository, project or field of it.
    """
    owner, _, name = repo.partition("/")
    data = await forge.api.asked(WHO, "Who", {"owner": owner, "name": name})
    there = repository(data, repo)
    if there.get("hasIssuesEnabled") is False:
        raise ConfigError(f"issues are switched off in {repo}; switch them on there")
    may = payload.text(there, "viewerPermission").lower()
    facts = {
        "files in": payload.text(there, "nameWithOwner") or repo,
        "may": f"{may or 'not told'}; create issues and comment, if the token has the"
        " right to write issues",
    }
    if board:
        facts["project"] = await _board(forge, board)
    facts["statuses"] = (
        "completed and not planned by themselves; other words as the setting statuses"
        " says"
    )
    login = payload.text(payload.within(data, "viewer"), "login")
    return Report(account=f"{login or 'a token'} at GitHub", facts=facts)


async def _board(forge: Forge, board: Board) -> str:
    """A project and the words of its status field."""
    asked = {"owner": board.owner, "number": board.number, "field": board.field}
    data = await forge.api.asked(BOARD, "Board", asked)
    there = payload.within(data, "repositoryOwner", "projectV2")
    if not there:
        raise ConfigError(
            f"GitHub shows no project {board.owner}/{board.number} to this token; look"
            " at the setting project, and whether the token may read projects"
        )
    words = payload.inside(payload.within(there, "field"), "options")
    if not words:
        raise ConfigError(
            f"that project has no field {board.field!r} of single choices; set"
            " status_field to the name of its field of status"
        )
    shown = ", ".join(payload.text(one, "name") for one in words)
    return f"{payload.text(there, 'title')}: {shown}"


def _planned(row: payload.Values, key: str, board: Board | None) -> Planned:
    """What GraphQL tells of an issue."""
    ended = payload.text(row, "stateReason").lower().replace("_", " ")
    state = _state(payload.text(row, "state").lower(), ended)
    people = payload.inside(payload.within(row, "assignees"), "nodes")
    return Planned(
        key=key,
        title=payload.text(row, "title"),
        state=(_column(row, board) if board else "") or state,
        status=_MEANS.get(state, ""),
        url=payload.text(row, "url"),
        owner=", ".join(payload.text(one, "login") for one in people),
        target=payload.text(payload.within(row, "milestone"), "title"),
        updated_at=payload.moment(row, "updatedAt"),
    )


def _listed(row: payload.Values, key: str) -> Planned:
    """What a list tells of an issue."""
    ended = payload.text(row, "state_reason").replace("_", " ")
    state = _state(payload.text(row, "state"), ended)
    people = payload.inside(row, "assignees")
    return Planned(
        key=key,
        title=payload.text(row, "title"),
        state=state,
        status=_MEANS.get(state, ""),
        url=payload.text(row, "html_url"),
        owner=", ".join(payload.text(one, "login") for one in people),
        target=payload.text(payload.within(row, "milestone"), "title"),
        updated_at=payload.moment(row, "updated_at"),
    )


def _state(state: str, ended: str) -> str:
    """One word: open, or as what it was closed."""
    if state not in {"open", "closed"}:
        raise SourceUnavailable(
            "GitHub told an issue without its state; try again later"
        )
    return (ended or state) if state == "closed" else state


def _column(row: payload.Values, board: Board) -> str:
    """Where it stands on the project; "" where it does not."""
    for one in payload.inside(payload.within(row, "projectItems"), "nodes"):
        if board.is_at(payload.text(payload.within(one, "project"), "url")):
            return payload.text(payload.within(one, "fieldValueByName"), "name")
    return ""
