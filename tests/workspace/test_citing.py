"""What can be cited is what a persona's people said, each passage once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import a_workspace, an_incoming, imported
from triage.operations.pain_points import Span
from triage.research import Feeling
from triage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two people who speak of the export, one of whom is quoted twice, and another."""
    told = [
        an_incoming("1", "The export crashes. I lose an hour.", author="Ann",
                    email="ann@x.test"),
        an_incoming("2", "Export never ends.", author="Bo", email="bo@x.test"),
        an_incoming("3", "Search is slow.", author="Cy", email="cy@x.test"),
    ]  # fmt: skip
    with a_workspace(tmp_path) as made:
        imported(made, told, group=False)
        for number in (1, 2, 3):
            made.accept([made.feedback(f"f{number}")], "It fails")
        made.add_persona("Exporter", "export")
        yield made


def names(workspace: Workspace, *also: str) -> list[str]:
    """What the persona's map can cite."""
    view = workspace.persona_view(workspace.persona("Exporter"))
    return [one.name for one in workspace.citable(view, also)]


def test_its_people_alone(workspace: Workspace) -> None:
    """Quotes of its people are told, the latest first; of others only those asked for."""
    assert names(workspace) == ["e2", "e1"]
    other = workspace.highlight_of("e3")
    assert names(workspace) == ["e2", "e1"]
    assert names(workspace, other.short) == [other.short, "e2", "e1"]


def test_a_passage_is_told_once(workspace: Workspace) -> None:
    """Underlined, a quote is told as the highlight, with what was heard in it."""
    heard = workspace.highlight_of("e1")
    workspace.change_highlight(heard, feeling=Feeling.ANGRY, intensity=3)
    part = workspace.highlight(workspace.feedback("f1"), Span(20, 34))
    view = workspace.persona_view(workspace.persona("Exporter"))
    found = {one.name: one for one in workspace.citable(view)}
    assert set(found) == {"e2", heard.short, part.short}
    assert found[heard.short].feeling == "angry"
    assert found[heard.short].intensity == 3
    assert (found["e2"].author, found["e2"].feedback) == ("Bo", "f2")
    assert found[part.short].quote == "I lose an hour"


def test_twice_evidence_is_one_quote(workspace: Workspace) -> None:
    """The same words as evidence of two pain points are one passage to cite."""
    workspace.accept([workspace.feedback("f2")], "It is slow, too")
    assert names(workspace) == ["e2", "e1"]


def test_a_persona_nobody_is_of(workspace: Workspace) -> None:
    """Where nobody is found there is nothing to cite."""
    workspace.edit_persona(workspace.persona("Exporter"), query="nonsuch")
    assert names(workspace) == []
