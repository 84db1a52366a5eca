"""Freshdesk as a plain script asks it: the list, then a call for each ticket."""

from __future__ import annotations

import httpx

from servers.freshdesk import KEY, ORIGIN


async def naive(client: httpx.AsyncClient) -> int:
    """Ask one thing after the other; how many rows came."""
    rows = 0
    url = (
        f"{ORIGIN}/api/v2/tickets?updated_since=2010-01-01T00:00:00Z&order_by=updated_at"
        "&order_type=asc&include=description,requester,stats&per_page=100&page=1"
    )
    while url:
        answer = await client.get(url, auth=(KEY, "X"))
        answer.raise_for_status()
        for ticket in answer.json():
            rows += 1
            said = f"{ORIGIN}/api/v2/tickets/{ticket['id']}/conversations?per_page=100"
            while said:
                replies = await client.get(said, auth=(KEY, "X"))
                replies.raise_for_status()
                rows += len(replies.json())
                said = replies.links.get("next", {}).get("url", "")
        url = answer.links.get("next", {}).get("url", "")
    return rows
