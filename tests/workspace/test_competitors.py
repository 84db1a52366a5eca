"""Competitors: found without reading everything, and people counted once."""

from __future__ import annotations

from pathlib import Path

from factories import an_incoming, imported, told_as
from triage.operations.pain_points import Span
from triage.research import Comparison, Feeling, Stance
from triage.store import mentions
from triage.workspace import Workspace


def test_a_reading_connection_stays_one(workspace: Workspace) -> None:
    """Looking words up leaves nothing in the file, and writing refused."""
    imported(workspace, [an_incoming("1", "evernote and evernotte")])
    workspace.add_competitor("Evernote")
    (view,) = workspace.competitors()
    assert view.written == {"evernote": 1, "evernotte": 1}
    read = workspace.db.read()
    assert read.execute("PRAGMA query_only").fetchone()[0] == 1
    names = [row[0] for row in read.execute("SELECT name FROM main.sqlite_master")]
    assert "spoken" not in names


def test_it_works_read_only(workspace: Workspace) -> None:
    """Whoever may change nothing may look."""
    imported(workspace, [an_incoming("1", "evernotte is slow")])
    workspace.add_competitor("Evernote")
    workspace.close()
    with Workspace(workspace.path, read_only=True) as looked:
        assert looked.competitors()[0].mentions == 1


def test_only_customers_count(workspace: Workspace) -> None:
    """What our own side wrote names nobody."""
    imported(
        workspace,
        [
            an_incoming("1", "Wordbolt is nice", kind="agent"),
            an_incoming("2", "Wordbolt is nice", title="Why not Wordbolt"),
        ],
    )
    workspace.add_competitor("Wordbolt")
    (view,) = workspace.competitors()
    assert (view.mentions, dict(view.written)) == (1, {"Wordbolt": 2})


def test_competitors_of_highlights_alone(workspace: Workspace) -> None:
    """Whom people compared us with is listed, in the settings or not."""
    imported(workspace, [an_incoming("1", "they are quicker, over there")])
    (said,) = told_as(workspace, "1")
    workspace.highlight(
        said, Span(0, 16), feeling=Feeling.WORRIED,
        comparison=Comparison(competitor="Bolt", stance=Stance.BETTER),
    )  # fmt: skip
    (view,) = workspace.competitors()
    assert (view.name, view.is_listed, view.mentions) == ("Bolt", False, 0)
    assert view.feelings == {Feeling.WORRIED: 1}
    assert workspace.competitor_called("BOLT") == "Bolt"
    workspace.add_competitor("bolt")
    assert "Bolt" in workspace.config.practice.competitors


def test_overall_a_person_has_one_stance(workspace: Workspace) -> None:
    """Better in two aspects and worse in one is better; as many of each is the same."""
    imported(
        workspace,
        [an_incoming("1", "one two three", author="Ann"),
         an_incoming("2", "one two three four", author="Bob")],
    )  # fmt: skip
    ann, bob = told_as(workspace, "1", "2")
    for said, aspect, stance in (
        (ann, "price", Stance.BETTER), (ann, "speed", Stance.BETTER),
        (ann, "docs", Stance.WORSE), (bob, "price", Stance.BETTER),
        (bob, "docs", Stance.WORSE),
    ):  # fmt: skip
        start = {"price": 0, "speed": 4, "docs": 8}[aspect]
        workspace.highlight(
            said, Span(start, start + 3),
            comparison=Comparison(competitor="Bolt", aspect=aspect, stance=stance),
        )  # fmt: skip
    (view,) = workspace.competitors()
    assert (view.overall.better, view.overall.same, view.overall.worse) == (1, 1, 0)
    (placed,) = workspace.perceptual_map("price", "docs")
    assert (placed.across.n, placed.is_placed) == (2, False)


def test_words_are_looked_up_and_not_read(tmp_path: Path) -> None:
    """Texts that name nobody are never fetched, however many there are."""
    with Workspace(tmp_path / "many.db") as workspace:
        imported(workspace, [an_incoming(str(n), f"text {n}") for n in range(300)])
        imported(workspace, [an_incoming("999", "Wordbolt")])
        workspace.add_competitor("Wordbolt")
        read = workspace.db.read()
        spelt = mentions.spelt(read, workspace.config.practice.competitors)
        plan = [
            row["detail"]
            for row in read.execute(
                "EXPLAIN QUERY PLAN SELECT f.id FROM feedback_fts x"
                " CROSS JOIN feedback f ON f.id = x.rowid WHERE feedback_fts MATCH ?",
                (" OR ".join(one.sought for one in spelt),),
            )
        ]
        assert not any(line.startswith("SCAN f") for line in plan)
        assert len(mentions.naming(read, spelt)) == 1
