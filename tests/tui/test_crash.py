"""The app's own fault ends it with a report that holds no secret."""

from __future__ import annotations

import pytest

from triage.connector import Connector
from triage.tui.app import TriageApp
from triage.workspace import Workspace

CANARY = "canary-crash-5f3a91c2"


def _ask(connector: Connector) -> None:
    """Fail with a key quoted, and others within reach."""
    key = connector.token.reveal()  # type: ignore[attr-defined]
    headers = {"X-Api-Key": key}
    raise KeyError(f"no {headers}")


async def _crash(app: TriageApp, connector: Connector) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        try:
            _ask(connector)
        except KeyError as bug:
            app.fail(bug)
        await pilot.pause()


@pytest.mark.parametrize("where", ["env:MAIL_TOKEN", CANARY])
async def test_crash(
    where: str,
    workspace: Workspace,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is shown names the fault and its lines, and no value that lay in reach."""
    monkeypatch.setenv("MAIL_TOKEN", CANARY)
    settings = {"url": "https://mail.example", "token": where}
    source = workspace.add_source("mail", "jmap", settings)
    app = TriageApp(workspace)
    with pytest.raises(KeyError):
        await _crash(app, workspace.connector(source))
    shown = "".join(capfd.readouterr())
    assert "Triage met a fault of its own" in shown
    assert "in _ask" in shown
    assert CANARY not in shown
    assert app.return_code == 1
