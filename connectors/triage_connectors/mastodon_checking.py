"""What a Mastodon server says of itself before anything is pulled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.mastodon_api import Server
from triage_connectors.social_post import MENTIONS

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.mastodon import Mastodon as Settings

_FIRST_INDEX = (4, 3)
"""The version since which statuses are told by their ids, many at once."""


async def report(http: Http, settings: Settings) -> Report:
    """Return whose token it is, what the server lets be found, and what a pull asks."""
    server = await Server.entered(http, settings)
    instance = payload.found(await server.get("api/v2/instance"))
    version = payload.text(instance, "version")
    facts = {
        "server": one_line(f"{settings.url}, Mastodon {version or 'unknown'}", 120)
    }
    for stream in server.streams:
        kind, _, name = stream.partition(" ")
        leaf = await server.leaf(stream, "")
        many = f"{len(leaf.posts)}{' or more' if leaf.after else ''}"
        if kind == "search" and not leaf.posts:
            facts[f"search “{name}”"] = (
                "nothing found: the server may have no full-text search, or nobody who"
                f" lets it search said so; a hashtag, #{name.split()[0]}, finds more"
            )
        elif kind == MENTIONS:
            facts["mentions"] = many
        elif kind == "own":
            facts[f"own account {name}"] = f"{many} posts, of which answers are kept"
        else:
            facts[f"search “{name}”" if kind == "search" else f"hashtag #{name}"] = many
    facts["private mentions"] = "feedback" if settings.direct else "left out"
    facts["edits and deletions"] = (
        f"seen for {settings.recheck_days} days"
        if _parts(version) >= _FIRST_INDEX
        else "seen for a day where they are edits; Mastodon 4.3 tells of deletions"
    )
    facts["calls of a sync"] = (
        f"about {len(server.streams) + len(server.ids)}, once an hour one more for each"
        " 20 posts of the last days; 300 in 5 minutes are allowed"
    )
    me = payload.text(server.me, "acct") or "somebody"
    return Report(account=one_line(f"@{me} at {settings.url}", 200), facts=facts)


def _parts(version: str) -> tuple[int, ...]:
    told = re.match(r"(\d+)\.(\d+)", version)
    return tuple(int(part) for part in told.groups()) if told else ()
