"""Connectors installed beside ours for a test: made-up shops whose reviews are answered."""

from __future__ import annotations

import sys
from pathlib import Path

import packages

MODULE = '''
from __future__ import annotations
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from triage.connector import (
    Act, Channel, Cursor, Incoming, Kind, Outgoing, Page, Receipt, Secret,
)

def die_at(point):
    """End here and now, where the test says so: as a kill -9 or a power cut would."""
    if os.environ.get("SHOP_KILL") == point:
        os.kill(os.getpid(), signal.SIGKILL)

@dataclass(frozen=True, slots=True)
class Shop:
    """
    A shop that is made up; a reply replaces the one before.

    Attributes:
        url: Where it is.
        key: Of the account.
        fault: What is wrong with this connector itself.
    """

    summary: ClassVar[str] = "A made-up shop"
    acts: ClassVar[Mapping[str, Act]] = {
        "reply": Act("Answers a review in public.", longest=350, replaces=True),
    }

    url: str
    key: Secret = Secret("")
    fault: str = ""

    async def pull(self, http, cursor):
        there = http.at(self.url)
        told = (await there.get("reviews", auth=self.key)).json()
        found = []
        for one in told["reviews"]:
            found.append(
                Incoming(
                    external_id=one["id"], channel=Channel.REVIEW, body=one["text"],
                    author=one["author"], rating=one["rating"], scale="1-5",
                    metric="stars", language=one["language"], app_version="5.2",
                    thread=one["id"], context=one["context"],
                    received_at=datetime.fromisoformat(one["at"]), also=one["also"],
                )
            )
            if one["reply"]:
                found.append(
                    Incoming(
                        external_id=one["id"] + "/reply", channel=Channel.REVIEW,
                        body=one["reply"]["text"], kind=Kind.AGENT, thread=one["id"],
                        received_at=datetime.fromisoformat(one["reply"]["at"]),
                    )
                )
        yield Page(found, Cursor("1"))

    async def send(self, http, outgoing):
        die_at("tell")
        if self.fault:
            raise ZeroDivisionError(f"{self.fault} {self.key.reveal()}")
        there = http.at(self.url)
        told = await there.post(
            f"reviews/{outgoing.to}/reply", auth=self.key,
            json={"text": outgoing.text, "key": outgoing.key},
        )
        die_at("told")
        return self._receipt(told.json(), outgoing)

    @staticmethod
    def _receipt(said, outgoing):
        return Receipt(
            external_id=said["id"], at=datetime.fromisoformat(said["at"]),
            state="PUBLISHED",
            text="" if said["text"] == outgoing.text else said["text"],
        )

@dataclass(frozen=True, slots=True)
class Asked(Shop):
    """
    A shop that can be asked what is there.

    Attributes:
        url: Where it is.
        key: Of the account.
        fault: What is wrong with this connector itself.
    """

    async def sent(self, http, outgoing):
        die_at("ask")
        said = await http.at(self.url).get(
            f"reviews/{outgoing.to}/reply", auth=self.key, allow={404}
        )
        die_at("asked")
        return None if said.status == 404 else self._receipt(said.json(), outgoing)

@dataclass(frozen=True, slots=True)
class Board(Shop):
    """
    A board whose notes stand one below the other, known by their keys.

    Attributes:
        url: Where it is.
        key: Of the account.
        fault: What is wrong with this connector itself.
    """

    acts: ClassVar[Mapping[str, Act]] = {"reply": Act("Adds a note.")}

    async def sent(self, http, outgoing):
        said = await http.at(self.url).get(
            f"notes/{outgoing.key}", auth=self.key, allow={404}
        )
        return None if said.status == 404 else self._receipt(said.json(), outgoing)
'''

POINTS = (
    "shop = madeup_shop:Asked\nmute = madeup_shop:Shop\nboard = madeup_shop:Board\n"
)


def install(folder: Path) -> Path:
    """Write it as an installed package; the folder belongs on the path."""
    packages.installed(folder, "madeup_shops", POINTS)
    (folder / "madeup_shop.py").write_text(MODULE)
    return folder


def forget() -> None:
    """The next test imports its own."""
    sys.modules.pop("madeup_shop", None)
