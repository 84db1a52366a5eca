"""Intercom as a plain script reads it: search page by page, then each conversation."""

from __future__ import annotations

from typing import Any

import httpx

from servers.intercom import CANARY

SIZE = 20
"""Rows of a page where nobody asks for more."""


async def naive(client: httpx.AsyncClient) -> int:
    """Rows read, one call after the other."""
    headers = {"Authorization": f"Bearer {CANARY}", "Intercom-Version": "2.15"}
    rows, after = 0, None
    while True:
        changed = [
            {"field": "updated_at", "operator": ">", "value": 0},
            {"field": "updated_at", "operator": "<", "value": 4_000_000_000},
        ]
        pages: dict[str, Any] = {"per_page": SIZE}
        told = {
            "query": {"operator": "AND", "value": changed},
            "sort": {"field": "updated_at", "order": "ascending"},
            "pagination": {**pages, **({"starting_after": after} if after else {})},
        }
        url = "https://api.intercom.io/conversations"
        listed = (await client.post(f"{url}/search", json=told, headers=headers)).json()
        for row in listed["conversations"]:
            whole = (await client.get(f"{url}/{row['id']}", headers=headers)).json()
            rows += 1 + len(whole["conversation_parts"]["conversation_parts"])
        after = (listed["pages"].get("next") or {}).get("starting_after")
        if not after:
            return rows
