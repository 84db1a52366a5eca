"""New mail is seen while nobody asks, and a connection that ends is said to have."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from servers.fake_imap import Answer, FakeImap, Message, Talk
from servers.fault import Fault, FaultProxy
from servers.mailbox import Mailbox, letter, pages_of
from triage.connector import Connector, Cursor, Secret, SourceUnavailable
from triage_connectors import imap_watching
from triage_connectors.imap import Imap


@contextlib.asynccontextmanager
async def watching(
    source: Imap, cursor: Cursor | None
) -> AsyncIterator[AsyncIterator[None]]:
    http: Any = None
    turns: Any = source.watch(http, cursor)
    try:
        yield turns
    finally:
        await turns.aclose()


async def soon(turns: AsyncIterator[None], seconds: float = 5) -> float:
    """Wait for a turn; how many seconds that took."""
    began = time.perf_counter()
    async with asyncio.timeout(seconds):
        await anext(turns)
    return time.perf_counter() - began


async def pulled(source: Connector, cursor: Cursor | None = None) -> Cursor | None:
    http: Any = None
    async for page in source.pull(http, cursor):
        cursor = page.cursor
    return cursor


async def test_new_mail_is_seen_at_once(
    mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mail that arrives while its folder is watched is told of within two seconds."""
    mailbox.deliver(1)
    source = mailbox.connector()
    cursor = await pulled(source)
    async with watching(source, cursor) as turns:
        for number in (2, 3):
            waiting = asyncio.ensure_future(anext(turns))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            began = time.perf_counter()
            mailbox.deliver(number)
            async with asyncio.timeout(5):
                await waiting
            took = time.perf_counter() - began
            with capsys.disabled():
                print(f"\nnew mail was seen after {took:.2f} s")
            assert took < 2


async def test_mail_that_came_before(mailbox: Mailbox) -> None:
    """What arrived between the last pull and the watch is told of first."""
    mailbox.deliver(1)
    source = mailbox.connector()
    cursor = await pulled(source)
    mailbox.deliver(2)
    async with watching(source, cursor) as turns:
        assert await soon(turns) < 2
        with pytest.raises(TimeoutError):
            await soon(turns, 1.5)


async def test_flags_and_deletions_are_no_news(mailbox: Mailbox) -> None:
    """Reading, flagging and deleting mail elsewhere wakes nobody."""
    for number in range(4):
        mailbox.deliver(number)
    source = mailbox.connector()
    cursor = await pulled(source)
    async with watching(source, cursor) as turns:
        waiting = asyncio.ensure_future(soon(turns, 2.5))
        await asyncio.sleep(0.3)
        with mailbox.server.client(mailbox.user) as client:
            client.store("1:2", "+FLAGS", r"(\Seen \Deleted)")
            client.expunge()
        with pytest.raises(TimeoutError):
            await waiting


async def test_other_folders_are_asked(mailbox: Mailbox, monkeypatch: Any) -> None:
    """Of several folders the first tells of itself, the others are asked."""
    monkeypatch.setattr(imap_watching, "POLL", 0.5)
    source = mailbox.connector(folders=("inbox", "archive"))
    cursor = await pulled(source)
    async with watching(source, cursor) as turns:
        waiting = asyncio.ensure_future(soon(turns))
        await asyncio.sleep(0.2)
        mailbox.deliver(1, "Archive")
        assert await waiting < 3


def to(server: FakeImap, **settings: Any) -> Imap:
    return Imap(
        host="127.0.0.1", port=server.port, tls="none", user="a",
        password=Secret("canary-5f3a91"), patience=2.0, **settings,
    )  # fmt: skip


async def test_a_server_that_does_not_tell(monkeypatch: Any) -> None:
    """Without IDLE the server is asked again and again."""
    monkeypatch.setattr(imap_watching, "POLL", 0.2)
    with FakeImap(folders={"INBOX": [Message(1, letter(1))]}) as server:
        source = to(server)
        cursor = await pulled(source)
        async with watching(source, cursor) as turns:
            with pytest.raises(TimeoutError):
                await soon(turns, 1)
        assert not any(said.startswith("IDLE") for said in server.heard)
        async with watching(source, cursor) as turns:
            server.folders["INBOX"].append(Message(2, letter(2)))
            assert await soon(turns) < 2


