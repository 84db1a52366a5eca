"""Highlights stand where a person set them, once, and go when nothing rests on them."""

from __future__ import annotations

import pytest

from factories import an_incoming, decisions, imported, told_as
from triage.errors import Conflict, NotFound, UsageError
from triage.model import Feedback
from triage.operations.pain_points import Span
from triage.research import Comparison, Feeling, Meaning, Stance
from triage.step import Change, Step
from triage.workspace import Workspace

WORDS = "the export loses all my tags, and Acme does it better"


@pytest.fixture
def said(workspace: Workspace) -> Feedback:
    """One telling."""
    imported(workspace, [an_incoming("1", WORDS)])
    (one,) = told_as(workspace, "1")
    return one


def test_a_highlight_copies_the_words(workspace: Workspace, said: Feedback) -> None:
    """What was underlined is kept with what was heard, when and by whom."""
    made = workspace.highlight(
        said, Span(0, 28), feeling=Feeling.FRUSTRATED, intensity=3,
        meaning=Meaning.NEED, tags=["export"],
        comparison=Comparison(competitor="Acme", aspect="export", stance=Stance.BETTER),
    )  # fmt: skip
    assert made.short == "h1"
    assert made.quote == WORDS[:28]
    assert workspace.highlight_named("h1") == made
    assert workspace.highlights(said) == [made] == workspace.highlights()
    assert workspace.highlights([]) == []
    assert made.at is not None


def test_the_same_passage_is_one_highlight(
    workspace: Workspace, said: Feedback
) -> None:
    """Underlined again it is changed: what is told is set, tags come to the others."""
    workspace.highlight(said, Span(4, 10), feeling=Feeling.SAD, tags=["a"])
    again = workspace.highlight(said, Span(4, 10), meaning=Meaning.JOB, tags=["b"])
    assert len(workspace.highlights()) == 1
    assert (again.feeling, again.meaning, again.tags) == (
        Feeling.SAD, Meaning.JOB, ("a", "b"),
    )  # fmt: skip
    workspace.highlight(said, Span(4, 11))
    assert len(workspace.highlights()) == 2


def test_undo_gives_back_the_rows(workspace: Workspace, said: Feedback) -> None:
    """Made, changed and removed; each taken back and done again, exactly."""
    seen = [decisions(workspace.db)]
    made = workspace.highlight(said, Span(4, 10), feeling=Feeling.ANGRY)
    seen.append(decisions(workspace.db))
    workspace.change_highlight(made, feeling=None, meaning=Meaning.WORRY)
    seen.append(decisions(workspace.db))
    workspace.remove_highlight(workspace.highlight_named(made.id))
    seen.append(decisions(workspace.db))
    for before in reversed(seen[:-1]):
        assert workspace.undo()
        assert decisions(workspace.db) == before
    for after in seen[1:]:
        assert workspace.redo()
        assert decisions(workspace.db) == after
    assert [entry.verb for entry in workspace.history_of(said)] == ["highlight"] * 3


def test_what_a_map_cites_stays(workspace: Workspace, said: Feedback) -> None:
    """Neither removing nor undoing takes away what an entry of a map rests on."""
    made = workspace.highlight(said, Span(4, 10))
    entry = {
        "persona_id": 1, "area": "says", "text": "Exports matter",
        "highlights": f"[{made.id}]", "at": "2026-03-02T12:00:00Z", "by": "dana",
    }  # fmt: skip
    ann = {"name": "Ann", "at": entry["at"]}
    workspace.do(
        Step("persona", "Ann", (
            Change("persona", 1, None, ann), Change("empathy_note", 1, None, entry),
        ))
    )  # fmt: skip
    with pytest.raises(UsageError, match="cited by m1 “Exports matter” of Ann"):
        workspace.remove_highlight(made)
    with pytest.raises(Conflict, match="cited by m1 “Exports matter” of Ann"):
        workspace.undo(1)
    assert workspace.highlights() == [made]
    workspace.undo()
    workspace.remove_highlight(made)
    assert workspace.highlights() == []


def test_a_quote_becomes_the_highlight_of_its_words(
    workspace: Workspace, said: Feedback
) -> None:
    """Where an entry cites evidence, its passage is underlined, once."""
    workspace.attach(said, workspace.capture("Exports"), Span(4, 10))
    made = workspace.highlight_of("e1")
    assert (made.quote, made.start) == ("export", 4)
    assert workspace.highlight_of("e1") == workspace.highlight_of("h1") == made


def test_a_quote_whose_words_are_gone_is_told(
    workspace: Workspace, said: Feedback
) -> None:
    """Words nobody says any more cannot be underlined."""
    workspace.attach(said, workspace.capture("Exports"), Span(4, 10))
    imported(workspace, [an_incoming("1", "it works now")])
    with pytest.raises(UsageError, match="has the words of e1 no more"):
        workspace.highlight_of("e1")


def test_a_name_that_is_none_is_told(workspace: Workspace) -> None:
    """What a highlight looks like, and where they are listed."""
    with pytest.raises(UsageError, match="looks like h3"):
        workspace.highlight_named("x3")
    with pytest.raises(NotFound, match="triage highlight list"):
        workspace.highlight_named("h3")


def test_a_tag_is_renamed_wherever_it_is(workspace: Workspace, said: Feedback) -> None:
    """Highlights have the tags of everything else: counted, spelt and renamed alike."""
    workspace.tag([said], add=["Exports"])
    made = workspace.highlight(said, Span(4, 10), tags=["exports", "files"])
    assert made.tags == ("Exports", "files")
    (exports, files) = workspace.tags()
    assert (exports.feedback, exports.highlights, files.highlights) == (1, 1, 1)
    entry = workspace.rename_tag("exports", "files")
    assert entry is not None
    assert entry.label.endswith("on 1 feedback and 0 pain points and 1 highlight")
    assert workspace.highlight_named("h1").tags == ("files",)
    workspace.undo()
    assert workspace.highlight_named("h1").tags == ("Exports", "files")
