"""Actions about what is planned; the table of all takes them in."""

from __future__ import annotations

from triage.tui.action import Action

_PLAN = "What is planned"

PLANNED: tuple[Action, ...] = (
    Action("new", ("n",), "new", "Write one down", _PLAN,
           ("pain-points", "roadmap", "backlog"), "", 3),
    Action("link", ("l",), "link", "Which plan would settle which pain point", _PLAN,
           ("pain-points", "pain-point", "roadmap", "backlog"), "link", 5),
    Action("unlink", ("L",), "unlink", "It would not settle it after all", _PLAN,
           ("pain-point", "roadmap"), "unlink"),
    Action("sooner", ("<",), "sooner", "From later to next, from next to now", _PLAN,
           ("roadmap",), "roadmap edit", 2),
    Action("later", (">",), "later", "From now to next, from next to later", _PLAN,
           ("roadmap",), "roadmap edit", 2),
    Action("plan-status", ("t",), "status", "Planned, in progress, shipped or dropped",
           _PLAN, ("roadmap",), "roadmap edit", 6),
    Action("set-target", ("D",), "target", "When it is meant to be there", _PLAN,
           ("roadmap",), "roadmap edit"),
    Action("file-plan", ("F",), "file", "Draft its creation at a tracker", _PLAN,
           ("roadmap",), "roadmap file"),
    Action("comment-plan", ("C",), "comment", "Draft what is new for its tracker",
           _PLAN, ("roadmap",), "roadmap comment"),
    Action("retitle-plan", ("e",), "title", "What it is called here", _PLAN,
           ("roadmap",), "roadmap edit"),
)  # fmt: skip
