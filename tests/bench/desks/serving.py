"""
A made-up desk with much in it, as a program: NAME CONVERSATIONS.

Prints where it is served, how many rows a pull brings and what time it is there, as
JSON. Answers until its input ends; says at ``/-/asked`` how often it was asked, and at
``/-/delay?seconds=…`` it learns how long each answer is on its way.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import httpx

from bench.desks.reaching import received
from bench.desks.registry import pair_of
from servers.served import served


class Desk:
    """A desk that counts how often it is asked, and whose time is the asker's."""

    def __init__(self, service: Any) -> None:
        self._service = service
        self._asked = 0
        self.delay = 0.0

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What it says, or how often it was asked."""
        if request.url.path == "/-/asked":
            return httpx.Response(200, json=self._asked)
        if request.url.path == "/-/delay":
            self.delay = float(request.url.params["seconds"])
            return httpx.Response(200)
        self._asked += 1
        asked, now = received(request)
        if now is not None:
            self._service.now = max(self._service.now, now)
        said: httpx.Response = self._service.answer(asked)
        return said


def main() -> None:
    """Serve until nobody listens any more."""
    name, conversations = sys.argv[1:]
    service: Any = pair_of(name).service()
    rows = service.fill(int(conversations))
    desk = Desk(service)
    with served(desk.answer, delay=lambda: desk.delay) as url:
        told = {"url": url, "rows": rows, "now": service.now.isoformat()}
        print(json.dumps(told), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
