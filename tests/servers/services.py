"""
Every connector of a service, and the made-up service it asks.

Each module has ``connector()``, with settings that fit the service and secrets that are
canaries, and the class of the service, named after the connector's: ``Jmap`` asks a
``JmapService``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from triage.connector import Connector
from triage.testing import Service

SERVICES: Mapping[str, str] = {
    "jmap": "jmap_service",
    "google-play": "google_play_service",
    "app-store-connect": "app_store_connect_service",
    "app-store-feed": "app_store_feed_service",
    "zendesk": "zendesk",
    "freshdesk": "freshdesk",
    "intercom": "intercom",
    "help-scout": "help_scout",
    "front": "front",
    "hubspot": "hubspot",
    "gorgias": "gorgias",
    "zammad": "zammad",
    "chatwoot": "chatwoot",
    "jira-service-management": "jira_service_management",
    "request-tracker": "request_tracker",
    "bluesky": "bluesky",
    "discourse": "discourse",
    "surveymonkey": "surveymonkey",
    "typeform": "typeform",
    "mastodon": "mastodon",
    "github": "github",
}
"""Modules beside this one, by the connector's name."""

TRACKERS: Mapping[str, str] = {
    "redmine": "redmine",
    "jira": "jira",
    "linear": "linear",
    "github-roadmap": "github_roadmap",
    "gitlab": "gitlab",
    "trello": "trello",
    "asana": "asana",
    "productboard": "productboard",
}
"""
Modules of connectors that plan and pull nothing; each has one class of a made-up
tracker, whose name ends so.
"""

ELSEWHERE: Mapping[str, str] = {
    "imap": "It speaks no HTTP; its faults have a proxy and tests of their own.",
}
"""Connectors that ask a service and are not here, and why."""


@dataclass(frozen=True, slots=True)
class Pair:
    """
    A connector and the made-up service it asks.

    Attributes:
        connector: Makes the connector, the same settings each time.
        service: Makes the service, new and empty each time.
    """

    name: str
    connector: Callable[[], Connector]
    service: Callable[[], Service]


def pair(name: str) -> Pair:
    """The connector of that name with its service; nothing else is imported."""
    return pair_in(name, SERVICES[name])


def pair_in(name: str, module: str) -> Pair:
    """The connector and the service of a module of this folder."""
    found = import_module(f"servers.{module}")
    kind = type(found.connector())
    return Pair(name, found.connector, getattr(found, f"{kind.__name__}Service"))
