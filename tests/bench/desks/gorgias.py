"""Gorgias as a plain script asks it: the list, then a call for each ticket."""

from __future__ import annotations

import httpx

from servers.gorgias import EMAIL, KEY, ORIGIN


async def naive(client: httpx.AsyncClient) -> int:
    """Ask one thing after the other; how many rows came."""
    rows = 0
    params: dict[str, str | int] = {"order_by": "updated_datetime:asc", "limit": 100}
    while True:
        answer = await client.get(
            f"{ORIGIN}/api/tickets", params=params, auth=(EMAIL, KEY)
        )
        answer.raise_for_status()
        listed = answer.json()
        for ticket in listed["data"]:
            told = await client.get(
                f"{ORIGIN}/api/tickets/{ticket['id']}", auth=(EMAIL, KEY)
            )
            told.raise_for_status()
            rows += len(told.json()["messages"])
        if not listed["meta"]["next_cursor"]:
            return rows
        params["cursor"] = listed["meta"]["next_cursor"]
