"""Help Scout as a plain script reads it: a list, then each conversation's threads."""

from __future__ import annotations

from typing import Any

import httpx

from servers.help_scout import CANARY, CLIENT

HOME = "https://api.helpscout.net/v2"


async def naive(client: httpx.AsyncClient) -> int:
    """Rows read, one call after the other."""
    grant = {
        "grant_type": "client_credentials",
        "client_id": CLIENT,
        "client_secret": CANARY,
    }
    token = (await client.post(f"{HOME}/oauth2/token", data=grant)).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    params: dict[str, Any] = {
        "status": "all", "sortField": "modifiedAt", "sortOrder": "asc",
    }  # fmt: skip
    rows, page, last = 0, 1, 1
    while page <= last:
        url = f"{HOME}/conversations"
        params["page"] = page
        listed = (await client.get(url, params=params, headers=headers)).json()
        for row in listed["_embedded"]["conversations"]:
            part, end = 1, 1
            while part <= end:
                answer = await client.get(
                    f"{url}/{row['id']}/threads",
                    params={"page": part},
                    headers=headers,
                )
                told = answer.json()
                rows += len(told["_embedded"]["threads"])
                part, end = part + 1, told["page"]["totalPages"]
        page, last = page + 1, listed["page"]["totalPages"]
    return rows
