"""The app of one tab: its own process, without a shell and poor in surroundings."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

_GIVEN = (
    "HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "PYTHONPATH", "TEXTUAL_ANIMATIONS",
    "TMPDIR", "TRIAGE_HOME", "TZ", "USER", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
)  # fmt: skip
"""What the app is told of our environment, and LC_…; secrets are in none of these."""

_LARGEST = 1000
"""Cells a side: a browser that asks for more is given these."""

_LAST_WORDS = 64 * 1024
"""Bytes kept of what an app that failed said."""

_PRELUDE = b"__GANGLION__\n"
"""How Textual's driver says that packets follow."""


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that an app in a browser is given."""
    return {
        name: value
        for name, value in environment.items()
        if name in _GIVEN or name.startswith("LC_")
    }


class AppProcess(AppService):
    """
    One run of the app, spoken to in packets.

    Args:
        argv: The program and its words, passed as they are.
        complain: Is told what an app that failed said last.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[object]],
        downloads: DownloadManager,
        complain: Callable[[str], None],
        patience: float = 10.0,
    ) -> None:
        async def closed() -> None:
            await close()

        super().__init__(
            shlex.join(argv), write_bytes=write_bytes, write_str=write_str,
            close=closed, download_manager=downloads,
        )  # fmt: skip
        self._argv = argv
        self._complain = complain
        self._patience = patience

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return surroundings(os.environ) | {
            "TERM": "xterm-256color",
            "TERM_PROGRAM": "textual",
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_FPS": "60",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(_within(width)),
            "ROWS": str(_within(height)),
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=PIPE, stdout=PIPE, stderr=PIPE,
            env=self._build_environment(width, height),
            # Ctrl-C in our terminal is for us: apps are asked to leave in order.
            start_new_session=True,
        )  # fmt: skip
        assert self._process.stdin is not None
        self._stdin = self._process.stdin
        return self._process

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the app how large its window is, in cells."""
        await super().set_terminal_size(_within(width), _within(height))

    async def run(self) -> None:
        """Pass on what the app says until it ends, however it ends."""
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        last_words = asyncio.create_task(_tail(self._process.stderr))
        try:
            await self._pass_on(self._process.stdout)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # It left, or its tab did.
        finally:
            await self.remote_close()
        if said := await last_words:
            self._complain(said)

    async def _pass_on(self, stdout: asyncio.StreamReader) -> None:
        while await stdout.readline() != _PRELUDE:
            if stdout.at_eof():
                return
        while True:
            kind = await stdout.readexactly(1)
            size = int.from_bytes(await stdout.readexactly(4), "big")
            packet = await stdout.readexactly(size)
            if kind == b"D":
                await self.on_data(packet)
            elif kind == b"M":
                await self.on_meta(packet)
            elif kind == b"P":
                await self.on_packed(packet)

    async def stop(self) -> None:
        """Ask the app to leave, which keeps what was decided; insist after a while."""
        if self._task is None or self._process is None:
            return
        ending, self._task = self._task, None
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        await self.send_meta({"type": "quit"})
        try:
            async with asyncio.timeout(self._patience):
                await self._process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await ending


def _within(cells: int) -> int:
    return max(1, min(int(cells), _LARGEST))


async def _tail(stream: asyncio.StreamReader) -> str:
    """The end of what was said, read to the end so that nobody waits to say it."""
    kept = b""
    while said := await stream.read(4096):
        kept = (kept + said)[-_LAST_WORDS:]
    return kept.decode("utf-8", "replace")
