"""What can be asked on the dashboard."""

from __future__ import annotations

from triage.tui.action import Action

_GROUP = "At a glance"
_WHERE = ("dashboard",)

DASHBOARD: tuple[Action, ...] = (
    Action("open-tile", ("enter",), "open", "What tells more of it", _GROUP, _WHERE,
           foot=1),
    Action("more-weeks", ("+",), "longer", "4, 13, 26 or 52 weeks", _GROUP, _WHERE,
           "dashboard", 2),
    Action("fewer-weeks", ("-",), "shorter", "Fewer weeks", _GROUP, _WHERE, "dashboard",
           3),
    Action("write-page", ("x",), "page", "The same as one page, to a file", _GROUP,
           _WHERE, "dashboard", 4),
    Action("go-dashboard", ("g d",), "dashboard", "Everything counted, at a glance",
           "Go", ("app",), "dashboard"),
)  # fmt: skip
