"""Desks are read in fewer calls than a script needs, and the bench of them runs."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.desks.registry import MADE_UP, desks, naive_of, pair_of
from triage.transport import Http

BENCH = Path(__file__).with_name("desks")

FEW = 5
"""Calls that are made once, however much there is: whose account it is, its names."""


class Counting(httpx.MockTransport):
    """
    A desk that counts.

    Attributes:
        asked: Requests so far.
    """

    def __init__(self, service: Any) -> None:
        self.asked = 0
        self._service = service
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        answer: httpx.Response = self._service.answer(request)
        return answer


@pytest.mark.parametrize("name", [*MADE_UP, *desks()])
async def test_calls(name: str) -> None:
    """Every row comes, in no more calls than a plain script makes, but for a few."""
    pair = pair_of(name)
    service: Any = pair.service()
    rows = service.fill(40)
    assert rows >= 40

    async def sleep(seconds: float) -> None:
        service.now += timedelta(seconds=seconds)

    ours, theirs = Counting(service), Counting(service)
    async with Http(
        client_transport=ours, clock=lambda: service.now, sleep=sleep
    ) as http:
        pages = [page async for page in pair.connector().pull(http, None)]
    assert len({told.external_id for page in pages for told in page.items}) == rows
    async with httpx.AsyncClient(transport=theirs) as client:
        assert await naive_of(name)(client) > 0
    assert ours.asked <= theirs.asked + FEW


def bench(*words: str) -> list[str]:
    """What the bench prints of a few conversations."""
    done = subprocess.run(
        [sys.executable, BENCH, "--only", "shop", "--conversations", "30", "--delay",
         "1", "--repeat", "1", *words],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_way() -> None:
    """All ways are measured; the second pull changes nothing, and no dlt is named."""
    head, title, *lines, last = bench("--dlt", sys.executable)
    assert head.split()[:2] == ["rows", "changed"]
    assert title == "shop, 30 conversations, 1 ms an answer"
    found = [[int(word) for word in line[32:].split()[:3]] for line in lines]
    assert found == [[30, 30, 1], [30, 30, 1], [30, 30, 1], [1, 0, 1]]
    assert last.endswith("dlt is not installed there")
