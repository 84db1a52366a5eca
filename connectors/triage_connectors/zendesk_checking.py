"""What a Zendesk desk says of itself before anything is pulled."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final

from triage.connector import Report, SignInFailed
from triage_connectors import payload
from triage_connectors.zendesk_api import A_MINUTE, EXPORTED, Api

EVENTS: Final = 5
"""Updates of a ticket, on average; only for the estimate."""


async def report(api: Api, since: datetime | None) -> Report:
    """
    Whose key it is, what it may read, and how long a first pull takes.

    Raises:
        SignInFailed: The key is nobody's, or no administrator's.
        ConfigError: There is no such desk.
    """
    user = await api.me()
    role = payload.text(user, "role")
    who = (
        payload.text(user, "email") or payload.text(user, "name") or "an administrator"
    )
    if role != "admin":
        raise SignInFailed(
            f"{who} is {role or 'somebody'} at {api.host}, and Zendesk's exports are"
            " for the role admin; give the token of an administrator"
        )
    count = payload.number(
        payload.within(await api.asked("tickets/count"), "count"), "value"
    )
    facts = {"role": role, "satisfaction": await _satisfaction(api)}
    seconds = None
    if count is not None:
        pages = math.ceil(count / EXPORTED)
        calls = pages * (1 + EXPORTED * EVENTS // EXPORTED) + 3
        seconds = calls / A_MINUTE * 60
        reach = f", fewer since {since:%F}" if since else ""
        facts["first pull"] = (
            f"about {calls:,.0f} calls for {count:,.0f} conversations{reach}"
        )
    facts["limit"] = f"{A_MINUTE} calls a minute to the exports"
    return Report(account=f"{who} at {api.host}", facts=facts, seconds=seconds)


async def _satisfaction(api: Api) -> str:
    """Which way of asking customers how satisfied they are answers this key."""
    found = []
    for path, name in (
        ("satisfaction_ratings", "good and bad ratings"),
        ("guide/survey_responses", "surveys"),
    ):
        answer = await api.answered(path, {"page[size]": 1}, allow={403, 404})
        if answer.status not in {403, 404}:
            payload.found(answer)
            found.append(name)
    return " and ".join(found) or "neither ratings nor surveys: the plan has none"
