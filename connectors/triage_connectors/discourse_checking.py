"""What a forum says of itself before anything is pulled."""

from __future__ import annotations

import math
from datetime import datetime
from urllib.parse import urlsplit

from triage.connector import Report
from triage_connectors import payload
from triage_connectors.discourse_api import A_MINUTE, OF_VISITORS, POSTS, Api
from triage_connectors.discourse_known import Known


async def report(api: Api, known: Known, since: datetime | None) -> Report:
    """
    As whom we read, what is there, and how many calls a first pull takes at most.

    Raises:
        SignInFailed: The key is refused, or a visitor may read nothing.
        ConfigError: There is no forum, or none of the categories.
    """
    answer = await api.answered("posts.json")
    rows = payload.rows(payload.found(answer), "latest_posts")
    await known.learn()
    newest = max((int(payload.must_be_key(row)) for row in rows), default=0)
    # A page of posts, and one question for the topics that begin on it.
    calls = 2 * math.ceil(newest / POSTS) + 2
    limit = A_MINUTE if api.key else OF_VISITORS
    reach = f", fewer since {since:%F}" if since else ""
    names = sorted(known.posts.categories.values())
    shown = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
    facts = {
        "read as": f"{api.user}, by a key" if api.key else "a visitor, without a key",
        "categories": f"{len(names):,} that may be read: {shown}",
        "first pull": f"at most {calls:,} calls for {newest:,} posts{reach}",
        "limit": f"{limit} calls a minute, unless the forum sets another",
    }
    who = api.user if api.key else "a visitor"
    return Report(
        account=f"{who} at {urlsplit(api.home).netloc}",
        facts=facts,
        seconds=calls / limit * 60,
    )
