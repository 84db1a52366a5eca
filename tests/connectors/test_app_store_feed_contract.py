"""Apple's public feed is read as the contract of services asks."""

from __future__ import annotations

from servers.app_store_feed_service import AppStoreFeedService, connector
from triage.testing import check_service


def test_service() -> None:
    """Whichever request fails or lies, and wherever it is killed, nothing is lost."""
    check_service(connector, AppStoreFeedService)
