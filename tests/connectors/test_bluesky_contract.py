"""The Bluesky connector keeps what every connector promises."""

from __future__ import annotations

from servers.bluesky import BlueskyService, connector
from triage.testing import check_service


def test_it_keeps_what_every_connector_of_a_service_promises() -> None:
    """Killed, refused, lied to and limited, a pull ends with what is there."""
    check_service(connector, BlueskyService)
