"""Trends of a workspace count people's words once, and say what could explain them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import an_incoming, imported, regroup, told_as
from triage.connector import Incoming
from triage.errors import NotFound, UsageError
from triage.measures.trend import Level
from triage.store import outages
from triage.workspace import Workspace

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(name: str, body: str, days: float, **told: object) -> Incoming:
    told.setdefault("email", f"{name}@acme.example")
    return an_incoming(name, body, received_at=NOW - timedelta(days=days), **told)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Workspace]:
    """Twelve weeks of twenty others each, one of whom a week tells of slow exports."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as workspace:
        others = [
            said(f"o{week}-{n}", f"note number {week} of {n}: thanks", week * 7 + 1)
            for week in range(12)
            for n in range(20)
        ]
        pain = [
            said(f"p{week}", f"slow export in week {week} again", week * 7 + 2)
            for week in range(12)
        ]
        imported(workspace, [*others, *pain], group=False)
        quoted = told_as(workspace, *(one.external_id for one in pain))
        workspace.accept(quoted, "Exports are slow")
        workspace.archive(told_as(workspace, *(one.external_id for one in others)))
        yield workspace


def more(workspace: Workspace, told: list[Incoming]) -> None:
    """Bring these in and quote them."""
    imported(workspace, told, group=False)
    workspace.accept(told_as(workspace, *(one.external_id for one in told)), 1)


def test_a_quiet_pain_point(heard: Workspace) -> None:
    """One a week is quiet, with each week counted and what came in all beside it."""
    (row,) = heard.trends(12).rows
    assert row.trend.counts == (1,) * 12
    assert row.trend.level is Level.QUIET
    assert row.came == 21 * row.trend.together
    assert heard.trends(12).came == (21,) * 12
    assert row.sentence.endswith("quiet")
    assert not heard.trends(12).loud()


def test_a_surge_of_people(heard: Workspace) -> None:
    """Nine people in a week are a surge, which leads to what they said."""
    more(heard, [said(f"q{n}", f"export {n} takes an hour", 1) for n in range(9)])
    (row,) = heard.trends(12).loud()
    assert (row.trend.level, row.trend.count) == (Level.SURGE, 10)
    assert len(row.feedback) == 10
    assert "a surge" in row.sentence
    assert "30 came in all, usually 21" in row.sentence
    assert heard.trend(1).trend.q == row.trend.q


def test_one_person_makes_no_surge(heard: Workspace) -> None:
    """Nine messages of one person count once, and so do resends."""
    before = heard.trends(12).rows[0].trend
    loud = [
        said(f"q{n}", f"export {n} takes an hour", 1, email="ann@acme.example")
        for n in range(9)
    ]
    more(heard, loud)
    assert heard.trends(12).rows[0].trend.counts == (*before.counts[:-1], 2)
    same = {"email": "bea@acme.example"}
    more(heard, [said("r0", "the export stops half way", 20, **same)])
    once = heard.trends(12).rows[0].trend
    more(heard, [said("r1", "the export stops half way", 0.5, **same)])
    assert heard.trends(12).rows[0].trend.counts == once.counts


def test_a_surge_is_seen_in_the_inbox(heard: Workspace) -> None:
    """Who says the same as a quote is heard before anybody triages it."""
    text = "the export of large projects never finishes and shows no progress at all"
    more(heard, [said("g0", text, 60)])
    imported(heard, [said(f"g{n}", text, 1) for n in range(1, 10)])
    regroup(heard)
    (row,) = heard.trends(12).loud()
    assert row.waiting == 9
    assert row.trend.level in {Level.SURGE, Level.PERHAPS}


def test_what_is_asked_wrong(heard: Workspace) -> None:
    """Fewer weeks than are compared are refused, and so is no pain point."""
    with pytest.raises(UsageError, match="from 10 weeks"):
        heard.trends(4)
    with pytest.raises(NotFound, match="p9"):
        heard.trend(9)


def test_an_empty_workspace(tmp_path: Path) -> None:
    """Nothing has no trend."""
    with Workspace(tmp_path / "empty.db") as workspace:
        found = workspace.trends()
        assert (found.rows, found.loud(), sum(found.came)) == ((), (), 0)


def pulled(workspace: Workspace, *days: float, failure: str = "", gap: str = "") -> int:
    """The source of this workspace was pulled so many days ago."""
    with workspace.db.write() as write:
        source = write.execute("SELECT id FROM source").fetchone()[0]
        for ago in days:
            at = (NOW - timedelta(days=ago)).isoformat()
            write.execute(
                "INSERT INTO batch (source_id, label, started_at, finished_at, failure)"
                " VALUES (?, 'sync', ?, ?, ?)",
                (source, at, at, failure),
            )
        if gap:
            at = (NOW - timedelta(days=0.5)).isoformat()
            write.execute("UPDATE source SET gap = ?, gap_at = ?", (gap, at))
    return int(source)


def test_a_pull_that_failed_explains(heard: Workspace) -> None:
    """A while without a pull is told with what the pulls failed for."""
    pulled(heard, *(float(day) for day in range(40, 20, -1)), *range(10, 0, -1))
    pulled(heard, 15, 14, failure="the key was refused")
    (away,) = heard.trends(12).outages
    assert (away.source, away.why) == ("mail", "pulls failed: the key was refused")
    assert (away.end - away.begin).days == 11


def test_a_gap_is_told(heard: Workspace) -> None:
    """What a source says it can no longer give could explain what is heard."""
    pulled(heard, *(float(day) for day in range(30, -1, -1)), gap="3 days are missing")
    assert [one.why for one in heard.trends(12).outages] == ["3 days are missing"]
    assert heard.trends(12).rows[0].outages


def test_weeks_that_were_brought_later_count(heard: Workspace) -> None:
    """A week without a pull counts whole if its feedback came with a later one."""
    source = pulled(heard, *(float(day) for day in range(40, 20, -1)), 2, 1)
    away = outages.outages(heard.db.read(), NOW - timedelta(weeks=10), NOW)
    width = 7 * 86_400 * 1_000_000
    begin = int((NOW - timedelta(weeks=10)).timestamp() * 1_000_000)
    for late, share in ((20, 1.0), (0, 0.0)):
        came = {source: [20] * 7 + [late, 20, 20]}
        told = outages.shares(away, came, first={source: 0}, begin=begin, width=width)
        assert told[source][7] == share
        assert told[source][:7] == [1.0] * 7
