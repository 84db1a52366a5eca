"""A plain script's way through Chatwoot: every page, then a call for each conversation."""

from __future__ import annotations

import httpx

from servers.chatwoot import CANARY, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Rows it gets of all conversations, and of all ratings."""
    home = f"{HOST}/api/v1/accounts/1"
    headers = {"api_access_token": CANARY}
    rows, page = 0, 1
    while True:
        params: dict[str, str | int] = {
            "status": "all", "assignee_type": "all", "page": page,
        }  # fmt: skip
        answer = await client.get(
            f"{home}/conversations", params=params, headers=headers
        )
        talks = answer.raise_for_status().json()["data"]["payload"]
        for talk in talks:
            url = f"{home}/conversations/{talk['id']}/messages"
            before: dict[str, int] = {}
            while True:
                told = await client.get(url, params=before, headers=headers)
                some = told.raise_for_status().json()["payload"]
                rows += len(some)
                if len(some) < 20:
                    break
                before = {"before": some[0]["id"]}
        if not talks:
            break
        page += 1
    page = 1
    while True:
        params = {"sort": "created_at", "since": 0, "until": 4 * 10**9, "page": page}
        answer = await client.get(
            f"{home}/csat_survey_responses", params=params, headers=headers
        )
        some = answer.raise_for_status().json()
        rows += len(some)
        if len(some) < 25:
            return rows
        page += 1
