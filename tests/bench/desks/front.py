"""Front as a plain script reads it: every conversation, and a call for each."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx

from servers.front import CANARY

_URL = "https://api2.frontapp.com"


async def naive(client: httpx.AsyncClient) -> int:
    """Read all conversations and the messages of each; how many messages came."""
    headers = {"Authorization": f"Bearer {CANARY}"}

    async def every(path: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        params = {"limit": "100"}
        while True:
            answer = await client.get(f"{_URL}/{path}", params=params, headers=headers)
            told = answer.raise_for_status().json()
            found += told["_results"]
            link = told["_pagination"]["next"]
            if not link:
                return found
            token = parse_qs(urlsplit(link).query)["page_token"][0]
            params = {"limit": "100", "page_token": token}

    rows = 0
    for conversation in await every("conversations"):
        rows += len(await every(f"conversations/{conversation['id']}/messages"))
    return rows
