"""What a Zammad desk says of itself before anything is pulled."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.zammad_api import FOUND, SAID, Zammad

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.zammad import Zammad as Settings

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_SAID: Final = 6  # articles of a ticket, with those of the desk itself
_CALL: Final = 0.2  # seconds, of a desk that is not far
_WIDTH: Final = 4  # calls that are made at once


async def report(http: Http, settings: Settings, desk: Zammad) -> Report:
    """Return whose token it is, how changes are found, and what a first pull takes."""
    me = await desk.me()
    login = payload.text(me, "email") or payload.text(me, "login") or "somebody"
    facts = {"roles": ", ".join(payload.texts(me, "roles")) or "none"}
    begin, end = settings.since or _FIRST, http.now() + timedelta(days=1)
    many = await desk.many(begin, end)
    if await desk.changed(_FIRST, end, 1, 1):
        facts["changes"] = "found by search"
    elif await desk.tickets(1, 1):
        facts["changes"] = (
            "Elasticsearch finds nothing, so every ticket is listed at each sync"
        )
        many = None
    else:
        facts["changes"] = (
            "there are no tickets this token may read; its account needs the role Agent"
            " and access to groups"
        )
    if many is not None:
        listed = None if settings.since else await desk.said(1, 1)
        facts["articles"] = "read ticket by ticket"
        if listed is not None:
            facts["articles"] = f"read {SAID} at once, of all tickets"
        elif not settings.since:
            facts["articles"] += (
                f"; a token that also has the permission admin reads {SAID} at once"
            )
        articles = many if listed is None else math.ceil(many * _SAID / SAID)
        calls = 2 + math.ceil(many / FOUND) + articles + many * settings.tags
        facts["tickets"] = f"{many:,}"
        facts["calls of a first pull"] = f"about {calls:,} for {many:,} tickets"
    facts["tags"] = "read" if settings.tags else "left out; tags=true reads them"
    return Report(
        account=one_line(f"{login} at {settings.url.strip()}", 200),
        facts=facts,
        seconds=calls * _CALL / _WIDTH if many is not None else None,
    )
