"""A plain script's way through Mastodon: a search, then each post's thread."""

from __future__ import annotations

import httpx

from servers.mastodon import CANARY, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Statuses it gets of a search and of the threads of what was found."""
    headers = {"Authorization": f"Bearer {CANARY}"}
    seen: set[str] = set()
    bound: dict[str, str] = {}
    while True:
        answer = await client.get(
            f"{HOST}/api/v2/search",
            params={"q": "acme", "type": "statuses", "limit": "40", **bound},
            headers=headers,
        )
        found = answer.raise_for_status().json()["statuses"]
        if not found:
            return len(seen)
        for status in found:
            seen.add(status["id"])
            if status["in_reply_to_id"] is None:
                url = f"{HOST}/api/v1/statuses/{status['id']}/context"
                told = (await client.get(url, headers=headers)).raise_for_status()
                context = told.json()
                for one in [*context["ancestors"], *context["descendants"]]:
                    seen.add(one["id"])
        bound = {"max_id": found[-1]["id"]}
