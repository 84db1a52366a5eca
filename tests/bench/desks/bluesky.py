"""A plain script's way through Bluesky: a search, then each post's thread."""

from __future__ import annotations

import httpx

from servers.bluesky import CANARY, HOST, US


async def naive(client: httpx.AsyncClient) -> int:
    """Posts it gets of a search and of the threads of what was found."""
    told = {"identifier": US["handle"], "password": CANARY}
    url = f"{HOST}/xrpc/com.atproto.server.createSession"
    session = (await client.post(url, json=told)).raise_for_status().json()
    headers = {"Authorization": f"Bearer {session['accessJwt']}"}
    seen: set[str] = set()
    following: dict[str, str] = {}
    while True:
        answer = await client.get(
            f"{HOST}/xrpc/app.bsky.feed.searchPosts",
            params={"q": "acme", "sort": "latest", "limit": "100", **following},
            headers=headers,
        )
        found = answer.raise_for_status().json()
        for post in found["posts"]:
            seen.add(post["uri"])
            if "reply" not in post["record"]:
                url = f"{HOST}/xrpc/app.bsky.feed.getPostThread"
                about = {"uri": post["uri"]}
                below = await client.get(url, params=about, headers=headers)
                thread = below.raise_for_status().json()["thread"]
                for one in thread["replies"]:
                    seen.add(one["post"]["uri"])
        if "cursor" not in found:
            return len(seen)
        following = {"cursor": found["cursor"]}
