"""The made-up shop as one of many services, and with much in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from servers.shop import CANARY, Reviews, Shop
from triage.connector import Secret


def connector() -> Reviews:
    """A source with the shop's own key."""
    return Reviews(Secret(CANARY))


@dataclass(slots=True)
class ReviewsService(Shop):
    """The shop, which can be filled."""

    def fill(self, conversations: int) -> int:
        """So many reviews, a second apart, a hundred a page; how many rows that is."""
        self.size = 100
        for _ in range(conversations):
            self.add()
            self.now += timedelta(seconds=1)
        return conversations
