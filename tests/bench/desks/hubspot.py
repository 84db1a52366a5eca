"""HubSpot as a plain script reads it: a call for each ticket's contact and thread."""

from __future__ import annotations

from typing import Any

import httpx

from servers.hubspot import CANARY

_CRM = "https://api.hubapi.com/crm/v3/objects"
_THREADS = "https://api.hubapi.com/conversations/v3/conversations/threads"


async def naive(client: httpx.AsyncClient) -> int:
    """Read tickets and who they are of, threads and their messages; how many rows."""
    headers = {"Authorization": f"Bearer {CANARY}"}

    async def every(url: str, **params: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            asked = {"limit": "100", **params}
            answer = await client.get(url, params=asked, headers=headers)
            told = answer.raise_for_status().json()
            found += told["results"]
            after = told.get("paging", {}).get("next", {}).get("after")
            if not after:
                return found
            params["after"] = after

    rows = 0
    for ticket in await every(f"{_CRM}/tickets", associations="contacts"):
        rows += 1
        for one in ticket["associations"]["contacts"]["results"]:
            url = f"{_CRM}/contacts/{one['id']}"
            (await client.get(url, headers=headers)).raise_for_status().json()
    for thread in await every(_THREADS):
        rows += len(await every(f"{_THREADS}/{thread['id']}/messages"))
    return rows
