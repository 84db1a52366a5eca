"""Actions of what was heard in person; the table of all takes them in."""

from __future__ import annotations

from triage.tui.action import Action

_HEARD = "What was heard in person"
_WHERE = ("research",)

RESEARCHED: tuple[Action, ...] = (
    Action("new-session", ("n", "a"), "new", "Write down a session: an interview, a"
           " visit, what was observed …", _HEARD, _WHERE, "research new", 1),
    Action("edit-session", ("enter", "e"), "edit", "Change what it says", _HEARD,
           _WHERE, "research edit", 2),
    Action("highlight-session", ("v",), "highlight", "Select words, and say what is"
           " heard in them", _HEARD, _WHERE, "highlight", 3),
    Action("consent-session", ("c",), "consent", "What the participant agreed to:"
           " nothing leaves without", _HEARD, _WHERE, "research edit", 4),
    Action("keep-follow-up", ("f",), "follow-up", "What was promised is done, or open"
           " again", _HEARD, _WHERE, "research follow-up", 5),
    Action("remove-session", ("d",), "remove", "The session goes, and what is heard of"
           " it", _HEARD, _WHERE, "research remove"),
    Action("go-research", ("g u",), "research", "What was heard in person", "Go",
           ("app",), "research list"),
)  # fmt: skip
