"""Who is answered at all, and what every answer tells the browser to refuse."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from triage.serve.links import Links
from triage.serve.pages import message

ENTER, TALK = "enter", "talk"
"""Routes by name: where a link leads, and the connection that types."""

_HEADERS = {
    # The terminal's script writes its own style sheet into the page.
    "Content-Security-Policy": "default-src 'none'; script-src 'self';"
    " style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The app may put text on the clipboard; nothing on it is ever read.
    "Permissions-Policy": "clipboard-read=(), camera=(), geolocation=(), microphone=()",
}


def cookie_name(port: int) -> str:
    """Browsers keep one jar for all ports of a machine, so ours says its port."""
    return f"triage-{port}"


def guard(allowed: Mapping[str, str], links: Links, cookie: str) -> Middleware:
    """
    Answers only a browser that calls us by our name and has opened a link.

    The connection that types also needs the ``Origin`` of our own page: browsers let
    any page open one, cookies and all. A missing one is refused like a foreign one.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        route = request.match_info.route.name
        origin = allowed.get(request.headers.get("Host", "").casefold())
        if origin is None:
            return message(
                403, "Not by this name",
                "Triage does not answer under the address in your browser. If you"
                " forward a port, start it with --origin and that address.",
            )  # fmt: skip
        if route != ENTER and not links.knows(request.cookies.get(cookie, "")):
            return message(
                403, "A link lets you in",
                "Open the link that `triage serve` printed in its terminal.",
            )  # fmt: skip
        if route == TALK and request.headers.get("Origin") != origin:
            return message(
                403, "Not from this page", "Another page tried to use Triage."
            )
        return await handler(request)

    return guarded


async def with_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on an answer, refusals and errors included."""
    del request
    response.headers.update(_HEADERS)
    response.headers["Server"] = "triage"
