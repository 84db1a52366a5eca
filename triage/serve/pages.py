"""What is handed out: our page, our words, and six named files; no folder is."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from aiohttp import web

_OURS = files("triage.serve") / "page"
_THEIRS = files("textual_serve") / "static"

STATIC = {
    "page.css": _OURS / "page.css",
    "page.js": _OURS / "page.js",
    "icon.svg": _OURS / "icon.svg",
    "terminal.css": _THEIRS / "css" / "xterm.css",
    "terminal.js": _THEIRS / "js" / "textual.js",
    "upright.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
    "italic.ttf": _THEIRS / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf",
}
"""Every file there is, by the name a browser asks for."""


def static(name: str) -> web.StreamResponse:
    """A file by its name; any other name is not found."""
    if name not in STATIC:
        return message(404, "Not here", "There is nothing at this address.")
    return web.FileResponse(Path(str(STATIC[name])))


def app_page(title: str, background: str) -> web.Response:
    """The page that shows the app; ``background`` is drawn where no cell fits."""
    return _page("app.html", 200, title=title, background=background)


def entered() -> web.Response:
    """
    The page behind a link, which goes on to the app by itself.

    No redirect: after one that began on somebody else's page, a browser would not send
    a strict cookie along.
    """
    return _page("entered.html", 200)


def message(status: int, title: str, words: str) -> web.Response:
    """A calm page that says why there is nothing else to see."""
    return _page("message.html", status, title=title, words=words)


def _page(name: str, status: int, **words: str) -> web.Response:
    template = Template((_OURS / name).read_text("utf-8"))
    text = template.substitute({key: escape(value) for key, value in words.items()})
    return web.Response(text=text, status=status, content_type="text/html")
