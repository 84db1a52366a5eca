"""What a plain script asks of Jira: a search, then the comments of each request."""

from __future__ import annotations

import httpx

from servers.jira_service_management import CANARY, EMAIL, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Read every request one after the other; the messages it read."""
    rows, token, auth = 0, "", (EMAIL, CANARY)
    while True:
        asked = {
            "jql": 'project in ("SUP") ORDER BY updated ASC, key ASC',
            "fields": ["summary", "description", "status"], "maxResults": 100,
            **({"nextPageToken": token} if token else {}),
        }  # fmt: skip
        at = f"{HOST}/rest/api/3/search/jql"
        page = (await client.post(at, json=asked, auth=auth)).json()
        for issue in page["issues"]:
            at, total = f"{HOST}/rest/api/3/issue/{issue['id']}/comment", 1
            rows, seen = rows + 1, 0
            while seen < total:
                answer = await client.get(f"{at}?startAt={seen}", auth=auth)
                told = answer.json()
                seen += len(told["comments"])
                total = told["total"]
            rows += seen
        token = page.get("nextPageToken", "")
        if not token:
            return rows
