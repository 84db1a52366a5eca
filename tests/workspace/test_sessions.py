"""A session is heard as feedback: found, grouped, quoted, and kept from vanishing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import an_incoming, imported
from triage.errors import Conflict, NotFound, UsageError
from triage.model import Channel
from triage.operations.changes import added
from triage.operations.pain_points import Span, text_of
from triage.operations.session_text import parsed
from triage.research import Consent, Feeling
from triage.step import Step
from triage.workspace import Workspace
from triage.workspace.session_files import Became, Taken, found, read

TEXT = """\
---
kind: interview
title: Exports
participant: Ana
consent: anonymous
date: 2026-03-01 10:00
follow-ups:
- [ ] call back by 2026-04-01
---
Each week ==the export loses all my tags== {angry 3 #export}, so I write them down.
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of a session, in a folder of notes."""
    folder = tmp_path / "notes"
    folder.mkdir()

    def made(text: str, name: str = "ana.md") -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return made


def take(workspace: Workspace, path: Path) -> Taken:
    """Read one file."""
    return workspace.take_session(read(path))


def test_it_is_heard_as_feedback(workspace: Workspace) -> None:
    """Words of a session are found by search, grouped with others', and quoted."""
    imported(workspace, [an_incoming("1", "each week the export loses all my tags, so I"
                                     " write them down")])  # fmt: skip
    view = workspace.session_view(workspace.write_session(parsed(TEXT)))
    said = view.feedback
    assert (said.channel, said.source, said.author) == ("interview", "research", "Ana")
    assert said.received_at == datetime.fromisoformat("2026-03-01 10:00").astimezone(
        UTC
    )
    assert said.id in workspace.ids(None, "tags channel:interview")
    assert len(workspace.group_of(said).members) == 2
    (marked,) = view.highlights
    assert (marked.feeling, marked.intensity) == (Feeling.ANGRY, 3)
    assert text_of(said)[marked.start : marked.end] == marked.quote
    point = workspace.capture("Exports lose tags")
    workspace.attach(said, point, Span(marked.start, marked.end))
    (quote,) = workspace.pain_point(point.id).quotes
    assert quote.evidence.quote == "the export loses all my tags"


def test_a_task_counts_as_one_of_any_source(workspace: Workspace) -> None:
    """Success and time of a session are told by the names that metrics read."""
    told = "---\nkind: usability\nsuccess: no\ntime on task: 2:30\n---\nGave up."
    said = workspace.session_view(workspace.write_session(parsed(told))).feedback
    assert (said.context["task_success"], said.context["time_on_task"]) == (0, 150)
    assert "success" not in said.context


def test_undo_of_a_session_that_is_quoted_is_refused_by_name(
    workspace: Workspace,
) -> None:
    """Neither undo nor removing takes a session away that evidence rests on."""
    made = workspace.write_session(parsed(TEXT))
    step = workspace.history(1)[0]
    workspace.attach(workspace.feedback("f1"), workspace.capture("Exports lose tags"))
    with pytest.raises(Conflict, match=r"rest on f1 \(1 evidence\)"):
        workspace.undo(step.id)
    with pytest.raises(Conflict, match=r"rest on f1 \(1 evidence\)"):
        workspace.remove_session(made)


def test_steps_are_named_as_a_person_would(workspace: Workspace) -> None:
    """The history says what was done with which session."""
    made = workspace.write_session(parsed(TEXT))
    workspace.keep_follow_up(made, 0)
    made = workspace.session("i1")
    changed = TEXT.replace("anonymous", "named").replace("angry 3", "sad 1")
    workspace.rewrite_session(made, parsed(changed.replace("- [ ]", "- [x]")))
    workspace.remove_session(workspace.session("i1"))
    assert [one.label for one in workspace.history()] == [
        "Removed i1, interview with Ana “Exports”",
        "Changed i1, interview with Ana “Exports”: consent named, a highlight",
        "Did what was promised in i1, interview with Ana “Exports”: “call back”",
        "Wrote i1, interview with Ana “Exports”",
    ]


def test_words_edited_keep_their_highlight(workspace: Workspace) -> None:
    """A typo put right leaves the highlight its id; marks taken out take it away."""
    made = workspace.write_session(parsed(TEXT))
    workspace.rewrite_session(made, parsed(TEXT.replace("loses all", "looses all")))
    (marked,) = workspace.session_view(workspace.session("i1")).highlights
    assert (marked.short, marked.quote) == ("h1", "the export looses all my tags")
    bare = TEXT.replace("==", "").replace(" {angry 3 #export}", "")
    workspace.rewrite_session(workspace.session("i1"), parsed(bare))
    assert workspace.session_view(workspace.session("i1")).highlights == ()


def test_what_a_persona_cites_stays(workspace: Workspace) -> None:
    """Neither marks taken out nor removing takes a highlight that an entry rests on."""
    made = workspace.write_session(parsed(TEXT))
    at = "2026-03-01T10:00:00.000000Z"
    entry = {
        "persona_id": 1,
        "area": "says",
        "text": "x",
        "highlights": "[1]",
        "at": at,
    }
    workspace.do(Step("persona", "Added “Ana”", (
        added("persona", 1, {"name": "Ana", "at": at}), added("empathy_note", 4, entry),
    )))  # fmt: skip
    with pytest.raises(Conflict, match=r"rest on what is highlighted here: h1 \(m4\)"):
        workspace.remove_session(made)
    with pytest.raises(Conflict, match=r"h1 \(m4\); take it out there first"):
        workspace.rewrite_session(made, parsed(TEXT.replace("==", "")))
    workspace.rewrite_session(made, parsed(TEXT.replace("Each week", "Always")))


def test_another_date_is_heard_then(workspace: Workspace) -> None:
    """A date put right moves the feedback, under its number, until it is decided on."""
    made = workspace.write_session(parsed(TEXT))
    earlier = TEXT.replace("2026-03-01", "2025-03-01")
    workspace.rewrite_session(made, parsed(earlier))
    view = workspace.session_view(workspace.session("i1"))
    assert (view.feedback.received_at.year, view.feedback.short) == (2025, "f1")
    assert (view.consent, len(view.highlights)) == (Consent.ANONYMOUS, 1)
    workspace.archive([view.feedback])
    workspace.rewrite_session(view.session, parsed(TEXT))
    view = workspace.session_view(workspace.session("i1"))
    assert view.session.held_at.year == 2026
    assert view.feedback.received_at.year == 2025


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "a session needs words"),
        ("---\ndate: 2090-01-01\n---\nx", "the date is still to come: 2090-01-01"),
        ("---\nrating: 9\n---\n", "a rating needs its scale, for example scale: 0-10"),
        ("---\nrating: 11\nmetric: nps\n---\n", "a rating on 0-10 is not 11"),
        ("---\nid: one\n---\nagain", "i1 has the id one already"),
    ],
)
def test_what_cannot_be_a_session(workspace: Workspace, text: str, why: str) -> None:
    """It is refused with what would help, and nothing is written."""
    workspace.write_session(parsed("---\nid: one\n---\nfirst"))
    with pytest.raises(UsageError, match=why):
        workspace.write_session(parsed(text))
    assert len(workspace.sessions()) == 1


