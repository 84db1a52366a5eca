"""Personas: who stands behind them, what may be written, and nobody counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from factories import NOON, a_workspace, an_incoming, decisions, imported, table
from triage.connector import Channel
from triage.empathy import Area
from triage.errors import NotFound, UsageError
from triage.measures.persona_confidence import Level
from triage.operations.pain_points import Span
from triage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two people at Acme, one of whom wrote twice, and somebody else."""
    with a_workspace(tmp_path) as made:
        made.clock = lambda: NOON + timedelta(days=1)
        imported(
            made,
            [
                an_incoming("1", "the export loses tags", email="nina@acme.test",
                            company="Acme", context={"plan": "pro"}),
                an_incoming("2", "The  export loses TAGS", email="nina@acme.test",
                            company="Acme", context={"plan": "pro"}),
                an_incoming("3", "I like the export", email="omar@acme.test",
                            company="Acme", context={"plan": "pro"},
                            channel=Channel.REVIEW),
                an_incoming("4", "slow on my phone", email="pia@else.test",
                            context={"plan": "free"}),
            ],
            group=False,
        )  # fmt: skip
        made.accept([made.feedback("f1"), made.feedback("f4")], "Tags get lost")
        yield made


def test_who_is_counted_once(workspace: Workspace) -> None:
    """What somebody sends again counts once, and its sender once."""
    view = workspace.persona_view(workspace.add_persona("Nina", "plan:pro", "lead"))
    assert (view.n, view.people, view.companies) == (2, 2, 1)
    assert view.channels == {"email": 1, "review": 1}
    assert view.last == NOON + timedelta(minutes=3)
    assert not view.is_assumed
    (pain,) = view.pains
    assert (pain.pain_point.short, pain.people, pain.quotes) == ("p1", 1, 1)


def test_one_pass_tells_what_many_do(workspace: Workspace) -> None:
    """A list of personas says of each what it says of itself alone."""
    for name, query in (
        ("Nina", "plan:pro"), ("All", "state:all"), ("Nobody", "company:none"),
        ("Words", "export"), ("Bare", ""), ("Tone", "sentiment:negative"),
        ("Later", "id:f2"),
    ):  # fmt: skip
        workspace.add_persona(name, query)
    together = workspace.personas()
    assert [one.persona.name for one in together] == [
        "All", "Bare", "Later", "Nina", "Nobody", "Tone", "Words"
    ]  # fmt: skip
    assert together == [workspace.persona_view(one.persona) for one in together]
    by = {one.persona.name: one for one in together}
    assert (by["All"].n, by["All"].people) == (3, 3)
    assert (by["Later"].n, by["Later"].people) == (1, 1)
    assert by["Nobody"].is_assumed
    assert by["Bare"].is_assumed
    assert by["Bare"].confidence.level is Level.NONE
    assert workspace.persona_queries()[0] == ("All", "state:all")


def test_joined_people_are_one(workspace: Workspace) -> None:
    """Two customers that a person joined are one of the persona's people."""
    persona = workspace.add_persona("Nina", "plan:pro")
    first, third = (workspace.feedback(name).customer_id for name in ("f1", "f3"))
    assert first is not None
    assert third is not None
    workspace.join(first, third)
    assert workspace.persona_view(persona).people == 1


def test_says_needs_a_quote(workspace: Workspace) -> None:
    """What a persona says is refused without words somebody said, by name."""
    persona = workspace.add_persona("Nina", "plan:pro")
    with pytest.raises(UsageError, match="what Nina says needs a quote"):
        workspace.write_entry(persona, "says", "it is slow")
    assert table(workspace.db, "empathy_note") == []
    note = workspace.write_entry(persona, "says", highlights=["e1"])
    assert (note.text, note.area) == ("the export loses tags", Area.SAYS)
    with pytest.raises(UsageError, match="needs a quote"):
        workspace.change_entry(note, highlights=())


def test_a_quote_becomes_a_highlight_once(workspace: Workspace) -> None:
    """Citing e1 underlines its passage in the same step; citing it again does not."""
    persona = workspace.add_persona("Nina", "plan:pro")
    before = decisions(workspace.db)
    first = workspace.write_entry(persona, Area.DOES, "exports daily", ["e1", "e1"])
    again = workspace.write_entry(persona, Area.PAINS, "loses tags", ["e1"])
    assert first.highlights == again.highlights == (1,)
    assert len(table(workspace.db, "highlight")) == 1
    assert workspace.persona_view(persona).notes[0].highlights[0].quote == (
        "the export loses tags"
    )
    workspace.undo()
    workspace.undo()
    assert decisions(workspace.db) == before


