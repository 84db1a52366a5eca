"""Actions of the backlog by formula; the table of all takes them in."""

from __future__ import annotations

from triage.tui.action import Action

_RANK = "What to do first"
_WHERE = ("backlog",)

BACKLOG: tuple[Action, ...] = (
    Action("next-formula", ("]",), "formula", "By the next formula", _RANK, _WHERE,
           "rank"),
    Action("previous-formula", ("[",), "formula before", "By the formula before", _RANK,
           _WHERE, "rank"),
    Action("choose-formula", ("f",), "which formula", "By any formula, by its name",
           _RANK, _WHERE, "rank"),
    Action("estimate", ("i",), "estimate", "Put a number on an input, and say why",
           _RANK, _WHERE, "estimate"),
    Action("carry-up", ("<", "shift+up"), "higher",
           "Take it in hand and one place up, whatever the formula says", _RANK, _WHERE,
           "place"),
    Action("carry-down", (">", "shift+down"), "lower",
           "Take it in hand and one place down", _RANK, _WHERE, "place", 4),
    Action("unplace", ("-",), "by formula", "Let the formula place it again", _RANK,
           _WHERE, "place"),
    Action("plot", ("v",), "plot", "Value over effort, or the reasons again", _RANK,
           _WHERE),
    Action("moved-since", ("M",), "moved", "What moved in a week, a month, a quarter;"
           " then no more", _RANK, _WHERE, "rank"),
    Action("steadiness", ("w",), "weights", "How far each would move if a weight were"
           " 20 % off", _RANK, _WHERE, "rank"),
)  # fmt: skip