def test_a_rating_of_nothing_is_one_on_its_scale(workspace: Workspace) -> None:
    """An answer to the NPS question of 0 is kept with the scale it is on."""
    workspace.write_session(parsed("---\nkind: survey\nrating: 0\nmetric: nps\n---\n"))
    said = workspace.feedback("f1")
    assert (said.rating, said.scale, said.metric) == (0, "0-10", "nps")


def test_a_query_narrows_sessions(workspace: Workspace) -> None:
    """The language of lists finds sessions by their feedback; names find one."""
    workspace.write_session(parsed(TEXT))
    workspace.write_session(parsed("---\nkind: visit\n---\nthey print everything"))
    assert [v.session.short for v in workspace.sessions("tags")] == ["i1"]
    assert [v.session.short for v in workspace.sessions("channel:visit")] == ["i2"]
    assert len(workspace.sessions()) == 2
    with pytest.raises(UsageError, match="'x1' is no session; a session looks like i3"):
        workspace.session("x1")
    with pytest.raises(NotFound, match="no session i9; `triage research list` shows"):
        workspace.session("i9")
    with pytest.raises(NotFound, match="i1 has no follow-up 2; there are 1"):
        workspace.keep_follow_up(workspace.session("i1"), 1)


# Files


def test_a_file_read_again_changes_nothing(workspace: Workspace, write: Write) -> None:
    """What was done with a session since stays until its file changes."""
    path = write(TEXT)
    assert take(workspace, path).became is Became.NEW
    session = workspace.session("i1")
    workspace.keep_follow_up(session, 0)
    told = parsed(TEXT.replace("anonymous", "no").replace("- [ ]", "- [x]"))
    workspace.rewrite_session(workspace.session("i1"), told)
    steps = len(workspace.history())
    assert take(workspace, path).became is Became.SAME
    assert len(workspace.history()) == steps


