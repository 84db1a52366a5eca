"""Tickets of Zendesk keep what every service promises, and cost few calls."""

from __future__ import annotations

from servers.zendesk import ZendeskService, connector
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.zendesk import Zendesk


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "zendesk") is Zendesk


def test_contract() -> None:
    """Killed, limited, redacted, deleted and lied to, it ends in the same store."""
    check_service(connector, ZendeskService)
