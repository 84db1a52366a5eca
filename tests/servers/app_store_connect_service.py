"""The small App Store Connect as the contract of services wants one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import httpx

from servers.app_store_connect import NOON, AppStoreConnect
from servers.app_store_pulls import ours
from servers.described import Described
from triage.connector import Connector

_OURS = Path(__file__).with_name("app_store_connect.openapi.json")

connector = ours


class AppStoreConnectService:
    """The small App Store Connect, as the contract asks for one: three rows a page."""

    cannot: Mapping[str, str] = {
        "order": "Reviews carry no time of an edit, so that of two is not to be told."
    }

    def __init__(self) -> None:
        self._server = AppStoreConnect(size=3)
        self._described = Described.at(_OURS)
        self._app = self._server.app()
        for number in range(2):
            self._app.versions[f"v{number}"] = (f"5.{number}", NOON)

    @property
    def now(self) -> datetime:
        return self._server.now

    @now.setter
    def now(self, at: datetime) -> None:
        self._server.now = at

    def answer(self, request: httpx.Request) -> httpx.Response:
        return self._server.answer(request)

    def refused(self, request: httpx.Request) -> str:
        return self._described.refused(request)

    def add(self) -> str:
        number = len(self._app.reviews) + 1
        # Every third is in no version's list.
        version = f"v{number % 3}" if number % 3 < 2 else ""
        return self._app.add(number, self.now, version=version).id

    def edit(self, name: str) -> str:
        self._app.reviews[name].body = words = f"It works now, says {name}."
        return words

    def remove(self, name: str) -> None:
        self._app.remove(self._app.reviews[name])

    def reply(self, name: str) -> str:
        self._app.reviews[name].answer = words = f"Mended in the next version, {name}."
        return words

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "key_id": ours(key_id="AAAAAAAAAA"),
            "issuer_id": ours(issuer_id="another"),
            "apps=": ours(apps=("com.acme.none",)),
        }
