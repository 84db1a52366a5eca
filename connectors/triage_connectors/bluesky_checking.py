"""What Bluesky says before anything is pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors.bluesky_api import LISTED, Network
from triage_connectors.social_post import MENTIONS

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.bluesky import Bluesky as Settings


async def report(http: Http, settings: Settings) -> Report:
    """Return whose account it is, what each search finds, and what a pull asks."""
    network = await Network.entered(http, settings)
    facts: dict[str, str] = {}
    calls = 1 + len(network.streams)
    for stream in network.streams:
        kind, _, name = stream.partition(" ")
        if kind == "search":
            many = await network.many(name)
            facts[f"search “{name}”"] = (
                "not counted" if many is None else f"about {many:,} posts"
            )
            calls += (many or 0) // LISTED + 1
        else:
            leaf = await network.leaf(stream, "")
            told = f"{len(leaf.posts)}{' or more' if leaf.after else ''}"
            if kind == MENTIONS:
                facts["mentions, replies and quotes"] = told
            else:
                facts[f"own account {name}"] = (
                    f"{told} posts, of which answers are kept"
                )
    facts["deletions"] = f"seen for {settings.recheck_days} days"
    facts["calls of a first pull"] = (
        f"about {calls:,} without mentions and answers that lie further back;"
        " 3,000 in 5 minutes are allowed"
    )
    me = f"@{network.session.handle} at {settings.at}"
    return Report(account=one_line(me, 200), facts=facts)
