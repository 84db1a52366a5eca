"""What a Freshdesk says of itself before anything is pulled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.freshdesk_api import AT_ONCE, COST, FIRST, Desk

if TYPE_CHECKING:
    from triage.transport.response import Response
    from triage_connectors.freshdesk import Freshdesk

_OTHERS: Final = 4
"""Calls of a pull that finds nothing: tickets, deleted, spam and ratings."""


async def report(settings: Freshdesk, desk: Desk) -> Report:
    """Return whose key it is, what it may read, and what a first pull costs."""
    me = payload.within(payload.found(await desk.ask("agents/me")), "contact")
    name = one_line(payload.text(me, "name"), 80) or "an agent without a name"
    email = one_line(payload.text(me, "email"), 80)
    since = settings.since or FIRST
    listed = await desk.tickets(since, count=1)
    payload.listed(listed)
    found = payload.found(
        await desk.ask("search/tickets", {"query": f"\"updated_at:>'{since:%F}'\""})
    )
    agents = await desk.ask("agents", {"per_page": 1}, {403})
    facts = {
        "tickets": "not counted",
        "agents": "seen"
        if agents.status < 300
        else "this key may not list them: their names are missing, and what they write"
        " as customers counts as customers'",
        "ratings": await _ratings(settings, desk),
    }
    cost = payload.number(_headers(listed), "used") or COST
    many = payload.number(found, "total")
    calls = None
    if many is not None:
        lists = math.ceil(many / (AT_ONCE - 1))
        calls = lists + int(many) + _OTHERS
        spent = int(lists * cost) + int(many) + _OTHERS
        facts["tickets"] = f"{many:,.0f} changed since {since:%F}"
        facts["calls of a first pull"] = (
            f"about {calls:,} at most for {many:,.0f} tickets, which count as {spent:,}"
            f" (a list of tickets counts as {cost:,.0f})"
        )
    facts["calls of a pull without news"] = str(_OTHERS)
    left, of = (payload.number(_headers(listed), one) for one in ("left", "of"))
    if left is not None and of is not None:
        facts["calls left"] = f"{left:,.0f} of {of:,.0f} this minute"
    return Report(
        account=f"{name} <{email}> at {settings.origin.partition('//')[2]}",
        facts=facts,
        seconds=None if calls is None or not of else spent / of * 60,
    )


async def _ratings(settings: Freshdesk, desk: Desk) -> str:
    if not settings.ratings:
        return "not read (ratings=no)"
    answer = await desk.ratings(desk.http.now())
    return "read" if answer else "this plan has none"


def _headers(answer: Response) -> dict[str, str | None]:
    return {
        "used": answer.headers.get("x-ratelimit-used-currentrequest"),
        "left": answer.headers.get("x-ratelimit-remaining"),
        "of": answer.headers.get("x-ratelimit-total"),
    }
