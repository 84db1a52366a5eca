"""What a plain script does with Zendesk: the export, then a call for each ticket."""

from __future__ import annotations

import httpx

from servers.zendesk_server import EMAIL, HOST, TOKEN

_HOME = f"https://{HOST}/api/v2"


async def naive(client: httpx.AsyncClient) -> int:
    """Return how many rows it read, one ticket after the other."""
    auth = httpx.BasicAuth(f"{EMAIL}/token", TOKEN)
    params = {"start_time": "946684800", "include": "users"}
    rows, more = 0, True
    while more:
        answer = await client.get(
            f"{_HOME}/incremental/tickets/cursor", params=params, auth=auth
        )
        told = answer.raise_for_status().json()
        for ticket in told["tickets"]:
            rows += await _comments(client, auth, ticket["id"])
        more = not told["end_of_stream"]
        params = {"cursor": told["after_cursor"], "include": "users"}
    return rows


async def _comments(client: httpx.AsyncClient, auth: httpx.BasicAuth, name: int) -> int:
    params = {"page[size]": "100", "include": "users"}
    rows, more = 0, True
    while more:
        answer = await client.get(
            f"{_HOME}/tickets/{name}/comments", params=params, auth=auth
        )
        told = answer.raise_for_status().json()
        rows += len(told["comments"])
        more = told["meta"]["has_more"]
        params["page[after]"] = told["meta"]["after_cursor"]
    return rows
