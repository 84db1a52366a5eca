"""A person at a real browser without a window, driven by its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pyte
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--disable-extensions", "--remote-debugging-port=0",
    "--window-size=1200,800", "--force-device-scale-factor=1",
    # No name of the outside is ever looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip

NAMED = {"enter": ("Enter", 13, "\r"), "escape": ("Escape", 27, "")}
"""Keys that are no character: their name, code and text."""

WAIT = 20.0


class Browser:
    """One tab: what was asked of the network, and what its terminal shows."""

    def __init__(self, talk: aiohttp.ClientWebSocketResponse) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.first_frame_at = 0.0
        self._talk = talk
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._resize(80, 24)
        self._listening = asyncio.create_task(self._listen())

    # What the person does

    async def open(self, address: str) -> None:
        """Type an address."""
        await self.call("Page.navigate", url=address)

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            name, code, text = NAMED.get(key, (key, ord(key[0].upper()), key))
            about = {"key": name, "windowsVirtualKeyCode": code}
            await self.call(
                "Input.dispatchKeyEvent", type="keyDown", text=text, **about
            )
            await self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    async def click_on(self, words: str) -> None:
        """Move the mouse to the first place these words are shown, and press it."""
        line = next(n for n, row in enumerate(self.screen.display) if words in row)
        column = self.screen.display[line].index(words) + 1
        box = await self.value(
            "(() => { const box = document.querySelector('.xterm-screen')"
            ".getBoundingClientRect(); return [box.x, box.y, box.width, box.height] })()"
        )
        x = box[0] + box[2] * (column + 0.5) / self.screen.columns
        y = box[1] + box[3] * (line + 0.5) / self.screen.lines
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            await self.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                clickCount=int(kind != "mouseMoved"),
            )  # fmt: skip

    async def see(self, *words: str, but_not: str = "\0") -> None:
        """Wait until all these words are on the terminal."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            if but_not not in self.text and all(word in self.text for word in words):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{words} never appeared on:\n{self.text}")

    async def resized(self, columns: int) -> None:
        """Wait until the terminal is no longer so wide."""
        async with asyncio.timeout(WAIT):
            while self.screen.columns == columns:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def read(self, *words: str) -> str:
        """Wait until the page itself, not its terminal, says these words."""
        told = ""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            told = str(await self.value("document.body?.innerText ?? ''"))
            if all(word in told for word in words):
                return told
            await asyncio.sleep(0.05)
        raise AssertionError(f"{words} never appeared on:\n{told}")

    async def saved(self, file: Path) -> str:
        """Wait until the browser has saved a file; what is in it."""
        async with asyncio.timeout(WAIT):
            while not file.exists():  # noqa: ASYNC110 - the browser tells nobody
                await asyncio.sleep(0.05)
        return file.read_text(encoding="utf-8")

    async def value(self, script: str) -> Any:
        """What a line of script gives in the page."""
        told = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True
        )
        return told["result"].get("value")

    async def look(self, file: Path) -> None:
        """Keep a picture of the page."""
        told = await self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(told["data"]))

    @property
    def text(self) -> str:
        """The terminal, as read."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    # How the browser is spoken to

    async def call(self, method: str, **about: Any) -> Any:
        """Ask the browser, and wait for its answer."""
        number = next(self._numbers)
        answer = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        await self._talk.send_json({"id": number, "method": method, "params": about})
        return await asyncio.wait_for(answer, WAIT)

    async def close(self) -> None:
        """Close the tab."""
        await self._talk.close()
        await self._listening

    async def _listen(self) -> None:
        async for message in self._talk:
            told = json.loads(message.data)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told.get("result", told))
            else:
                self._hear(told["method"], told["params"])

    def _hear(self, what: str, about: Any) -> None:
        if what == "Network.requestWillBeSent":
            self.asked.append(about["request"]["url"])
        elif what == "Network.webSocketCreated":
            self.asked.append(about["url"])
            self._resize(80, 24)
        elif what == "Network.webSocketFrameSent":
            told = json.loads(about["response"]["payloadData"])
            if told[0] == "resize":
                self._resize(told[1]["width"], told[1]["height"])
        elif what == "Network.webSocketFrameReceived":
            if about["response"]["opcode"] == 2:
                self.first_frame_at = self.first_frame_at or time.monotonic()
                self._stream.feed(base64.b64decode(about["response"]["payloadData"]))
        elif what == "Log.entryAdded":
            self.complaints.append(about["entry"]["text"])
        elif what == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(about["exceptionDetails"])[:600])

    def _resize(self, columns: int, lines: int) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """A browser of its own, with an empty profile; CI has one, elsewhere it may lack."""
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI tests with a browser: install chromium"
        pytest.skip("there is no chromium here; apt-get install chromium brings one")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(  # noqa: ASYNC220 - it starts and is left alone
            [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            async with aiohttp.ClientSession() as client:
                talk = await client.ws_connect(await _tab(client, Path(profile)),
                                               max_msg_size=0)  # fmt: skip
                tab = Browser(talk)
                for part in ("Page", "Network", "Log", "Runtime"):
                    await tab.call(f"{part}.enable")
                try:
                    yield tab
                finally:
                    await tab.close()
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


async def _tab(client: aiohttp.ClientSession, profile: Path) -> str:
    """Where the one tab listens, once the browser is up."""
    told = profile / "DevToolsActivePort"
    async with asyncio.timeout(WAIT):
        while not (told.exists() and told.read_text().count("\n")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        port = told.read_text().splitlines()[0]
        while True:
            async with client.get(f"http://127.0.0.1:{port}/json/list") as answer:
                for tab in await answer.json():
                    if tab["type"] == "page":
                        return str(tab["webSocketDebuggerUrl"])
            await asyncio.sleep(0.05)
