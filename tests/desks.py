"""A connector installed beside ours for a test: a help desk with every kind of sign-in."""

from __future__ import annotations

import sys
from pathlib import Path

import packages

MODULE = '''
from __future__ import annotations
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from triage.connector import (
    Channel, ConfigError, Cursor, Incoming, OAuth, Page, Report, Secret, SignInFailed,
    SourceUnavailable,
)

@dataclass(frozen=True, slots=True)
class Desk:
    """
    A help desk that is made up.

    Attributes:
        host: Where it is.
        user: Who signs in, as the desk
            spells them.
        password: Of the user.
        port: Where it listens.
        since: The first pull begins here.
        client_id: Of an OAuth client of your own.
        client_secret: Of that client.
        token: What signing in gave.
        issuer: Who gives tokens.
        manner: How it behaves.
    """

    summary: ClassVar[str] = "A made-up help desk"
    presets: ClassVar = {"acme": {"host": "desk.acme.example", "port": 8443}}
    hints: ClassVar = {"acme": "Acme wants an app password: make one first."}

    host: str
    user: str
    password: Secret = Secret("")
    port: int = 443
    since: str = ""
    client_id: str = ""
    client_secret: Secret = Secret("")
    token: Secret = Secret("")
    issuer: str = ""
    manner: str = "well"

    def __post_init__(self):
        if self.manner == "device" and not self.issuer:
            raise ConfigError("the setting 'issuer' is missing", missing="issuer")
        if self.token.reveal() and not self.client_id:
            raise ConfigError("a token needs client_id", missing="client_id")

    def oauth(self):
        if not self.client_id:
            return None
        return OAuth(
            token_url=f"{self.issuer}/token", scope="mail offline",
            client_id=self.client_id, client_secret=self.client_secret,
            authorize_url=f"{self.issuer}/authorize",
            device_url=f"{self.issuer}/device" if self.manner == "device" else "",
        )

    async def check(self, http):
        await self._signed_in(http)
        return Report(
            account=f"{self.user} at {self.host}",
            facts={"can": "IDLE", "folders": "INBOX, Sent"}, waiting=12034, seconds=250,
        )

    async def pull(self, http, cursor):
        await self._signed_in(http)
        yield Page(
            [Incoming(external_id="1", channel=Channel.TICKET, body="the export fails")],
            Cursor("1"),
        )

    async def _signed_in(self, http):
        password = self.password.reveal()
        if self.manner == "crash":
            raise ZeroDivisionError(f"{self!r} {self.password} {self.token!s}")
        if self.manner == "spill":
            raise ValueError(f"invalid literal: {password!r} {self.token.reveal()}")
        if self.manner == "down":
            raise SourceUnavailable(f"{self.host} cannot be reached; try again later")
        if self.client_id:
            await http.access_token(self.oauth(), self.token)
        elif password != "right":
            raise SignInFailed(
                f"{self.host} refused the password of {self.user} ({self.password});"
                " check it, and whether it has to be an app password"
            )

@dataclass(frozen=True, slots=True)
class KeyOnly:
    """
    A desk with a key alone.

    Attributes:
        key: It is the whole sign-in.
    """

    summary: ClassVar[str] = "A made-up desk with a key"
    key: Secret

    async def pull(self, http, cursor):
        yield Page([], None)
'''


def install(folder: Path) -> Path:
    """Write it as an installed package; the folder belongs on the path."""
    points = "desk = madeup_desk:Desk\nkeyonly = madeup_desk:KeyOnly\n"
    packages.installed(folder, "madeup", points)
    (folder / "madeup_desk.py").write_text(MODULE)
    return folder


def forget() -> None:
    """The next test imports its own."""
    sys.modules.pop("madeup_desk", None)
