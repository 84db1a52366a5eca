"""What a Help Scout source says of itself before anything is pulled."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.help_scout_api import AT_ONCE, paged
from triage_connectors.help_scout_walk import FOUNDED

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.help_scout_api import HelpScouts

_CALL: Final = 0.6


async def report(
    http: Http, desk: HelpScouts, since: datetime | None, *, ratings: bool
) -> Report:
    """Return whose client it is, and what a first pull would bring and cost."""
    me = payload.found(await desk.me())
    answer = await desk.conversations(since, 1, threads=False)
    told = payload.found(answer)
    paged(told, "conversations")
    page = payload.within(told, "page")
    conversations = max(0, int(payload.number(page, "totalElements") or 0))
    # One row of each page is there once more, as where the next begins.
    calls = math.ceil(conversations / (AT_ONCE - 1)) + 1
    facts = {"conversations": f"{conversations:,}"}
    if desk.inboxes:
        facts["inboxes"] = ", ".join(desk.inboxes)
    if ratings:
        rated = payload.found(await desk.ratings(since or FOUNDED, http.now(), 1))
        payload.rows(rated, "results")
        count = max(0, int(payload.number(rated, "count") or 0))
        facts["ratings"] = f"{count:,}"
        calls += 1 + count
    facts["calls of a first pull"] = f"about {calls:,} for {conversations:,}" + (
        " conversations" if conversations != 1 else " conversation"
    )
    left = answer.headers.get("x-ratelimit-remaining-minute", "")
    of = answer.headers.get("x-ratelimit-limit-minute", "")
    if left.isdecimal() and of.isdecimal():
        facts["calls left"] = f"{int(left[:12]):,} of {int(of[:12]):,} this minute"
    names = [payload.text(me, "firstName"), payload.text(me, "lastName")]
    who = " ".join(filter(None, names)) or payload.text(me, "email") or "a user"
    return Report(
        account=f"Help Scout as {one_line(who, 80)}",
        facts=facts,
        seconds=calls * _CALL,
    )
