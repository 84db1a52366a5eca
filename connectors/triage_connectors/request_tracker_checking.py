"""What a Request Tracker says of itself and of our account before a pull."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from triage.connector import ConfigError, Report
from triage_connectors import payload
from triage_connectors.request_tracker_api import AT_ONCE, Tracker

if TYPE_CHECKING:
    from triage_connectors.request_tracker import RequestTracker

_EACH: Final = 5
"""Transactions of a ticket that are read: what is said, and what becomes of it."""
_CALLS: Final = 5
"""Calls for a hundred of them: they, their tickets, texts, files and headers."""
_CALL: Final = 0.3  # seconds, of a server whose passwords are costly to check


async def report(tracker: Tracker, settings: RequestTracker) -> Report:
    """Return whose token it is, what it may see, and how much there is."""
    version = payload.text(payload.found(await tracker.get("rt")), "Version")
    queues = [await tracker.queue(name) for name in settings.queues]
    named = [f"Queue = {number}" for number in queues]
    query = f"({' OR '.join(named)}) AND id > 0" if named else "id > 0"
    answer = payload.found(
        await tracker.get("tickets", {"query": query, "per_page": 1})
    )
    seen = payload.rows(answer, "items")
    total = payload.number(answer, "total")
    facts = {
        "version": version,
        "queues": ", ".join(settings.queues) or "all the account may see",
        "tickets": f"{total:,.0f}" if total is not None else "not told",
    }
    if total is None:
        facts["hidden"] = (
            "this server counts nothing for accounts that may not see all; tickets the"
            " account has no right to see do not come"
        )
    elif not total and not seen:
        facts["hidden"] = (
            "no ticket is there, or the account has no right to see one (ShowTicket)"
        )
    if settings.fields:
        facts["fields"] = ", ".join(
            f"{ours} from {theirs}" for ours, theirs in sorted(settings.fields.items())
        )
    calls = 2 + _CALLS * math.ceil((total or 0) * _EACH / AT_ONCE)
    if total is not None:
        facts["calls of a first pull"] = f"about {calls:,} for {total:,.0f} tickets"
    return Report(
        account=await _account(tracker, settings),
        facts=facts,
        seconds=calls * _CALL if total is not None else None,
    )


async def _account(tracker: Tracker, settings: RequestTracker) -> str:
    """Who the token lets in, as far as it tells, and where."""
    host = urlsplit(settings.url).netloc
    if not tracker.account:
        return f"Request Tracker at {host}"
    told = payload.found(await tracker.get(f"user/{tracker.account}"))
    name = payload.text(told, "Name") or f"user {tracker.account}"
    if payload.number(told, "Privileged") == 0:
        raise ConfigError(
            f"the account {name!r} of the token is not privileged, so it sees its own"
            " tickets only; tick “Let this user be granted rights” for it"
        )
    return f"{name} at {host}"
