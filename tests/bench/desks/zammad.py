"""A plain script's way through a Zammad desk: every page, then a call for each ticket."""

from __future__ import annotations

import httpx

from servers.zammad import CANARY, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Rows it gets of all tickets that changed."""
    headers = {"Authorization": f"Token token={CANARY}"}
    query = "updated_at:[2000-01-01T00:00:00Z TO 2100-01-01T00:00:00Z]"
    rows, page = 0, 1
    while True:
        params: dict[str, str | int] = {
            "query": query, "sort_by": "updated_at", "order_by": "asc",
            "page": page, "per_page": 100, "expand": "true",
        }  # fmt: skip
        answer = await client.get(
            f"{HOST}/api/v1/tickets/search", params=params, headers=headers
        )
        tickets = answer.raise_for_status().json()
        for ticket in tickets:
            url = f"{HOST}/api/v1/ticket_articles/by_ticket/{ticket['id']}"
            told = await client.get(url, headers=headers)
            rows += len(told.raise_for_status().json())
        if len(tickets) < 100 or page == 100:  # the search gives no more than 10,000
            return rows
        page += 1
