"""A product manager empties most of the demo's inbox; every key is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import unsound
from triage.demo.build import build
from triage.model import Sentiment, State
from triage.tui.study import Study
from triage.workspace import Workspace
from tui.desk import Desk, Opened

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)

DECISIONS = 100

BUDGET = 1.6
"""Keys a decision may take on average, letters typed and dialogs answered included."""

TITLES = ("Cannot find it", "Too slow")
"""What hurts that nobody had written down: typed, letter by letter."""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Workspace]:
    """The demo as it opens: 126 rows wait, 23 pain points are known."""
    with Workspace(tmp_path / "demo.db", clock=lambda: TODAY) as made:
        build(made, TODAY)
        yield made


class Manager:
    """
    Decides by what the reading pane says, as somebody would who knows the keys.

    Attributes:
        pressed: Every key so far.
        did: How often each way to decide was taken.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pressed: list[str] = []
        self.did: Counter[str] = Counter()
        self.last = ""

    async def decide(self) -> None:
        """Read what is under the cursor and decide it."""
        found = self.desk.inbox.found
        assert found is not None, self.desk.text
        way = self.way(found)
        self.did[way] += 1
        keys = self.keys(way)
        self.last = way
        self.pressed += keys
        await self.desk.press(*keys)

    def way(self, found: Study) -> str:
        """What is to become of it."""
        if found.decided:
            return "the same again"
        if found.guesses and found.guesses[0].share >= 0.2:
            return "accept the guess"
        if found.suggestions and found.suggestions[0].match.score > 50:
            return "merge"
        if found.tone.sentiment is Sentiment.POSITIVE:
            return "archive"
        if found.tone.sentiment is Sentiment.NEUTRAL:
            return "snooze"
        return "accept anew" if self.did["accept anew"] < len(TITLES) else "decline"

    def keys(self, way: str) -> list[str]:
        """How it is asked for; what was just done is asked for by a dot."""
        if way == self.last and way in {"archive", "decline"}:
            return ["."]
        if way == "accept anew":
            title = TITLES[self.did[way] - 1]
            return ["1", *title, "down", "enter"]
        if way == "snooze":
            return ["s", "enter"] if self.did[way] % 2 else ["s", "down", "enter"]
        if way == "decline":
            # Not planned, or out of scope.
            return ["3", "1" if self.did[way] % 3 else "3"]
        return {
            "the same again": ["="], "accept the guess": ["A"], "archive": ["e"],
            "merge": ["2", "enter"],
        }[way]  # fmt: skip


async def test_a_hundred_decisions(demo: Workspace, opened: Opened) -> None:
    """100 rows are decided with at most 1.6 keys each, one step an act, all undoable."""
    before = demo.history(1)[0].id
    decided: set[int] = set()
    async with opened(demo) as desk:
        manager = Manager(desk)
        waiting = len(desk.rows)
        while len(decided) < DECISIONS:
            row = desk.inbox.list.key
            assert row is not None
            await manager.decide()
            acts = sum(manager.did.values())
            (step, *_) = done = demo.history(1000, before=None)[:acts]
            assert [one.state for one in done] == ["done"] * acts
            assert done[-1].id == before + 1, (manager.pressed[-20:], desk.text)
            # What was merged with a decided group still waits for the same decision.
            if row in desk.inbox.list.queue:
                assert step.verb == "merge"
                continue
            decided.add(row)
            if step.verb != "merge":
                assert row in demo.touched(step)
                assert demo.dispositions([row])[row].standing(TODAY) is not State.INBOX
        assert len(desk.rows) <= waiting - DECISIONS
        keys = len(manager.pressed) / DECISIONS
        assert keys <= BUDGET, manager.did
        assert len(manager.did) >= 7, manager.did
    assert unsound(demo) == {}
    while demo.history(1000) and _last_done(demo) > before:
        assert demo.undo()
    assert len(demo.ids()) == waiting


def _last_done(workspace: Workspace) -> int:
    return max(one.id for one in workspace.history(1000) if one.state == "done")
