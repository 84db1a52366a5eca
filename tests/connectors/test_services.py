"""Every connector of a service is known to the tests that go over all of them."""

from __future__ import annotations

import pytest

from servers.jmap_service import JmapService, connector
from servers.services import ELSEWHERE, SERVICES, pair
from triage.plugins import CONNECTORS, names, one
from triage.testing import check_service
from triage.testing.settings import canaries


def test_nobody_is_forgotten() -> None:
    """What is installed reads files, is registered with its service, or says why not."""
    asking = {
        name for name in names(CONNECTORS)
        if not hasattr(one(CONNECTORS, name), "recognises")
        and not _files(name)
    }  # fmt: skip
    assert asking == SERVICES.keys() | ELSEWHERE.keys()
    assert not SERVICES.keys() & ELSEWHERE.keys()
    assert all(ELSEWHERE.values())


def _files(name: str) -> bool:
    """Whether it is a tracker's alone, which meets its faults in ``check_tracker``."""
    return not hasattr(one(CONNECTORS, name), "pull")


@pytest.mark.parametrize("name", SERVICES)
def test_pairs(name: str) -> None:
    """A registered connector is the installed one, and its secrets can be looked for."""
    told = pair(name)
    assert type(told.connector()) is one(CONNECTORS, name)
    assert all(len(secret) >= 8 for secret in canaries(told.connector()))
    assert told.service().add()


def test_jmap() -> None:
    """JMAP, whichever request fails or lies, and wherever it is killed."""
    check_service(connector, JmapService)
