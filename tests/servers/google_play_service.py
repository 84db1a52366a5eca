"""The small Google Play as the contract of services wants one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from servers.google_play import (
    APP,
    PlayServer,
    a_report,
    a_review,
    a_row,
    key_file,
    pem,
)
from servers.google_play_pulls import bucket, ours, ours_described, theirs_described
from triage.connector import Connector, Secret

connector = ours


@dataclass(slots=True)
class GooglePlayService(PlayServer):
    """
    One app, three reviews a page.

    Attributes:
        reports: Whether each review is in its month's report as well.
    """

    page: int = 3
    reports: bool = False
    said: dict[str, tuple[int, datetime, datetime, str, str]] = field(
        default_factory=dict
    )
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "remove": "what is not told any more may be older than seven days",
            "empty": "Google answers {} where there are no reviews",
        }
    )

    @property
    def secrets(self) -> list[str]:
        """What must show nowhere: the key's own lines, and every token."""
        return [*pem(0).splitlines()[1:-1], "ya29.canary"]

    def add(self) -> str:
        """Somebody writes a review."""
        number = len(self.said) + 1
        return self._say(number, self.now, self.now, f"It loses tags, {number}", "")

    def edit(self, name: str) -> str:
        """They write another in its place."""
        number, at, _, _, reply = self.said[name]
        words = f"It loses my tags still, {number}"
        self._say(number, at, self.now, words, reply)
        return words

    def reply(self, name: str) -> str:
        """The developer answers."""
        number, at, edited, words, _ = self.said[name]
        reply = f"Mended in the next version, {number}"
        self._say(number, at, edited, words, reply)
        return reply

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        theirs = theirs_described()
        why = ours_described().refused(request)
        if theirs and request.url.path.startswith("/androidpublisher"):
            why = why or theirs.refused(request)
        return why

    def wrong(self) -> Mapping[str, Connector]:
        """Sources that Google refuses."""
        told = bucket() if self.reports else {}
        return {
            "com.acme.other": ours(packages=("com.acme.other",)),
            "revoked": ours(key=Secret(key_file(1)), **told),
            "no such account": ours(
                key=Secret(key_file(client_email="gone@acme-1.example")), **told
            ),
        }

    def _say(
        self, number: int, at: datetime, edited: datetime, words: str, reply: str
    ) -> str:
        review = a_review(number, edited, words, reply=reply)
        name = str(review["reviewId"])
        self.said[name] = number, at, edited, words, reply
        rest = [one for one in self.reviews[APP] if one["reviewId"] != name]
        self.reviews[APP] = [review, *rest]
        if self.reports:
            self._write()
        return name

    def _write(self) -> None:
        rows = [
            a_row(number, at, words, edited=edited.isoformat(), reply=reply)
            for number, at, edited, words, reply in self.said.values()
        ]
        # The month before has one review of its own, and stars alone.
        before = self.now.replace(day=1) - timedelta(days=9)
        old = [a_row(901, before), a_row(902, before, "")]
        for month, told in ((f"{before:%Y%m}", old), (f"{self.now:%Y%m}", rows)):
            self.put(month, a_report(told))
