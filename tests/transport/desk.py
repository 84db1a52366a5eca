"""A server that gives prepared answers, and the client that asks it."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx

from triage.transport import Http

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOME = "https://desk.example/api/v2"


class Desk:
    """
    A server that gives prepared answers in turn, the last one for ever.

    Attributes:
        asked: The requests that came.
        slept: The pauses the client made, in seconds.
        http: The client that asks it.
    """

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.slept: list[float] = []
        self.http = Http(
            HOME,
            client_transport=httpx.MockTransport(self._answer),
            clock=lambda: NOW,
            sleep=self._sleep,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def ok(value: object = None) -> httpx.Response:
    return httpx.Response(200, json=value or {"ok": True})
