"""The small JMAP server as the contract of services wants one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import httpx

from servers.jmap import TOKEN, JmapServer
from servers.jmap_pulls import a_mail, ours
from triage.connector import Connector, Secret
from triage_connectors.jmap import Jmap


def connector() -> Jmap:
    """The account's own, whose mails of us are known by their domain."""
    return ours(own_domains=("us.example",))


class JmapService:
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
