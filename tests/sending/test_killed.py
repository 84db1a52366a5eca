"""Two that send at once, and one that is killed: each reply is told once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from answering import draft, over, sent
from factories import unsound
from servers.shop import Shop
from triage.errors import Conflict
from triage.sending import AlreadyThere, SendFailed, Sent
from triage.workspace import Workspace


def test_two_at_once_tell_it_once(
    workspace: Workspace, shop: Shop, tmp_path: Path
) -> None:
    """Who sends what another is sending is told so; it is sent once."""
    made = draft(workspace)
    asked, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        assert go_on.wait(20)

    shop.wait = wait
    first: list[Any] = []
    sending = threading.Thread(target=lambda: first.extend(sent(workspace, [made])))
    sending.start()
    assert asked.wait(20)
    with Workspace(tmp_path / "work.db") as other:
        (event,) = sent(other, [made])
        assert isinstance(event, SendFailed)
        assert "is being sent by" in event.why
        with pytest.raises(Conflict, match="wait for it"):
            other.drop_drafts([made])
        assert other.doctor()["outbox"] == "ok"
    go_on.set()
    sending.join()
    assert isinstance(first[0], Sent)
    assert len(shop.told) == 1


def test_stopped_midway_it_holds_up_nobody(workspace: Workspace, shop: Shop) -> None:
    """Whoever stops while a reply goes out leaves it to be found the next time."""
    made = draft(workspace)
    asked, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        assert go_on.wait(20)

    async def stop() -> None:
        async with aclosing(workspace.send([made])) as events:
            following = asyncio.ensure_future(anext(events))
            assert await asyncio.to_thread(asked.wait, 20)
            following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await following

    shop.wait = wait
    asyncio.run(stop())
    go_on.set()
    view = workspace.draft("d1")
    assert view.delivery
    assert view.delivery.failure == "it was stopped while it was being sent"
    assert (view.state, view.delivery.holder) == ("sending", "")
    shop.wait = None
    (event,) = sent(workspace, [made])
    assert isinstance(event, AlreadyThere)
    assert shop.told == [("a", "Thank you")]


_SEND = """
import sys
from pathlib import Path
from answering import sent
from triage.workspace import Workspace

with Workspace(Path(sys.argv[1]), create=False) as workspace:
    events = sent(workspace, [workspace.draft("d1").draft])
    print(type(events[0]).__name__)
"""


def killed_at(point: str, path: Path) -> None:
    """Send d1 in a process that ends at a point as by kill -9."""
    env = {
        **os.environ,
        "SHOP_KILL": point,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, "-c", _SEND, str(path)],
        env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 here")
@pytest.mark.parametrize("point", ["ask", "asked", "tell", "told"])
def test_killed_at_any_point_it_is_told_once(
    workspace: Workspace, shop: Shop, point: str, tmp_path: Path
) -> None:
    """Killed before, between and after asking and telling, the next try ends it."""
    made = draft(workspace)
    killed_at(point, tmp_path / "work.db")
    assert workspace.draft("d1").state == "sending"
    assert len(shop.told) == (point == "told")
    assert "may have been sent" in workspace.doctor()["outbox"]
    (event,) = sent(workspace, [made])
    assert isinstance(event, AlreadyThere if point == "told" else Sent)
    assert shop.told == [("a", "Thank you")]
    view = workspace.draft("d1")
    assert view.delivery
    assert (view.state, view.delivery.tries) == ("sent", 2)
    assert unsound(workspace) == {}


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 here")
@pytest.mark.parametrize("point", ["tell", "told"])
def test_killed_where_nobody_can_ask(
    tmp_path: Path, url: str, shop: Shop, point: str
) -> None:
    """Where the service cannot be asked, a person has to look; nothing is told twice."""
    with over(tmp_path, url, connector="mute") as workspace:
        made = draft(workspace)
        killed_at(point, tmp_path / "other" / "work.db")
        (event,) = sent(workspace, [made])
        assert isinstance(event, SendFailed)
        assert "look there" in event.why
        assert len(shop.told) == (point == "told")


def test_a_machine_that_is_gone_holds_nothing_for_ever(
    workspace: Workspace, shop: Shop, tmp_path: Path
) -> None:
    """What another machine was sending may be taken up when its lease is over."""
    made = draft(workspace)
    with workspace.db.write() as write:
        write.execute(
            "INSERT INTO delivery (draft_id, state, sent, started_at, receipt) VALUES"
            " (1, 'sending', 'Thank you', ?, '{\"holder\":\"elsewhere:1\"}')",
            (datetime.now(UTC).isoformat(),),
        )
    (event,) = sent(workspace, [made])
    assert isinstance(event, SendFailed)
    assert "elsewhere:1" in event.why
    later = lambda: datetime.now(UTC) + timedelta(minutes=11)  # noqa: E731
    with Workspace(tmp_path / "work.db", clock=later) as other:
        assert isinstance(sent(other, [made])[0], Sent)
    assert len(shop.told) == 1
