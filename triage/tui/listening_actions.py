"""Actions of a week's listening; the table of all has them."""

from __future__ import annotations

from triage.tui.action import Action

_WEEK = "A week's listening"
_WHERE = ("listening-week",)

LISTENING: tuple[Action, ...] = (
    Action("hear-missing", ("L",), "hear the missing", "Listen to everybody whose"
           " voices are missing, one at a time", _WEEK, _WHERE, "listen", 1),
    Action("hear-these", ("enter",), "hear these", "Listen to those here whom nobody"
           " has heard this week", _WEEK, _WHERE, "listen", 2),
    Action("previous-week", ("[",), "week before", "The week before", _WEEK, _WHERE,
           "listening", 3),
    Action("next-week", ("]",), "week after", "The week after", _WEEK, _WHERE,
           "listening", 4),
    Action("go-listening-week", ("g w",), "listening", "Time set aside, who was heard,"
           " and whose voices are missing", "Go", ("app",), "listening"),
)  # fmt: skip
