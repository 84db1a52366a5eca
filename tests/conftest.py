"""What every test stands on: no person's own settings, and laws checked alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from factories import a_workspace
from keyrings import WHERE, InFile
from triage.workspace import Workspace

# Time is told by the tests that measure it; on a busy machine, examples vary.
settings.register_profile(
    "usual", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "long", parent=settings.get_profile("usual"), max_examples=2000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads the settings, workspace or keyring of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIAGE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("TRIAGE_DB", raising=False)
        # Whoever runs tests side by side may say how wide their terminal is.
        patch.delenv("COLUMNS", raising=False)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InFile]:
    """A keyring of the test's own, in this process and those it starts."""
    import keyring

    monkeypatch.setenv(WHERE, str(tmp_path / "keyring.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.InFile")
    before, made = keyring.get_keyring(), InFile()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace of its own."""
    with a_workspace(tmp_path) as made:
        yield made
