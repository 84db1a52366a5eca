"""The made-up shop as a plain script would read it."""

from __future__ import annotations

import httpx

from servers.shop import CANARY, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Every review, page by page; how many."""
    rows, url = 0, f"{HOST}/api/reviews"
    while url:
        answer = await client.get(url, headers={"Authorization": f"Bearer {CANARY}"})
        told = answer.raise_for_status().json()
        rows += len(told["reviews"])
        url = told["next"]
    return rows
