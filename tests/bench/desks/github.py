"""What a plain script does with GitHub: the list, then a call for each issue."""

from __future__ import annotations

import httpx

from servers.github_forge import HOME, REPO
from servers.github_server import TOKEN

_HEADERS = {"Authorization": f"Bearer {TOKEN}", "X-GitHub-Api-Version": "2022-11-28"}


async def naive(client: httpx.AsyncClient) -> int:
    """Return how many rows it read, one issue after the other."""
    rows, seen = 0, set[int]()
    begin = url = f"{HOME}/repos/{REPO}/issues?state=all&sort=updated&direction=asc"
    while url:
        answer = await client.get(f"{url}&per_page=100", headers=_HEADERS)
        issues = answer.raise_for_status().json()
        for issue in issues:
            if issue["number"] not in seen:
                rows += 1 + await _comments(client, issue["comments_url"])
                seen.add(issue["number"])
        url = answer.links.get("next", {}).get("url", "").replace("&per_page=100", "")
        if "page=101" in url:  # lists end at a hundred pages
            url = f"{begin}&since={issues[-1]['updated_at']}"
    return rows


async def _comments(client: httpx.AsyncClient, url: str) -> int:
    rows, url = 0, f"{url}?per_page=100"
    while url:
        answer = await client.get(url, headers=_HEADERS)
        rows += len(answer.raise_for_status().json())
        url = answer.links.get("next", {}).get("url", "")
    return rows
