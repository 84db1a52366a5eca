"""The server: one page, the connection behind it, and the apps it opens."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import WSCloseCode, web
from textual_serve.server import Server as TextualServer
from textual_serve.server import to_int

from triage.serve import pages
from triage.serve.addresses import allowed, listening
from triage.serve.app_process import AppProcess
from triage.serve.guard import ENTER, TALK, cookie_name, guard, with_headers
from triage.serve.links import Links
from triage.serve.seats import PATIENCE, Seats

_LONGEST = 1024 * 1024
"""Bytes of one message from a browser: a long paste."""

_SAY_AGAIN = 30.0
"""Seconds without a sign of life after which a tab counts as closed."""

_NONSENSE = (
    AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""How reading a message ends that our page never sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    What to serve, where, and to how many.

    Attributes:
        database: The workspace, which is there.
        origins: Addresses a browser may show besides those of ``host``.
        patience: Seconds a tab waits for a seat.
        background: Colour behind the app, as CSS has it.
    """

    database: Path
    host: str = "127.0.0.1"
    port: int = 8000
    max_sessions: int = 4
    read_only: bool = False
    origins: Sequence[str] = ()
    patience: float = PATIENCE
    background: str = "#000000"


class Server(TextualServer):
    """
    Serves one workspace; listens from the moment it is made.

    Args:
        tell: Is told each link that lets one more browser in.
        complain: Is told what an app that failed said last.
    """

    def __init__(
        self,
        setting: Setting,
        *,
        tell: Callable[[str], None],
        complain: Callable[[str], None],
    ) -> None:
        self._setting = setting
        self._tell = tell
        self._complain = complain
        # A wrong address is said before anything listens.
        allowed(setting.host, setting.port, setting.origins)
        self._socket = listening(setting.host, setting.port)
        port = self._socket.getsockname()[1]
        self._allowed = allowed(setting.host, port, setting.origins)
        self._links = Links()
        self._seats = Seats(setting.max_sessions, setting.patience)
        self._talking: set[web.WebSocketResponse] = set()
        self._cookie = cookie_name(port)
        super().__init__(
            "triage", host=setting.host, port=port,
            title=f"{setting.database.stem} · Triage",
            public_url=next(iter(self._allowed.values())),
        )  # fmt: skip

    @property
    def link(self) -> str:
        """Lets one browser in, once."""
        return f"{self.public_url}/enter/{self._links.token}"

    @property
    def _argv(self) -> list[str]:
        # Nothing is imported from the folder somebody happens to stand in (-P).
        words = [sys.executable, "-P", "-m", "triage"]
        words += ["--db", str(self._setting.database.absolute())]
        return [*words, "--read-only"] if self._setting.read_only else words

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl-C or a polite kill; every app is asked to leave then."""
        del debug
        asyncio.run(self._until_stopped())

    async def _until_stopped(self) -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, stopped.set)
        runner = await self.start()
        self._tell(self.link)
        await stopped.wait()
        await runner.cleanup()

    async def start(self) -> web.AppRunner:
        """Answer from now on, until the runner is cleaned up."""
        # Nothing is logged: an address may hold a token.
        runner = web.AppRunner(await self._make_app(), access_log=None)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        return runner

    async def _make_app(self) -> web.Application:
        app = web.Application(
            middlewares=[guard(self._allowed, self._links, self._cookie)]
        )
        routes = (
            ("/", self.handle_index, "index"),
            ("/enter/{token}", self._enter, ENTER),
            ("/ws", self.handle_websocket, TALK),
            ("/download/{key}", self.handle_download, "download"),
            ("/static/{name}", self._static, "static"),
        )
        for path, answer, name in routes:
            app.router.add_get(path, answer, name=name, allow_head=False)
        app.on_response_prepare.append(with_headers)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page that shows the app."""
        del request
        return pages.app_page(self.title, self._setting.background)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Change the token of a link into a cookie, once."""
        if self._links.knows(request.cookies.get(self._cookie, "")):
            return pages.entered()
        cookie = self._links.spend(request.match_info["token"])
        if cookie is None:
            return pages.message(
                403, "This link is spent",
                "A link lets one browser in, once. The next one is in the terminal of"
                " `triage serve`.",
            )  # fmt: skip
        answer = pages.entered()
        answer.set_cookie(
            self._cookie, cookie, path="/", httponly=True, samesite="Strict",
            secure=self._allowed[request.host.casefold()].startswith("https:"),
        )  # fmt: skip
        self._tell(self.link)
        return answer

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return pages.static(request.match_info["name"])

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file the app hands out, always to be saved, under a name without tricks."""
        key = request.match_info["key"]
        try:
            found = await self.download_manager.get_download_metadata(key)
        except KeyError:
            return pages.message(404, "Not here", "This file was fetched already.")
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", found.file_name) or "file"
        response = web.StreamResponse(
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Disposition": f'attachment; filename="{name}"',
            }
        )
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One tab: a seat, an app, and the talk between the two."""
        tab = web.WebSocketResponse(heartbeat=_SAY_AGAIN / 2, max_msg_size=_LONGEST)
        await tab.prepare(request)
        if not await self._seats.take():
            most = self._seats.number
            words = f"{most} open already; close one of them and try again."
            await tab.close(code=WSCloseCode.TRY_AGAIN_LATER, message=words.encode())
            return tab
        self._talking.add(tab)
        try:
            await self._show(tab, request)
        finally:
            self._talking.discard(tab)
            self._seats.leave()
        return tab

    async def _show(self, tab: web.WebSocketResponse, request: web.Request) -> None:
        app = AppProcess(
            self._argv, write_bytes=tab.send_bytes, write_str=tab.send_str,
            close=tab.close, downloads=self.download_manager, complain=self._complain,
        )  # fmt: skip
        try:
            await app.start(
                to_int(request.query.get("width", ""), 80),
                to_int(request.query.get("height", ""), 24),
            )
            await self._process_messages(tab, app)
        except _NONSENSE:
            await tab.close(code=WSCloseCode.UNSUPPORTED_DATA)
        finally:
            await app.stop()

    async def on_shutdown(self, app: web.Application) -> None:
        """Tell every tab that it is over, so that each app leaves in order."""
        del app
        words = b"triage serve was stopped."
        await asyncio.gather(
            *(tab.close(code=WSCloseCode.GOING_AWAY, message=words)
              for tab in tuple(self._talking))
        )  # fmt: skip
