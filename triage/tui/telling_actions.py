"""Actions of telling people what became of it; the table of all has them."""

from __future__ import annotations

from triage.tui.action import Action

_OUTBOX = "What is to be sent"

TELLING: tuple[Action, ...] = (
    Action("tell", ("r",), "tell", "Who asked for it, and whether each was told what"
           " became of it", _OUTBOX,
           ("pain-points", "pain-point", "roadmap", "backlog"), "tell"),
    Action("draft-telling", ("r", "enter"), "draft", "Write to them, or to all marked;"
           " it waits in the outbox", _OUTBOX, ("tell",), "tell", 1),
    Action("mark-told", ("m",), "knows", "They know already: phoned, met", _OUTBOX,
           ("tell",), "tell", 2),
    Action("promise", ("p",), "promise", "What they were told to expect", _OUTBOX,
           ("tell",), "promise", 3),
    Action("skip-telling", ("d",), "leave out", "They are not to be told", _OUTBOX,
           ("tell",), "tell", 4),
)  # fmt: skip
