"""Every decision is a key, takes its row out of the list, and comes back with u."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from triage.errors import Conflict
from triage.model import Importance, State
from triage.workspace import Workspace
from tui.desk import Opened


def stands(workspace: Workspace, name: str) -> State:
    """Where a feedback stands."""
    found = workspace.dispositions([workspace.feedback(name).id])
    return found[workspace.feedback(name).id].state if found else State.INBOX


@pytest.mark.parametrize(
    ("key", "state"), [("e", State.ARCHIVED), ("exclamation_mark", State.SPAM)]
)
async def test_one_key_decides(
    workspace: Workspace, opened: Opened, key: str, state: State
) -> None:
    """e archives and ! marks as spam; the next row is under the cursor at once."""
    async with opened(workspace) as desk:
        await desk.press("j", key)
        assert stands(workspace, "f5") is state
        assert "f5" not in desk.rows
        assert desk.here == "f7"
        assert "u to undo" in desk.status


async def test_a_group_is_decided_whole(workspace: Workspace, opened: Opened) -> None:
    """A key on a row of three people moves all three messages, as one step."""
    async with opened(workspace) as desk:
        await desk.press("e")
        assert [stands(workspace, name) for name in ("f3", "f6", "f10")] == [
            State.ARCHIVED
        ] * 3
        assert workspace.history(1)[0].rows == 3


async def test_decline_asks_for_the_reason(
    workspace: Workspace, opened: Opened
) -> None:
    """3 offers reasons, typing narrows them, enter takes one."""
    async with opened(workspace) as desk:
        await desk.press("j", "3")
        assert "works as designed" in desk.text
        await desk.type("scope")
        await desk.press("enter")
        found = workspace.dispositions([workspace.feedback("f5").id])
        assert [one.reason for one in found.values()] == ["out of scope"]


async def test_decline_in_own_words(workspace: Workspace, opened: Opened) -> None:
    """Whatever is typed will do as a reason."""
    async with opened(workspace) as desk:
        await desk.press("j", "d")
        await desk.type("we sold that part")
        await desk.press("enter")
        found = workspace.dispositions([workspace.feedback("f5").id])
        assert [one.reason for one in found.values()] == ["we sold that part"]


async def test_escape_decides_nothing(workspace: Workspace, opened: Opened) -> None:
    """Leaving a dialog leaves everything as it was."""
    async with opened(workspace) as desk:
        before = desk.rows
        for key in ("1", "2", "3", "s"):
            await desk.press(key, "escape")
        assert desk.rows == before
        assert len(workspace.history()) == 2


async def test_accept_into_the_best_guess(workspace: Workspace, opened: Opened) -> None:
    """1, enter: the best guess is under the cursor; a digit says how much it matters."""
    async with opened(workspace) as desk:
        await desk.press("1")
        assert "Export fails on large projects" in desk.text
        await desk.press("3", "enter")
        quotes = workspace.pain_point("p1").quotes
        assert len(quotes) == 3
        assert {one.evidence.importance for one in quotes} == {Importance.CRITICAL}
        assert stands(workspace, "f3") is State.ACCEPTED


async def test_accept_the_first_guess(workspace: Workspace, opened: Opened) -> None:
    """A is one key: the pain point guessed first, for the row's whole group."""
    async with opened(workspace) as desk:
        assert "A accepts" in desk.text
        await desk.press("A")
        assert len(workspace.pain_point("p1").quotes) == 3
        assert stands(workspace, "f3") is State.ACCEPTED
        assert desk.here == "f5"
        await desk.press("u")
        assert stands(workspace, "f3") is State.INBOX


async def test_no_guess_is_accepted_unseen(
    workspace: Workspace, opened: Opened
) -> None:
    """Where nothing is guessed, or several are marked, A says so and decides nothing."""
    async with opened(workspace) as desk:
        await desk.press("x", "A")
        assert "1 asks for those marked" in desk.status
        await desk.press("asterisk", "n", "j", "j", "A")
        assert "It is like no pain point" in desk.status
        assert len(workspace.history()) == 2


