"""What an Intercom source says of itself before anything is pulled."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Final

from triage.connector import ConfigError, Report
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.intercom_api import SIZES
from triage_connectors.intercom_walk import LAG
from triage_connectors.together import WIDTH

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.intercom_api import Intercoms

_CALL: Final = 0.3


async def report(
    http: Http, desk: Intercoms, since: datetime | None, *, tickets: bool
) -> Report:
    """Return whose token it is, and what a first pull would bring and cost."""
    answer = await desk.me()
    me = payload.found(answer)
    app = payload.within(me, "app")
    _must_be_of(desk.region, payload.text(app, "region"))
    until = http.now() - LAG
    conversations = await _count(desk, "conversations", since, until)
    calls = conversations + math.ceil(conversations / SIZES["conversations"])
    facts = {
        "region": payload.text(app, "region") or desk.region.upper(),
        "workspace": payload.key(app, "id_code"),
        "conversations": f"{conversations:,}",
    }
    if tickets:
        count = await _count(desk, "tickets", since, until)
        calls += 2 * math.ceil(count / SIZES["tickets"])
        facts["tickets"] = f"{count:,}"
    facts["calls of a first pull"] = (
        f"about {calls:,}; later ones ask again only where something was said"
    )
    facts["deletions"] = "told by webhooks alone, as Intercom tells them"
    if left := _left(answer):
        facts["calls left"] = left
    name = one_line(payload.text(me, "name") or payload.text(me, "email"), 60)
    where = one_line(payload.text(app, "name"), 60) or "a workspace"
    return Report(
        account=f"{where} at Intercom, by the token of {name or 'an app'}",
        facts={key: one_line(value, 120) for key, value in facts.items() if value},
        seconds=calls * _CALL / WIDTH,
    )


async def _count(
    desk: Intercoms, kind: str, since: datetime | None, until: datetime
) -> int:
    told = payload.found(await desk.search(kind, since, until, size=1))
    payload.rows(told, kind)
    return max(0, int(payload.number(told, "total_count") or 0))


def _must_be_of(region: str, told: str) -> None:
    if told and told.casefold() != region:
        raise ConfigError(
            f"this workspace is in Intercom's region {one_line(told, 20)}; set"
            f" region={one_line(told, 20).casefold()}"
        )


def _left(answer: Response) -> str:
    """Calls that are left in this window, where the answer says so."""
    left = answer.headers.get("x-ratelimit-remaining", "")
    of = answer.headers.get("x-ratelimit-limit", "")
    if not left.isdecimal():
        return ""
    return f"{int(left[:12]):,}" + (f" of {int(of[:12]):,}" if of.isdecimal() else "")
