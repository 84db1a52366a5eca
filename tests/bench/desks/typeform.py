"""What a plain script does with Typeform: every form, its responses page by page."""

from __future__ import annotations

import httpx

from servers.typeform import CANARY, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Return how many responses it read, in pages of the size the API gives unasked."""
    signed = {"Authorization": f"Bearer {CANARY}"}
    answer = await client.get(f"{HOST}/forms", headers=signed)
    rows = 0
    for form in answer.raise_for_status().json()["items"]:
        after = ""
        while True:
            answer = await client.get(
                f"{HOST}/forms/{form['id']}/responses",
                params={"after": after} if after else {"sort": "submitted_at,asc"},
                headers=signed,
            )
            told = answer.raise_for_status().json()
            rows += len(told["items"])
            if len(told["items"]) == told["total_items"]:
                break
            after = told["items"][-1]["token"]
    return rows