async def test_accept_into_a_new_pain_point(
    workspace: Workspace, opened: Opened
) -> None:
    """The last row makes a pain point of what was typed; importance defaults to 1."""
    async with opened(workspace) as desk:
        await desk.press("j", "a")
        await desk.type("Old words win 2 of 3 times")
        await desk.press("up", "down", "down", "down", "enter")
        made = workspace.pain_point("p3")
        assert made.pain_point.title == "Old words win 2 of 3 times"
        assert [one.evidence.importance for one in made.quotes] == [
            Importance.NICE_TO_HAVE
        ]


async def test_enter_waits_for_what_was_typed(
    workspace: Workspace, opened: Opened
) -> None:
    """Enter right after typing takes what the words lead to, never the row before."""
    async with opened(workspace) as desk:
        await desk.press("1")
        desk.hold(*"twice", "enter")
        await desk.settle()
        assert len(workspace.pain_point("p2").quotes) == 3


async def test_snooze_until_typed(workspace: Workspace, opened: Opened) -> None:
    """s offers moments and reads others: fri 14:00."""
    async with opened(workspace) as desk:
        await desk.press("j", "s")
        assert "tomorrow morning" in desk.text
        await desk.type("fri 14:00")
        await desk.press("enter")
        found = workspace.dispositions([workspace.feedback("f5").id])
        assert [one.until for one in found.values()] == [
            datetime(2026, 3, 6, 14, tzinfo=UTC)
        ]


async def test_snooze_offers(workspace: Workspace, opened: Opened) -> None:
    """The second offer is tomorrow at nine."""
    async with opened(workspace) as desk:
        await desk.press("j", "b", "down", "enter")
        found = workspace.dispositions([workspace.feedback("f5").id])
        assert [one.until for one in found.values()] == [
            datetime(2026, 3, 6, 9, tzinfo=UTC)
        ]


async def test_merge_by_words(workspace: Workspace, opened: Opened) -> None:
    """2 finds the other group by its words; the row joins it and u parts them."""
    async with opened(workspace) as desk:
        await desk.press("j", "j", "2")
        await desk.type("crash")
        await desk.press("enter")
        joined = workspace.group_of(workspace.feedback("f7"))
        assert {one.feedback.short for one in joined.members} == {
            "f3",
            "f6",
            "f7",
            "f10",
        }
        assert "f7" not in desk.rows
        assert "4 people" in desk.text
        await desk.press("u")
        assert len(workspace.group_of(workspace.feedback("f7")).members) == 1
        assert desk.here == "f7"


async def test_undo_brings_the_cursor_back(
    workspace: Workspace, opened: Opened
) -> None:
    """u puts the row where it was and the cursor on it; U takes it away again."""
    async with opened(workspace) as desk:
        before = desk.rows
        await desk.press("j", "j", "e", "j", "j", "u")
        assert desk.rows == before
        assert desk.here == "f7"
        assert desk.status.startswith("Undone: Archived f7")
        await desk.press("U")
        assert "f7" not in desk.rows
        assert stands(workspace, "f7") is State.ARCHIVED


async def test_undo_of_another_day(workspace: Workspace, opened: Opened) -> None:
    """A step of an earlier session is undone the same way."""
    workspace.archive([workspace.feedback(name) for name in ("f3", "f6", "f10")])
    async with opened(workspace) as desk:
        assert "f6" not in desk.rows
        await desk.press("u")
        assert desk.here == "f6"
        assert "3 people" in desk.text


async def test_many_undos(workspace: Workspace, opened: Opened) -> None:
    """Every decision of a session can be taken back, one by one, quickly."""
    async with opened(workspace) as desk:
        before = desk.rows
        desk.hold("e", "e", "e", "e")
        await desk.settle()
        assert len(desk.rows) == len(before) - 4
        desk.hold("u", "u", "u", "u")
        await desk.settle()
        assert desk.rows == before
        assert desk.here == before[0]


async def test_repeat(workspace: Workspace, opened: Opened) -> None:
    """. declines the next row for the reason just given."""
    async with opened(workspace) as desk:
        await desk.press("j", "3", "enter", "full_stop")
        found = workspace.dispositions(
            [workspace.feedback(name).id for name in ("f5", "f7")]
        )
        assert [one.reason for one in found.values()] == ["not planned"] * 2


