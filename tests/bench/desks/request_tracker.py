"""What a plain script asks of a Request Tracker: a list, then two calls a ticket."""

from __future__ import annotations

import httpx

from servers.request_tracker import CANARY
from servers.request_tracker_rows import HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Read every ticket one after the other; the messages it read."""
    headers = {"Authorization": f"token {CANARY}"}
    rest, rows, page = f"{HOST}/REST/2.0", 0, 1
    while True:
        listed = {
            "query": "LastUpdated >= '2026-01-01 00:00:00'", "orderby": "LastUpdated",
            "fields": "Subject,Status,LastUpdated", "per_page": "100",
            "page": str(page),
        }  # fmt: skip
        tickets = (
            await client.get(f"{rest}/tickets", params=listed, headers=headers)
        ).json()
        for ticket in tickets["items"]:
            at = f"{rest}/ticket/{ticket['id']}"
            history = await client.get(
                f"{at}/history?fields=Type,Creator,Created&per_page=100",
                headers=headers,
            )
            parts = await client.get(
                f"{at}/attachments?fields=TransactionId,ContentType,Content"
                "&per_page=100",
                headers=headers,
            )
            texts = {one["TransactionId"]: one for one in parts.json()["items"]}
            rows += sum(
                one["Type"] in {"Create", "Correspond"} and one["id"] in texts
                for one in history.json()["items"]
            )
        if page >= tickets["pages"]:
            return rows
        page += 1