async def test_a_sign_of_life_is_no_mail() -> None:
    """ "Still here", flags and fewer messages pass; one message more does not."""
    idled: list[Talk] = []

    def idle(talk: Talk, _: str) -> bytes:
        talk.say(b"* OK Still here\r\n+ idling\r\n")
        idled.append(talk)
        assert talk.line() == b"DONE\r\n"
        return talk.done()

    messages = [Message(1, letter(1)), Message(2, letter(2))]
    answers: dict[str, Answer] = {"IDLE": idle}
    with FakeImap(
        "IMAP4rev1 AUTH=PLAIN IDLE", folders={"INBOX": messages}, answers=answers
    ) as server:
        source = to(server)
        cursor = await pulled(source)
        async with watching(source, cursor) as turns:
            waiting = asyncio.ensure_future(soon(turns))
            await asyncio.sleep(0.2)
            idled[0].say(b"* OK Still here\r\n* 1 FETCH (FLAGS (\\Seen))\r\n")
            idled[0].say(b"* 2 EXPUNGE\r\n* 1 EXISTS\r\n* 0 RECENT\r\n")
            await asyncio.sleep(0.2)
            assert not waiting.done()
            messages.append(Message(3, letter(3)))
            idled[0].say(b"* 2 EXI")
            await asyncio.sleep(0.1)
            idled[0].say(b"STS\r\n")
            assert await waiting < 2
            assert sum(said == "IDLE" for said in server.heard) == 1


async def test_idling_is_begun_anew(monkeypatch: Any) -> None:
    """IDLE is ended and begun again before a server or a router would end it."""
    assert imap_watching._IDLE < 29 * 60
    monkeypatch.setattr(imap_watching, "_IDLE", 0.3)

    def idle(talk: Talk, _: str) -> bytes:
        talk.say(b"+ idling\r\n")
        talk.line()
        return talk.done()

    with FakeImap("IMAP4rev1 AUTH=PLAIN IDLE", answers={"IDLE": idle}) as server:
        async with watching(to(server), await pulled(to(server))) as turns:
            with pytest.raises(TimeoutError):
                await soon(turns, 1.5)
        assert sum(said == "IDLE" for said in server.heard) >= 3


@pytest.mark.parametrize("kind", ["cut", "end"])
async def test_a_connection_that_breaks(mailbox: Mailbox, kind: Any) -> None:
    """A watch whose connection breaks ends with an error of ours, at once."""
    proxy = FaultProxy(mailbox.server.tls_port)
    try:
        source = mailbox.connector(port=proxy.port)
        cursor = await pulled(source)
        async with watching(source, cursor) as turns:
            proxy.set(Fault())
            waiting = asyncio.ensure_future(soon(turns))
            await asyncio.sleep(0.4)
            proxy.close()
            with pytest.raises(SourceUnavailable, match="broke"):
                await waiting
    finally:
        proxy.close()


async def test_nobody_waits_any_more(mailbox: Mailbox) -> None:
    """A watch that is cancelled lets go of its connection at once."""
    source = mailbox.connector()
    cursor = await pulled(source)
    async with watching(source, cursor) as turns:
        waiting = asyncio.ensure_future(anext(turns))
        await asyncio.sleep(0.4)
        began = time.perf_counter()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert time.perf_counter() - began < 1


async def test_the_loop_goes_on(mailbox: Mailbox) -> None:
    """While mail is pulled and read, nothing else has to wait for long."""
    letters = (letter(number, size=4000) for number in range(2500))
    mailbox.server.fill(mailbox.user, letters)
    pauses = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            pauses.append(time.perf_counter() - began)

    ticking = asyncio.ensure_future(tick())
    await pulled(mailbox.connector())
    ticking.cancel()
    assert len(pauses) > 5
    assert sorted(pauses)[len(pauses) // 2] < 0.1


def test_pulling_is_not_in_the_way(mailbox: Mailbox) -> None:
    """A pull beside a watch uses a connection of its own."""
    mailbox.deliver(1)

    async def both() -> None:
        source = mailbox.connector()
        async with watching(source, None) as turns:
            assert await soon(turns) < 2
            assert await pulled(source) is not None
            mailbox.deliver(2)
            assert await soon(turns) < 2

    asyncio.run(both())
    assert len(pages_of(mailbox.connector())) == 2
