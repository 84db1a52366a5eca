"""App Store Connect is read as the contract of services asks."""

from __future__ import annotations

import pytest

from servers.app_store_connect_service import AppStoreConnectService, connector
from triage.testing import check_service


@pytest.mark.parametrize("versions", [False, True])
def test_service(versions: bool) -> None:
    """Whichever request fails or lies, and wherever it is killed, nothing is lost."""
    check_service(lambda: connector(versions=versions), AppStoreConnectService)