async def test_same_again(workspace: Workspace, opened: Opened) -> None:
    """A newcomer of an accepted group is accepted into the same with =."""
    workspace.accept([workspace.feedback("f3"), workspace.feedback("f10")], 1)
    async with opened(workspace) as desk:
        assert "+1 to a group of 3" in desk.text
        assert "1 new in p1 “Export fails on large projects”" in desk.text
        await desk.press("equals_sign")
        assert len(workspace.pain_point("p1").quotes) == 3
        assert "f6" not in desk.rows


async def test_reopen(workspace: Workspace, opened: Opened) -> None:
    """o in another view brings feedback back to the inbox."""
    workspace.archive([workspace.feedback("f5")])
    async with opened(workspace) as desk:
        await desk.press("left_square_bracket", "left_square_bracket")
        assert desk.rows == ["f5"]
        await desk.press("o")
        assert desk.rows == []
        assert stands(workspace, "f5") is State.INBOX


async def test_a_refused_decision_returns(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row whose decision the workspace refuses stands where it stood, and it is said why."""

    def refuse(*_: object) -> None:
        raise Conflict("f5 was changed by somebody else; nothing was changed")

    monkeypatch.setattr(workspace, "archive", refuse)
    async with opened(workspace) as desk:
        before = desk.rows
        await desk.press("j", "e")
        assert desk.rows == before
        assert desk.here == "f5"
        assert [one.message for one in desk.app._notifications] == [
            "f5 was changed by somebody else; nothing was changed"
        ]


async def test_marks_decide_together(workspace: Workspace, opened: Opened) -> None:
    """With marks, a key is about all of them and one undo takes it back."""
    async with opened(workspace) as desk:
        before = desk.rows
        await desk.press("j", "x", "j", "space", "space")
        assert "✓ 3 marked" in desk.text
        await desk.press("e")
        assert len(desk.rows) == len(before) - 3
        assert "marked" not in desk.text
        await desk.press("u")
        assert desk.rows == before


async def test_range_all_none(workspace: Workspace, opened: Opened) -> None:
    """V marks from the last mark to here, * a everything, * n nothing."""
    async with opened(workspace) as desk:
        await desk.press("j", "x", "j", "j", "V")
        assert len(desk.inbox.list.queue.marks) == 3
        await desk.press("asterisk", "a")
        assert len(desk.inbox.list.queue.marks) == len(desk.rows)
        await desk.press("asterisk", "n")
        assert not desk.inbox.list.queue.marks


async def test_many_ask_once(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a few dozen at once ask before anything moves."""
    monkeypatch.setattr("triage.tui.deciding.MANY", 4)
    async with opened(workspace) as desk:
        await desk.press("asterisk", "a", "e")
        assert "Archive 9 rows?" in desk.text
        await desk.press("n")
        assert len(desk.rows) == 9
        await desk.press("e", "y")
        assert desk.rows == []
        assert "Nothing left." in desk.text
        assert "9 decided in 1 minute: 9 archived." in desk.text


async def test_quote(workspace: Workspace, opened: Opened) -> None:
    """v selects a sentence, v again the paragraph; enter accepts just these words."""
    async with opened(workspace) as desk:
        await desk.press("v")
        assert desk.inbox.reader.selection is not None
        assert desk.inbox.reader.selection.quote.endswith("five hundred pages.")
        await desk.press("j")
        assert desk.inbox.reader.selection.quote == "I lose an hour of work every time."
        await desk.press("h", "h")
        assert desk.inbox.reader.selection.quote == "I lose an hour of work"
        await desk.press("enter", "enter")
        quotes = {one.feedback.short: one for one in workspace.pain_point("p1").quotes}
        assert quotes["f6"].evidence.quote == "I lose an hour of work"


async def test_quote_attached_only(workspace: Workspace, opened: Opened) -> None:
    """+ makes the words evidence and leaves the feedback in the inbox."""
    async with opened(workspace) as desk:
        await desk.press("v", "plus", "enter")
        assert [one.evidence.quote for one in workspace.pain_point("p1").quotes] == [
            "The export crashes when my project has more than five hundred pages."
        ]
        assert "f6" in desk.rows
        assert "already evidence of p1" in desk.text


async def test_one_message_into_several_quotes(
    workspace: Workspace, opened: Opened
) -> None:
    """+ goes on to the next sentence; what is quoted is marked; A is done with it."""
    async with opened(workspace) as desk:
        reader = desk.inbox.reader
        await desk.press("v", "plus", "enter")
        assert reader.selection is not None
        assert reader.selection.quote == "I lose an hour of work every time."
        first = reader.quoted
        assert len(first) == 1
        await desk.press("plus", "down", "enter")
        assert "last sentence" in desk.status
        assert "A accepts it as it is quoted" in desk.text
        assert "p2 “Money is taken twice”" in desk.text
        assert len(reader.quoted) == 2
        assert reader.quoted[0] == first[0]
        assert "f6" in desk.rows
        await desk.press("A")
        assert stands(workspace, "f6") is State.ACCEPTED
        assert desk.here == "f5"
        assert reader.selection is None
        entry = workspace.history(1)[0]
        assert entry.label.endswith("as quoted: p1, p2")
        for point in ("p1", "p2"):
            said = {one.feedback.short for one in workspace.pain_point(point).quotes}
            assert said == {"f3", "f6", "f10"}
        await desk.press("u")
        assert desk.here == "f6"
        assert stands(workspace, "f3") is State.INBOX
        assert len(workspace.pain_point("p1").quotes) == 1


async def test_quotes_are_finished_from_the_list(
    workspace: Workspace, opened: Opened
) -> None:
    """A quoted row that still waits is accepted as it is by A; v goes on after it."""
    async with opened(workspace) as desk:
        await desk.press("v", "plus", "enter", "escape", "v")
        assert desk.inbox.reader.selection is not None
        assert desk.inbox.reader.selection.quote.startswith("I lose an hour")
        await desk.press("escape", "A")
        assert stands(workspace, "f6") is State.ACCEPTED
        assert len(workspace.pain_point("p1").quotes) == 3


async def test_enter_takes_the_last_quote(workspace: Workspace, opened: Opened) -> None:
    """The last words may also be accepted: the earlier quotes stay what they are."""
    async with opened(workspace) as desk:
        await desk.press("v", "plus", "enter", "enter", "down", "enter")
        assert stands(workspace, "f6") is State.ACCEPTED
        quotes = [
            one.evidence.quote
            for point in ("p1", "p2")
            for one in workspace.pain_point(point).quotes
            if one.feedback.short == "f6"
        ]
        assert quotes == [
            "The export crashes when my project has more than five hundred pages.",
            "I lose an hour of work every time.",
        ]


async def test_nothing_quoted_is_not_finished(
    workspace: Workspace, opened: Opened
) -> None:
    """A while selecting, before anything is quoted, says so and decides nothing."""
    async with opened(workspace) as desk:
        await desk.press("v", "A")
        assert stands(workspace, "f6") is State.INBOX
        assert desk.here == "f6"
        assert len(workspace.history()) == 2


async def test_quote_left(workspace: Workspace, opened: Opened) -> None:
    """Escape selects nothing, and the list has the keys again."""
    async with opened(workspace) as desk:
        await desk.press("v", "escape", "j")
        assert desk.here == "f5"
        assert desk.inbox.reader.selection is None


async def test_what_was_read_wrong_is_put_right(
    workspace: Workspace, opened: Opened
) -> None:
    """L offers sentiments and languages; the row stays, the pane says so, u undoes."""
    async with opened(workspace) as desk:
        await desk.press("j")
        before = desk.here
        await desk.press("L")
        assert "sounds negative" in desk.text
        await desk.type("germ")
        await desk.press("enter")
        one = workspace.feedback(before)
        assert workspace.tone(one).language == "de"
        assert desk.here == before
        assert "u to undo" in desk.status
        await desk.settle()
        assert "German" in desk.text
        await desk.press("u")
        assert workspace.tone(one).language_from != "person"
