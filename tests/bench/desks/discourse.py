"""What a plain script does with Discourse: the list, then a call for each topic."""

from __future__ import annotations

import httpx

from servers.discourse_forum import HOME
from servers.discourse_server import KEY

_HEADERS = {"Api-Key": KEY, "Api-Username": "system"}


async def naive(client: httpx.AsyncClient) -> int:
    """Return how many rows it read, one topic after the other."""
    rows, page = 0, 0
    while True:
        answer = await client.get(
            f"{HOME}/latest.json?order=activity&per_page=100&page={page}",
            headers=_HEADERS,
        )
        topics = answer.raise_for_status().json()["topic_list"]["topics"]
        for topic in topics:
            rows += await _posts(client, topic["id"])
        if not topics:
            return rows
        page += 1


async def _posts(client: httpx.AsyncClient, name: int) -> int:
    answer = await client.get(f"{HOME}/t/{name}.json", headers=_HEADERS)
    stream = answer.raise_for_status().json()["post_stream"]
    rows, rest = len(stream["posts"]), stream["stream"][20:]
    for first in range(0, len(rest), 20):
        answer = await client.get(
            f"{HOME}/t/{name}/posts.json",
            params={"post_ids[]": rest[first : first + 20]},
            headers=_HEADERS,
        )
        rows += len(answer.raise_for_status().json()["post_stream"]["posts"])
    return rows
