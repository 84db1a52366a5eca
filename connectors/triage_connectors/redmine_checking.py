"""What a Redmine says of itself before anything is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.connector import Report
from triage_connectors import payload

if TYPE_CHECKING:
    from triage_connectors.redmine import Redmine as Settings
    from triage_connectors.redmine_api import Redmine as Api


async def report(api: Api, settings: Settings) -> Report:
    """Whose key it is, where it files, and the words that statuses can be given."""
    me = await api.me()
    project = await api.project(settings.project)
    statuses = await api.statuses()
    said = {word.strip().casefold() for word in settings.statuses}
    names = [payload.text(one, "name") for one in statuses]
    name = f"{payload.text(me, 'firstname')} {payload.text(me, 'lastname')}".strip()
    unmapped = [one for one in names if one.casefold() not in said]
    return Report(
        account=f"{name or payload.text(me, 'login') or 'somebody'} at {api.url}",
        facts={
            "files in": payload.text(project, "name"),
            "may": "find and read issues; whether it may file and comment as well,"
            " Redmine says when it is tried",
            "closes": ", ".join(
                payload.text(one, "name") for one in statuses if one.get("is_closed")
            ),
            **({"means nothing yet": ", ".join(unmapped)} if unmapped else {}),
        },
    )
