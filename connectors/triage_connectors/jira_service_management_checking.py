"""What Jira says of itself and of our account before anything is pulled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage_connectors import payload
from triage_connectors.jira_service_management_api import AT_ONCE, Jira, query

if TYPE_CHECKING:
    from triage_connectors.jira_service_management import JiraServiceManagement

_CALL: Final = 0.6


async def report(jira: Jira, settings: JiraServiceManagement) -> Report:
    """Return whose token it is, what it may see, and how much there is."""
    me = payload.found(await jira.get("rest/api/3/myself"))
    fields = await jira.fields(settings.fields)
    now = jira.clock.now()
    jql = query(settings.projects, settings.since, now).partition(" ORDER BY")[0]
    total = await jira.count(jql)
    calls = 1 + math.ceil(max(1, total or 0) / AT_ONCE)
    facts = {
        "projects": ", ".join(settings.projects),
        "requests": f"about {total:,.0f}" if total is not None else "not told",
        "ratings": "read"
        if fields.rating
        else "none: this site has no field of satisfaction the account may see",
        "calls of a first pull": f"about {calls:,}, one more for each rating and for"
        " each request with many comments",
        "deletions": "Jira tells none",
    }
    zone = payload.text(me, "timeZone")
    if zone:
        facts["time zone"] = f"{zone}; it does not matter, searches say how long ago"
    name = payload.text(me, "displayName") or settings.email
    return Report(
        account=f"{name} at {settings.host}", facts=facts, seconds=calls * _CALL
    )
