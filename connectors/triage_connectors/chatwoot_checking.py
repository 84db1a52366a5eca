"""What a Chatwoot account says of itself before anything is pulled."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors.chatwoot_api import Chatwoot

if TYPE_CHECKING:
    from triage_connectors.chatwoot import Chatwoot as Settings

_CALL: Final = 0.3  # seconds, of a server that is not far
_WIDTH: Final = 4  # calls that are made at once


async def report(settings: Settings, desk: Chatwoot) -> Report:
    """Return which account it is, what may be read, and what a first pull takes."""
    page = await desk.conversations(1)
    facts = {"conversations": "none that this token may read"}
    seconds = None
    if page.rows:
        facts["conversations"] = "some" if page.count is None else f"{page.count:,}"
    if page.rows and page.count is not None:
        calls = 1 + math.ceil(page.count / len(page.rows)) + page.count
        facts["calls of a first pull"] = (
            f"about {calls:,} for {page.count:,} conversations"
            + (", and fewer with since" if settings.since else "")
        )
        seconds = calls * _CALL / _WIDTH
    if settings.ratings:
        await desk.ratings(datetime(2000, 1, 1, tzinfo=UTC), desk.http.now(), 1)
        facts["ratings"] = "read"
    else:
        facts["ratings"] = "left out"
    facts["webhooks"] = (
        "taken if signed" if settings.webhook_secret else "none; set webhook_secret"
    )
    return Report(
        account=one_line(f"account {settings.account} at {settings.url.strip()}", 200),
        facts=facts,
        seconds=seconds,
    )