def test_a_changed_file_keeps_what_people_did(
    workspace: Workspace, write: Write
) -> None:
    """Promises kept, highlights set here and narrower consent outlive a changed file."""
    take(workspace, write(TEXT))
    workspace.keep_follow_up(workspace.session("i1"), 0)
    more = TEXT.replace("I write them down", "==I write them down== {need}")
    told = parsed(more.replace("anonymous", "no").replace("- [ ]", "- [x]"))
    workspace.rewrite_session(workspace.session("i1"), told)
    taken = take(workspace, write(TEXT.replace("Each week", "Every single week")))
    assert (taken.became, taken.kept) == (Became.CHANGED, True)
    view = workspace.session_view(taken.session)
    assert view.session.text.startswith("Every single week")
    assert view.consent is Consent.NO
    assert view.open_follow_ups == 0
    quotes = [one.quote for one in view.highlights]
    assert quotes == ["the export loses all my tags", "I write them down"]
    assert all(
        text_of(view.feedback)[one.start : one.end] == one.quote
        for one in view.highlights
    )


def test_what_a_file_is_known_by(workspace: Workspace, write: Write) -> None:
    """An id lasts over any change; without one, kind, date and who; else its name."""
    bare = "---\nkind: note\n---\n"
    first = take(workspace, write("---\nid: a1\n---\none", "a.md")).session
    renamed = take(workspace, write("---\nid: a1\nkind: visit\n---\ntwo", "b.md"))
    assert (renamed.session.id, renamed.became) == (first.id, Became.CHANGED)
    assert renamed.session.kind is Channel.VISIT
    one = take(workspace, write(f"{bare}one", "c.md")).session
    two = take(workspace, write(f"{bare}two", "d.md")).session
    assert one.id != two.id


def test_a_file_without_a_date_is_of_when_it_was_changed(
    workspace: Workspace, write: Write
) -> None:
    """Nobody says when: the moment the file was last changed."""
    path = write("---\nkind: note\n---\nsaid in passing")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert take(workspace, path).session.held_at.timestamp() == 1_700_000_000


def test_which_files_there_are(tmp_path: Path, write: Write) -> None:
    """Markdown files of a folder and those below it, none that is hidden."""
    path = write(TEXT)
    (path.parent / "deep").mkdir()
    write(TEXT, "deep/ben.markdown")
    write(TEXT, ".hidden.md")
    write(TEXT, "picture.png")
    names = [one.name for one in found([path.parent])]
    assert names == ["ana.md", "ben.markdown"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="empty holds no Markdown files"):
        list(found([tmp_path / "empty"]))
    with pytest.raises(UsageError, match=r"none\.md is not there"):
        list(found([tmp_path / "none.md"]))
    with pytest.raises(UsageError, match=r"ana\.md: line 2: no session is of kind"):
        read(write("---\nkind: chat\n---\n"))
