"""Connectors of services keep what the contract of services asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from servers import app_store_pulls as app_store
from servers.app_store_connect import AppStoreConnect, pem
from servers.described import Described
from servers.jmap import TOKEN, JmapServer
from servers.jmap_pulls import a_mail, ours
from triage.connector import Connector, Secret
from triage.testing import check_service

SERVERS = Path(__file__).parents[1] / "servers"


class Mailbox:
    """The small JMAP server, as the contract asks for one."""

    secrets = (TOKEN,)
    cannot: Mapping[str, str] = {
        "edit": "A mail stays as it was sent (RFC 8621 §4).",
        "refused": "Every call goes to one address; the methods' own tests check them.",
        "future": "When a mail came is the server's word; the state holds no time.",
    }

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
        self._server = JmapServer(limits={"maxObjectsInGet": 3})

    def answer(self, request: httpx.Request) -> httpx.Response:
        return self._server.answer(request)

    def add(self) -> str:
        return self._server.add(a_mail(len(self._server.mails) + 1))

    def remove(self, name: str) -> None:
        self._server.destroy(name)

    def reply(self, name: str) -> str:
        words = f"Mended in the next version, {name}."
        mail = a_mail(90, words).replace(b"ann90@customer.", b"help@us.")
        self._server.add(mail)
        return words

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "key": ours(token=Secret("canary-another-one")),
            "account=": ours(account="Calendars"),
            "Support": ours(mailboxes=("Support",)),
        }


def test_jmap() -> None:
    """JMAP, whichever request fails or lies, and wherever it is killed."""
    check_service(lambda: ours(own_domains=("us.example",)), Mailbox)


@dataclass(slots=True)
class AppStore(AppStoreConnect):
    """App Store Connect with one app, three reviews a page."""

    size: int = 3
    limit: int = 10**9
    settles: timedelta = timedelta(days=8)
    secrets: tuple[str, ...] = tuple(pem().reveal().splitlines()[1:-1])
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"order": "Apple tells no time of an edit."}
    )
    described: Described = field(
        default_factory=lambda: Described.at(SERVERS / "app_store_connect.openapi.json")
    )

    def __post_init__(self) -> None:
        self.app().versions["v1"] = ("5.2", self.now - timedelta(days=40))

    def add(self) -> str:
        number = len(self.app().reviews) + 1
        return self.app().add(number, self.now, version="v1", nickname=f"a{number}").id

    def edit(self, name: str) -> str:
        self.app().reviews[name].body = f"It crashes still, {name}"
        return f"It crashes still, {name}"

    def remove(self, name: str) -> None:
        self.app().remove(self.app().reviews[name])

    def reply(self, name: str) -> str:
        words = f"Mended in the next version, {name}"
        one = self.app().reviews[name]
        one.answer, one.answered_at = words, self.now
        return words

    def refused(self, request: httpx.Request) -> str:
        return self.described.refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "key": app_store.ours(key_id="2X9R4HXF99"),
            "com.acme.other": app_store.ours(apps=("com.acme.other",)),
        }


@pytest.mark.parametrize("versions", [False, True])
def test_app_store_connect(versions: bool) -> None:
    """App Store Connect, by version and without."""
    check_service(lambda: app_store.ours(versions=versions), AppStore)
