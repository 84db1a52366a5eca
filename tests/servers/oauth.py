"""An OAuth 2.0 server on this machine, which also says no in every way there is."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from triage.connector import OAuth, Secret

Form = dict[str, str]
Answer = tuple[int, dict[str, Any]]


@dataclass
class OAuthServer:
    """
    What it knows, and how it answers.

    Attributes:
        url: Its address, once it is served.
        asked: The forms and queries that came, their path under "path".
        refresh_tokens: Those it accepts.
        access_tokens: Those it gave.
        rotates: Whether a refresh token is replaced each time it is used.
        lasts: ``expires_in`` of an access token; None leaves it out.
        polls: What the next polls for a device code are answered; then a token.
        interval: Seconds between polls that it asks for.
        device_lasts: Seconds a device code is good for.
        answers: Given to the next requests for a token, whatever they ask.
        redirects: Added to, or in place of, what the browser is sent back with.
        gives_refresh: Whether a sign-in gives a refresh token at all.
    """

    url: str = ""
    asked: list[Form] = field(default_factory=list)
    refresh_tokens: set[str] = field(default_factory=lambda: {"refresh-0"})
    access_tokens: list[str] = field(default_factory=list)
    rotates: bool = False
    lasts: Any = 3600
    polls: list[str] = field(default_factory=list)
    interval: float = 0.01
    device_lasts: float = 60
    answers: list[Answer] = field(default_factory=list)
    redirects: Form = field(default_factory=dict)
    gives_refresh: bool = True
    _codes: dict[str, Form] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def oauth(self, **changed: Any) -> OAuth:
        """How to sign in here."""
        told: dict[str, Any] = {
            "token_url": f"{self.url}/token",
            "scope": "mail.read offline",
            "client_id": "client-1",
            "client_secret": Secret("client-s3cret"),
            "authorize_url": f"{self.url}/authorize",
        }
        return OAuth(**(told | changed))

    def token(self, form: Form) -> Answer:
        if self.answers:
            return self.answers.pop(0)
        match form.get("grant_type"):
            case "refresh_token":
                return self._refreshed(form)
            case "authorization_code":
                return self._exchanged(form)
            case "urn:ietf:params:oauth:grant-type:device_code":
                if self.polls:
                    return 400, {"error": self.polls.pop(0)}
                return self._granted(fresh=self.gives_refresh)
        return 400, {"error": "unsupported_grant_type"}

    def device(self, form: Form) -> Answer:
        del form
        return 200, {
            "device_code": "device-code-1", "user_code": "WDJB-MJHT",
            "verification_uri": f"{self.url}/go", "expires_in": self.device_lasts,
            "interval": self.interval,
        }  # fmt: skip

    def authorized(self, query: Form) -> str:
        """Where the browser is sent once the person agreed."""
        code = f"code-{len(self._codes)}"
        self._codes[code] = query
        back = {"code": code, "state": query["state"], "scope": "a b", **self.redirects}
        told = urlencode({name: value for name, value in back.items() if value})
        return f"{query['redirect_uri']}?{told}"

    def _refreshed(self, form: Form) -> Answer:
        used = form.get("refresh_token", "")
        if used not in self.refresh_tokens:
            return 400, {
                "error": "invalid_grant",
                "error_description": f"Token {used} was revoked",
            }
        if self.rotates:
            self.refresh_tokens.discard(used)
        return self._granted(fresh=self.rotates)

    def _exchanged(self, form: Form) -> Answer:
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked.get("code_challenge") != challenge
            or asked.get("code_challenge_method") != "S256"
            or asked.get("redirect_uri") != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        return self._granted(fresh=self.gives_refresh)

    def _granted(self, *, fresh: bool) -> Answer:
        with self._turn:
            self.access_tokens.append(f"access-{len(self.access_tokens) + 1}")
            told: dict[str, Any] = {
                "access_token": self.access_tokens[-1], "token_type": "Bearer",
            }  # fmt: skip
            if self.lasts is not None:
                told["expires_in"] = self.lasts
            if fresh:
                told["refresh_token"] = f"refresh-{len(self.access_tokens)}"
                self.refresh_tokens.add(told["refresh_token"])
        return 200, told


@contextmanager
def serving() -> Iterator[OAuthServer]:
    """A server of one's own, listening."""
    server = OAuthServer()

    class Replies(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            form = dict(parse_qsl(self.rfile.read(size).decode()))
            path = urlsplit(self.path).path
            server.asked.append(form | {"path": path})
            status, told = (server.device if path == "/device" else server.token)(form)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            server.asked.append(query | {"path": urlsplit(self.path).path})
            self.send_response(302)
            self.send_header("Location", server.authorized(query))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            del words

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Replies)
    listener.daemon_threads = True
    server.url = f"http://127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