def test_somebody_elses_words_are_said_so(workspace: Workspace) -> None:
    """A passage of somebody who is none of its people may be cited, and is told."""
    persona = workspace.add_persona("Nina", "plan:pro")
    workspace.write_entry(persona, "feels", "slow", ["e2"])
    workspace.write_entry(persona, "thinks", "we do not care")
    observed, inferred = workspace.persona_view(persona).notes
    assert observed.is_observed
    assert [one.short for one in observed.elsewhere] == ["h1"]
    assert not inferred.is_observed
    assert inferred.note.by == workspace.config.by
    names = [one.name for one in workspace.bias(workspace.persona_view(persona))]
    assert names == ["elsewhere", "few_people", "empty"]


def test_names_are_checked(workspace: Workspace) -> None:
    """A persona has a name of its own, a query that can be read, and areas known."""
    nina = workspace.add_persona(" Nina  the\nlead ", "plan:pro")
    assert nina.name == "Nina the lead"
    for name in ("", "nina THE lead", "u7", "x" * 81):
        with pytest.raises(UsageError):
            workspace.add_persona(name)
    with pytest.raises(UsageError, match="nothing is called"):
        workspace.add_persona("Omar", "plam:pro")
    with pytest.raises(UsageError, match="is no area"):
        workspace.write_entry(nina, "smells", "of tea")
    with pytest.raises(UsageError, match="cannot be cited"):
        workspace.write_entry(nina, "says", "tea", ["tea"])
    with pytest.raises(NotFound, match="no highlight h9"):
        workspace.write_entry(nina, "says", "tea", ["h9"])
    assert workspace.persona("NINA the lead") == workspace.persona("u1") == nina
    with pytest.raises(NotFound, match="no persona is called Omar"):
        workspace.persona("Omar")
    assert workspace.edit_persona(nina, name="Nina the lead") is None


def test_all_of_it_is_undone(workspace: Workspace) -> None:
    """Undo gives back every row, whatever was done to a persona and its map."""
    before = decisions(workspace.db)
    nina = workspace.add_persona("Nina", "plan:pro")
    note = workspace.write_entry(nina, "says", "", ["e1"])
    assert workspace.change_entry(note, area="gains", text="all of it")
    assert workspace.edit_persona(nina, role="lead", query="plan:free")
    assert workspace.review_persona(workspace.persona("u1"))
    assert workspace.remove_entry(workspace.entry_named("m1"))
    workspace.write_entry(nina, "thinks", "of tea")
    workspace.remove_persona(workspace.persona("u1"))
    assert table(workspace.db, "persona") == []
    workspace.undo()
    assert workspace.persona("Nina").role == "lead"
    for _ in range(7):
        assert workspace.undo()
    assert decisions(workspace.db) == before


def test_feelings_and_pains_by_hand(workspace: Workspace) -> None:
    """Feelings are counted of its people; a pain point may name it by hand."""
    nina = workspace.add_persona("Nina", "plan:pro")
    workspace.capture("Something else", persona="nina")
    workspace.write_entry(nina, "feels", "bad", ["e1", "e2"])
    with workspace.db.write() as write:
        write.execute("UPDATE highlight SET feeling = 'angry', intensity = 2")
    view = workspace.persona_view(nina)
    assert [(one.feeling, one.highlights, one.people) for one in view.feelings] == [
        ("angry", 1, 1)
    ]
    assert [one.short for one in view.by_hand] == ["p2"]


def test_a_review_is_due(workspace: Workspace) -> None:
    """Ninety days after it was made or looked at last, somebody should look again."""
    nina = workspace.add_persona("Nina", "plan:pro")
    assert not workspace.persona_view(nina).is_due
    workspace.clock = lambda: NOON + timedelta(days=92)
    assert workspace.persona_view(nina).is_due
    workspace.review_persona(nina)
    assert not workspace.persona_view(workspace.persona("u1")).is_due


def test_a_removed_highlight_leaves_an_entry(workspace: Workspace) -> None:
    """An entry whose passage was removed since is inferred, and says what is gone."""
    nina = workspace.add_persona("Nina", "plan:pro")
    workspace.write_entry(nina, "says", "", ["e1"])
    with workspace.db.write() as write:
        write.execute("DELETE FROM highlight")
    (note,) = workspace.persona_view(nina).notes
    assert (note.is_observed, note.gone) == (False, (1,))


def test_a_span_that_is_a_highlight_is_cited(workspace: Workspace) -> None:
    """A part of a text is cited as the part it is."""
    said = workspace.feedback("f3")
    point = workspace.pain_point("p1").pain_point
    workspace.attach(said, point, Span(2, 6))
    nina = workspace.add_persona("Nina", "plan:pro")
    note = workspace.write_entry(nina, "says", "", ["e3"])
    assert note.text == "like"
