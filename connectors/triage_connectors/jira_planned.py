"""Issues of Jira as they are now: by their keys, and by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from triage.connector import Planned, SourceUnavailable
from triage_connectors import filing, payload
from triage_connectors.jira_api import AT_ONCE, Site

FIELDS: Final = (
    "summary", "status", "resolution", "assignee", "duedate", "fixVersions", "updated",
)  # fmt: skip

_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]{0,9}")
_WORD: Final = re.compile(r"\w+")
_LONGEST: Final = 12
"""Words of a search; more narrow nothing down."""
_MEANS: Final = {"new": "planned", "indeterminate": "in_progress", "done": "shipped"}
"""What Jira's categories of statuses are, by the keys they always have."""
_SETTLED: Final = frozenset({"", "done", "fixed"})


async def those(site: Site, project: str, keys: Sequence[str]) -> list[Planned]:
    """
    Return the issues that are there, a hundred in a call.

    One that was moved to another project is told under the key it is asked by.

    Raises:
        ConfigError: None is there, and the account sees the project no more either.
    """
    asked = [key for key in dict.fromkeys(keys) if _KEY.fullmatch(key)]
    told: list[Planned] = []
    for start in range(0, len(asked), AT_ONCE):
        chunk = {key.upper(): key for key in asked[start : start + AT_ONCE]}
        moved = False
        for row in await site.fetched(list(chunk.values()), FIELDS):
            key = chunk.pop(payload.must_be_key(row, "key").upper(), None)
            if key:
                told.append(planned(site, row, key))
            else:
                moved = True
        # Which of them it was before is told by asking for each that is left.
        for key in chunk.values() if moved else ():
            told += await _one(site, key, key)
    if asked and not told:
        # Of what an account may not see Jira says that it is not there.
        _ = [row async for row in site.search(search(project, ""), ("summary",), 1)]
    return told


async def found(site: Site, project: str, text: str, limit: int) -> Sequence[Planned]:
    """Return issues with those words, the one that has it as its key before all."""
    text = text.strip()
    first = await _one(site, text, "") if _KEY.fullmatch(text) else []
    jql = search(project, text)
    rows = [row async for row in site.search(jql, FIELDS, limit)]
    told = [planned(site, row, payload.must_be_key(row, "key")) for row in rows]
    known = {one.key for one in first}
    others = [one for one in told if one.key not in known]
    return [*first, *filing.best(others, text, limit)][:limit]


def search(project: str, text: str) -> str:
    """
    Return the search for words in a project, the last of which may be half written.

    Only letters and digits of the text get into it, so nothing in it can be a command.
    """
    words = [word.lower() for word in _WORD.findall(text)][:_LONGEST]
    said = f' AND text ~ "{" ".join(words)}*"' if words else ""
    return f'project = "{project}"{said} ORDER BY updated DESC'


def planned(site: Site, row: payload.Values, key: str) -> Planned:
    """Return what an issue says of itself, under the key it is known by."""
    fields = payload.within(row, "fields")
    state, status = _state(fields)
    return Planned(
        key=key,
        title=payload.text(fields, "summary"),
        state=state,
        status=status,
        url=site.page_of(payload.must_be_key(row, "key")),
        owner=payload.text(payload.within(fields, "assignee"), "displayName"),
        target=_target(fields),
        updated_at=payload.moment(fields, "updated"),
    )


def _state(fields: payload.Values) -> tuple[str, str]:
    """Its status and what that is; how it ended belongs to it where it is not done."""
    told = payload.within(fields, "status")
    name = payload.text(told, "name")
    if not name:
        raise SourceUnavailable(
            "Jira told an issue without its status; try again later"
        )
    means = _MEANS.get(payload.text(payload.within(told, "statusCategory"), "key"), "")
    ended = payload.text(payload.within(fields, "resolution"), "name")
    if means == "shipped" and ended.casefold() not in _SETTLED:
        return f"{name}: {ended}", ""
    return name, means


def _target(fields: payload.Values) -> str:
    """The versions it is to be in, else the day it is due."""
    versions = [
        payload.text(one, "name") for one in payload.inside(fields, "fixVersions")
    ]
    return ", ".join(filter(None, versions)) or payload.text(fields, "duedate")


async def _one(site: Site, key: str, known: str) -> list[Planned]:
    """One issue, under the key it is known by; its own where that is none."""
    answer = await site.get(
        f"rest/api/3/issue/{key}", missing=True, fields=",".join(FIELDS)
    )
    if answer.status == 404:
        return []
    row = payload.found(answer)
    return [planned(site, row, known or payload.must_be_key(row, "key"))]
