"""What services tell of their own accord is believed where signed, kept and fetched."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Mapping,
    Sequence,
)
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, cast

import httpx
import pytest

import packages
from factories import NOON, an_incoming, table
from triage.connector import (
    Cursor,
    Page,
    Push,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage.errors import ConfigError
from triage.store import pushes
from triage.sync import Ended, Failed, Grouped, Skipped
from triage.transport import Http
from triage.workspace import Workspace
from triage.workspace.receiving import Listening

SECRET = "canary-of-webhooks"
FETCHED: list[tuple[str, ...]] = []
DOWN: list[bool] = []


@dataclass(frozen=True, slots=True)
class Telling:
    """
    A desk that tells.

    Attributes:
        webhook_secret: What it signs with.
    """

    summary: ClassVar[str] = "A desk that tells"

    webhook_secret: Secret | None = None

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield nothing: all there is, is told."""
        del http, cursor
        return
        yield

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """Believe what is signed."""
        assert self.webhook_secret
        key = self.webhook_secret.reveal().encode()
        signed = hmac.new(key, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signed, headers.get("x-signature", "")):
            raise SignInFailed("it is not signed with webhook_secret")
        told = json.loads(body)
        return Push(told["id"], told["about"])

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those as they are."""
        del http
        if DOWN:
            raise SourceUnavailable("the desk is down; try again later")
        FETCHED.append(tuple(about))
        return Page([an_incoming(name, f"It broke, {name}") for name in about], None)


@pytest.fixture
def desk(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """A workspace with a source that is told."""
    points = f"telling = {__name__}:Telling\n"
    monkeypatch.syspath_prepend(
        str(packages.installed(tmp_path / "installed", "telling", points))
    )
    FETCHED.clear()
    DOWN.clear()
    workspace.add_source("desk", "telling", {"webhook_secret": SECRET})
    return workspace


def signed(told: object, secret: str = SECRET) -> tuple[dict[str, str], bytes]:
    body = json.dumps(told).encode()
    key = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Signature": key}, body


async def knock(address: str, told: object, secret: str = SECRET) -> int:
    headers, body = signed(told, secret)
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(address, headers=headers, content=body)).status_code


def listened(
    workspace: Workspace,
    knocks: Callable[[str], Coroutine[Any, Any, object]],
    until: Callable[[object], bool],
) -> list[object]:
    """What is told while somebody knocks, up to what is waited for."""

    async def listen() -> list[object]:
        heard: list[object] = []
        knocking: asyncio.Task[object] | None = None
        async with asyncio.timeout(20):
            stream = cast("AsyncGenerator[object, None]", workspace.receive())
            async with aclosing(stream) as events:
                async for event in events:
                    heard.append(event)
                    if isinstance(event, Listening):
                        knocking = asyncio.ensure_future(
                            knocks(event.addresses["desk"])
                        )
                    if until(event):
                        break
            assert knocking is not None
            await knocking
        return heard

    return asyncio.run(listen())


def brought(event: object) -> bool:
    return isinstance(event, Ended) and event.counts.new > 0


def test_what_is_told_is_fetched_and_waits_in_the_inbox(desk: Workspace) -> None:
    """A signed telling names what changed; the desk itself is asked what it says."""

    async def knocks(address: str) -> None:
        assert await knock(address, {"id": "d1", "about": ["7", "8"]}) == 204

    def grouped(event: object) -> bool:
        return isinstance(event, Grouped) and event.done == event.total

    listened(desk, knocks, grouped)
    assert FETCHED == [("7", "8")]
    assert desk.counts()["feedback"] == 2
    assert desk.counts()["pending"] == 0
    assert pushes.waiting(desk.db.read(), "desk") is None


def test_what_is_told_twice_is_kept_once(desk: Workspace) -> None:
    """The same delivery again is answered well, and asks the desk nothing."""

    async def knocks(address: str) -> None:
        for _ in range(3):
            assert await knock(address, {"id": "d1", "about": ["7"]}) == 204

    listened(desk, knocks, brought)
    assert len(table(desk.db, "push")) == 1
    assert FETCHED.count(("7",)) == 1


def test_who_is_not_the_service_is_not_believed(desk: Workspace) -> None:
    """A telling with another key is refused, said so once, and nothing is kept."""

    async def knocks(address: str) -> None:
        for _ in range(2):
            assert await knock(address, {"id": "x", "about": ["7"]}, "other") == 401
        assert await knock(address, {"id": "y", "about": ["8"]}) == 204

    heard = listened(desk, knocks, brought)
    refused = [event for event in heard if isinstance(event, Skipped)]
    assert ["not believed" in event.why for event in refused] == [True]
    assert FETCHED == [("8",)]
    assert SECRET not in repr(heard)


def test_a_mere_test_is_answered(desk: Workspace) -> None:
    """A telling about nothing, as services send to try the address, is kept nowhere."""

    async def knocks(address: str) -> None:
        assert await knock(address, {"id": "t", "about": []}) == 204
        assert await knock(address, {"id": "y", "about": ["8"]}) == 204

    listened(desk, knocks, brought)
    assert len(table(desk.db, "push")) == 1


def test_what_was_kept_and_not_fetched_is_fetched_by_the_next(desk: Workspace) -> None:
    """Killed after it answered, what it was told is not lost."""
    with desk.db.write() as write:
        pushes.keep(write, "desk", Push("d1", ["7"]), NOON)

    async def nobody(address: str) -> None:
        del address

    listened(desk, nobody, brought)
    assert FETCHED == [("7",)]


def test_what_could_not_be_fetched_waits(desk: Workspace) -> None:
    """A desk that is down when it is asked is asked again; the telling stays."""
    DOWN.append(True)

    async def knocks(address: str) -> None:
        await knock(address, {"id": "d1", "about": ["7"]})

    listened(desk, knocks, lambda event: isinstance(event, Failed))
    waiting = pushes.waiting(desk.db.read(), "desk")
    assert waiting
    assert waiting.about == ("7",)
    DOWN.clear()

    async def nobody(address: str) -> None:
        del address

    listened(desk, nobody, brought)
    assert pushes.waiting(desk.db.read(), "desk") is None


def test_it_is_no_sign_that_nothing_is_missing(desk: Workspace) -> None:
    """Where the next pull begins, and when the last one was, stay as they were."""

    async def knocks(address: str) -> None:
        await knock(address, {"id": "d1", "about": ["7"]})

    listened(desk, knocks, brought)
    (view,) = [one for one in desk.sources() if one.name == "desk"]
    assert view.synced_at is None
    assert table(desk.db, "source")[0][3] is None


def test_a_name_with_a_blank_has_an_address(desk: Workspace) -> None:
    """Whatever a source is called, it can be told."""
    desk.add_source("the desk, 2", "telling", {"webhook_secret": SECRET})

    async def knocks(address: str) -> None:
        other = f"{address.rpartition('/')[0]}/the%20desk%2C%202"
        assert await knock(other, {"id": "d1", "about": ["7"]}) == 204

    heard = listened(desk, knocks, brought)
    addresses = next(e.addresses for e in heard if isinstance(e, Listening))
    assert addresses["the desk, 2"].endswith("/the%20desk%2C%202")


def test_nobody_can_listen(workspace: Workspace) -> None:
    """Where no source has a secret to sign with, it says what to set."""

    async def listen() -> None:
        async for _ in workspace.receive():
            raise AssertionError

    with pytest.raises(ConfigError, match="webhook_secret"):
        asyncio.run(listen())


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (b"GET /desk HTTP/1.1\r\n\r\n", b"405"),
        (b"POST /other HTTP/1.1\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"POST /desk HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST /desk HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST /desk HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"411"),
        (b"POST /desk HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", b"401"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"POST /desk HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", b"431"),
    ],
)
def test_nonsense_is_answered(desk: Workspace, asked: bytes, answer: bytes) -> None:
    """Whatever is sent, the door says no in the words of HTTP, and stays open."""

    async def knocks(address: str) -> None:
        port = int(address.rpartition(":")[2].partition("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked)
        said = await reader.read(200)
        writer.close()
        assert said.split()[1] == answer
        assert await knock(address, {"id": "y", "about": ["8"]}) == 204

    listened(desk, knocks, brought)
