"""What a plain script does with SurveyMonkey: the lists, then a call for each response."""

from __future__ import annotations

import httpx

from servers.surveymonkey import CANARY, HOST


async def naive(client: httpx.AsyncClient) -> int:
    """Return how many responses it read, in pages of the size the API gives unasked."""
    signed = {"Authorization": f"Bearer {CANARY}"}
    answer = await client.get(f"{HOST}/v3/surveys", headers=signed)
    rows = 0
    for survey in answer.raise_for_status().json()["data"]:
        url = f"{HOST}/v3/surveys/{survey['id']}/responses"
        page, more = 1, True
        while more:
            answer = await client.get(url, params={"page": page}, headers=signed)
            told = answer.raise_for_status().json()
            for row in told["data"]:
                answer = await client.get(f"{url}/{row['id']}/details", headers=signed)
                rows += bool(answer.raise_for_status().json()["pages"])
            page, more = page + 1, "next" in told["links"]
    return rows
