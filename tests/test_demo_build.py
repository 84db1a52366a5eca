"""The demo's workspace is built like any other, and looks as its people left it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import decisions, derived, said, unsound
from triage.demo.build import build
from triage.demo.decisions import decisions as planned
from triage.demo.incoming import sources
from triage.demo.plans import PAIN_POINTS, ROADMAP
from triage.errors import UsageError
from triage.model import State
from triage.workspace import Workspace

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)


def a_demo(path: Path) -> Workspace:
    workspace = Workspace(path, clock=lambda: TODAY)
    build(workspace, TODAY)
    return workspace


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo, built once."""
    with a_demo(tmp_path_factory.mktemp("demo") / "demo.db") as built:
        yield built


def test_everything_planned_is_there(demo: Workspace) -> None:
    """All that was said, decided, hurts and is planned; all of it sound."""
    counts = demo.counts()
    told = sum(len(delivered) for delivered in sources(TODAY).values())
    heard = counts["feedback"] + counts["automatic"] + counts["agent"]
    assert (heard, counts["quarantined"], counts["pending"]) == (told, 0, 0)
    assert counts["pain_points"] == len(PAIN_POINTS)
    assert counts["roadmap_items"] == len(ROADMAP)
    assert counts["evidence"] == sum(bool(made.pain) for made in planned(TODAY))
    assert unsound(demo) == {}


def test_everybody_stands_where_they_were_put(demo: Workspace) -> None:
    """Each decision the demo's people made is found again, in lists too."""
    wanted = Counter(made.state for made in planned(TODAY))
    found = Counter(row.state for row in demo.rows(demo.ids(None), None))
    assert {state: found[state] for state in wanted} == dict(wanted)
    assert set(State) == {state for state in State if demo.tally().get(state)}


def test_quotes_are_theirs(demo: Workspace) -> None:
    """Every quote is where its evidence says, signed and dated as it was taken."""
    from triage.operations.pain_points import text_of

    dated = set()
    for view, score in demo.pain_points():
        for quote in view.quotes:
            evidence = quote.evidence
            text = text_of(quote.feedback)
            assert text[evidence.start : evidence.end] == evidence.quote
            assert evidence.by
            dated.add(evidence.at)
        assert score.people <= len(view.quotes)
    assert len(dated) > 20


def test_the_same_day_builds_the_same(demo: Workspace, tmp_path: Path) -> None:
    """Built again for the same day, it is the same, to the row."""
    with a_demo(tmp_path / "again.db") as again:
        assert said(demo.db) == said(again.db)
        assert derived(demo.db) == derived(again.db)
        assert decisions(demo.db) == decisions(again.db)


def test_it_can_all_be_undone(tmp_path: Path) -> None:
    """What the demo's people decided is in the journal, like anybody's decisions."""
    with a_demo(tmp_path / "demo.db") as demo:
        while demo.undo():
            pass
        assert {name: [] for name in decisions(demo.db)} == decisions(demo.db)
        assert demo.tally()["inbox"] == demo.counts()["groups"]
        assert unsound(demo) == {}


def test_a_file_in_use_is_left_alone(demo: Workspace) -> None:
    """Where feedback is already, the demo refuses and adds nothing."""
    before = demo.counts()
    with pytest.raises(UsageError, match="give the demo a file of its own"):
        build(demo, TODAY)
    assert before == demo.counts()
