"""The demo's workspace is built like any other, and looks as its people left it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import decisions, derived, said, unsound
from triage import config
from triage.demo.answers import answers
from triage.demo.build import build
from triage.demo.decisions import decisions as planned
from triage.demo.estimates import ESTIMATES, PLACINGS
from triage.demo.incoming import sources
from triage.demo.plans import PAIN_POINTS
from triage.demo.roadmap import ROADMAP
from triage.demo.sessions import SESSIONS
from triage.demo.tested import TESTED
from triage.demo.user_stories import STORIES
from triage.errors import UsageError
from triage.model import State
from triage.workspace import BriefWishes, Workspace

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
    told = sum(
        len(delivered)
        for delivered in (*sources(TODAY).values(), *answers(TODAY).values())
    ) + len((*SESSIONS, *TESTED))
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


def test_there_is_a_past_to_look_at(demo: Workspace) -> None:
    """Steps are dated in their order, by several people, and the last weeks moved some."""
    steps = list(reversed(demo.history(limit=1000)))
    dated = [entry.at for entry in steps]
    assert dated == sorted(dated)
    assert dated[-1] <= TODAY
    assert TODAY - dated[0] > timedelta(days=150)
    assert {entry.by for entry in steps} == {"dana", "jon", "mira"}
    moves = demo.moved(TODAY - timedelta(days=14), "rice")
    assert sum(one.rank != one.rank_before for one in moves.moved) > 3


def test_numbers_say_why(demo: Workspace) -> None:
    """Most pain points have a RICE score, each number a reason, some their quotes."""
    ranking = demo.rank("rice")
    scored = [row for row in ranking.rows if row.scored.value is not None]
    assert len(scored) > len(ranking.rows) / 2
    told = [one for view, _ in demo.pain_points() for one in view.estimates]
    kept = {(told.pain, told.name) for told in ESTIMATES}
    assert len(told) == len(kept) + len(PLACINGS)
    assert all(one.reason and one.by for one in told)
    assert any(one.evidence for one in told)


def test_stories_may_be_exported(demo: Workspace) -> None:
    """Each cites quotes or says that it is an assumption."""
    stories = demo.stories()
    assert [lack for _, lack in stories] == [""] * len(STORIES)
    assert sum(story.assumption for story, _ in stories) == 1


def test_something_shipped_and_somebody_is_to_be_told(demo: Workspace) -> None:
    """A brief has something to say of it, and one of two promises is kept."""
    (shipped,) = demo.brief(BriefWishes()).shipped
    (open_still,) = (one for one in demo.to_tell() if one.promised and not one.shipped)
    (waiting,) = (one for one in demo.to_tell() if one.promised and one.shipped)
    assert waiting.shipped[0].item.title == shipped.title
    assert (waiting.told, open_still.told) == (1, 0)
    assert waiting.left > 3


def test_settings_that_are_there_stay(tmp_path: Path) -> None:
    """Its segments are written beside it, unless somebody's settings stand there."""
    with a_demo(tmp_path / "demo.db") as demo:
        assert demo.config.weights == config.load(demo.path).weights
        assert demo.config.weights.segments[0].name == "enterprise"
    (tmp_path / "own.toml").write_text('by = "ana"\n')
    with a_demo(tmp_path / "own.db") as own:
        assert own.config.weights.segments == ()
        assert own.config.by == "ana"
    assert (tmp_path / "own.toml").read_text() == 'by = "ana"\n'


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
