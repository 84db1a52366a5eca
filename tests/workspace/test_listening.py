"""A week's listening: kept, counted with its people, and undone like any step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from factories import an_incoming, imported, told_as
from triage.connector import Channel
from triage.errors import UsageError
from triage.workspace import Workspace
from triage.workspace.listening import week_named

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""

SETTINGS = """
[listening]
minutes = 45
[segments]
teams = {query = "plan:team", weight = 2}
giants = {query = "plan:giant"}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Twelve mails and two reviews of these weeks, a survey answer of long ago."""
    path = tmp_path / "work.db"
    path.with_suffix(".toml").write_text(SETTINGS)
    with Workspace(path, clock=lambda: NOW) as opened:
        told = [
            an_incoming(
                str(number), f"the export loses my tags, number {number}",
                received_at=NOW - timedelta(days=number),
                channel=Channel.EMAIL if number > 2 else Channel.REVIEW,
                author=f"Person {number}", email=f"p{number}@acme.example",
                company="Acme" if number < 6 else "",
                context={"plan": "team"} if number < 4 else {},
            )
            for number in range(1, 15)
        ]  # fmt: skip
        told.append(
            an_incoming("99", "fine", received_at=NOW - timedelta(weeks=12),
                        channel=Channel.SURVEY)
        )  # fmt: skip
        imported(opened, told)
        yield opened


def heard(workspace: Workspace, *names: str) -> None:
    """Somebody listened to these for eighteen minutes."""
    keys = [one.id for one in told_as(workspace, *names)]
    assert workspace.keep_listening(NOW - timedelta(hours=1), 1080, keys, 2)


def test_a_week_counts_people(workspace: Workspace) -> None:
    """Time, sessions and people stand beside what was set aside and who spoke."""
    heard(workspace, "4", "5")
    week = workspace.week()
    assert (week.name, week.monday, week.is_over) == (
        "2026-W47",
        date(2026, 11, 16),
        False,
    )
    assert (week.listened, week.minutes, week.noted) == (18, 45, 2)
    assert (week.heard, week.spoke, len(week.feedback)) == (2, 14, 2)
    found = {(one.kind, one.name): one for one in week.parts}
    assert (found["channel", "email"].heard, found["channel", "email"].spoke) == (2, 12)
    assert found["channel", "email"].interval is not None
    assert found["segment", "teams"].is_missing
    assert found["segment", "teams"].interval is None
    assert found["company", "companies of 2–9"].heard == 2
    assert ("segment", "giants") not in found
    assert [(one.kind, one.name) for one in week.silent] == [
        ("segment", "giants"), ("channel", "survey"),
    ]  # fmt: skip
    keys = [one.id for one in told_as(workspace, "1", "2", "3")]
    assert set(week.missing) >= set(keys)
    assert not set(week.missing) & set(week.feedback)


def test_it_is_a_step(workspace: Workspace) -> None:
    """Undone, nobody was heard; done again, they were; nobody heard is no step."""
    heard(workspace, "4")
    assert (
        workspace.history(1)[0].label == "Listened to 1 person for 18 minutes, 2 notes"
    )
    workspace.undo()
    assert workspace.week().sessions == ()
    workspace.redo()
    assert workspace.week().heard == 1
    assert workspace.keep_listening(NOW, 60, [], 0) is None


def test_other_weeks(workspace: Workspace) -> None:
    """A week is named as people write it; what was heard in another counts there."""
    heard(workspace, "4")
    before = workspace.week(week_named("2026-w46"))
    assert before.is_over
    assert (before.heard, before.name) == (0, "2026-W46")
    assert workspace.week(date(2026, 11, 22)).heard == 1
    for wrong in ("2026-47", "2026-W60", "last"):
        with pytest.raises(UsageError, match="looks like 2026-W47"):
            week_named(wrong)


def test_what_is_gone_is_no_voice(workspace: Workspace) -> None:
    """What was listened to and has been taken back since counts as nobody's."""
    assert workspace.keep_listening(NOW, 60, [123], 0)
    week = workspace.week()
    assert week.heard == 0
    assert week.listened == 1
